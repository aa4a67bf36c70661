import json


class ContentError(Exception):
    """Why files can't be imported: a list of `Problem`, none of which changed anything."""

    def __init__(self, problems):
        self.problems = list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Problem:
    """One thing wrong in one place: file, field, what was found, what is allowed."""

    def __init__(self, file, field, found, allowed):
        self.file, self.field, self.found, self.allowed = file, field, found, allowed

    def __str__(self):
        return f"{self.file} : {self.field} : trouvé {self.found} ; permis : {self.allowed}"


def shown(value):
    """A found value, short enough for one line."""
    if isinstance(value, str):
        text = f"« {value} »"
    else:
        text = json.dumps(value, ensure_ascii=False, default=str)  # null and true, as in the file
    return text if len(text) <= 90 else text[:87] + "…"
