from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """« metiers/infirmier.yaml, faq[2].answer : vous — “votre dos” »."""

    file: str
    field: str
    rule: str
    found: str

    def __str__(self):
        return f"{self.file}, {self.field} : {self.rule} : {self.found}"
