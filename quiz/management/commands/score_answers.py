import json
import sys
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from django.core.management.base import CommandError

from careerguide.content.errors import Problem, shown
from metiers.models import Metier
from metiers.riasec import LETTERS
from quiz.management.piped import PipedCommand
from quiz.management.question_sets import add_set_argument, load_questionnaire
from quiz.matching import Candidate, rank
from quiz.reference import reference_candidates
from quiz.scoring import SCALE, score

FIELDS = '{"answers": {…}, "level": …}'
LEVELS = range(1, 6)


class Command(PipedCommand):
    help = (
        "Lit des réponses, un objet JSON par ligne : "
        '{"answers": {"r1": 5, "i1": 2}, "level": 4}. Les identifiants sont ceux que donne '
        "export_items, les valeurs vont de 1 à 5, level de 1 à 5 ou null. "
        "Écrit une ligne par ligne lue : "
        '{"profile": {"R": 0.8, …}, "ranking": [{"slug": "infirmier", "percent": 85}, …]}, '
        "du plus proche au plus éloigné, comme la page du résultat. "
        "Le classement est toujours écrit, même pour des réponses plates ou absentes, "
        "que la page refuse de classer. Les lignes vides sont sautées ; la première ligne "
        "illisible arrête tout."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "file", nargs="?", type=Path, help="le fichier à lire (par défaut : l’entrée standard)"
        )
        parser.add_argument(
            "--reference",
            action="store_true",
            help='classe les 164 métiers de référence ; "title" remplace "slug"',
        )
        add_set_argument(parser)

    def handle(self, file, reference, set_number, **options):
        questionnaire = load_questionnaire(set_number)
        norms = questionnaire.norms
        key = "title" if reference else "slug"
        candidates = reference_candidates(norms) if reference else published_candidates(norms)
        dimensions = {question.item: question.dimension for question in questionnaire.questions}
        with _opened(file) as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    answers, level = _Line(number, line).read(dimensions)
                    profile = score(answers, norms)
                    matches = rank(profile, level, candidates, norms)
                    self.stdout.write(_as_json(profile, matches, key))


def published_candidates(norms):
    """As the result page ranks them."""
    return [
        Candidate.of(metier.slug, metier.interests, metier.level_asked, norms)
        for metier in Metier.objects.published()
    ]


def _opened(file):
    if file is None:
        if sys.stdin is None:
            raise CommandError("rien à lire : l’entrée standard est fermée")
        return nullcontext(sys.stdin.buffer)
    try:
        return file.open("rb")
    except OSError as error:
        raise CommandError(f"{file} : {error.strerror}") from error


def _as_json(profile, matches, key):
    result = {
        "profile": dict(zip(LETTERS, profile.theta, strict=True)),
        "ranking": [{key: match.key, "percent": match.percent} for match in matches],
    }
    return json.dumps(result, ensure_ascii=False)


class _Twice(ValueError):
    """A key that an object has twice: which of the two values was meant?"""


def _once(pairs):
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _Twice(next(key for key in keys if keys.count(key) > 1))
    return found


@dataclass(frozen=True)
class _Line:
    """A line read, and its number, which every refusal names."""

    number: int
    text: bytes

    def read(self, dimensions):
        """The answers as (letter, 1–5), and the level or None."""
        data = self._data()
        answers, level = data.get("answers"), data.get("level")
        if not isinstance(answers, dict):
            raise self._problem("answers", answers, 'un objet comme {"r1": 5}, même vide')
        for item, value in answers.items():
            if item not in dimensions:
                raise self._problem("answers", item, ", ".join(dimensions))
            if type(value) is not int or value not in SCALE:
                raise self._problem(f"answers.{item}", value, "un nombre entier de 1 à 5")
        if level is not None and (type(level) is not int or level not in LEVELS):
            raise self._problem("level", level, "un nombre entier de 1 à 5, ou null")
        return [(dimensions[item], value) for item, value in answers.items()], level

    def _data(self):
        try:
            data = json.loads(self.text, object_pairs_hook=_once)
        except _Twice as error:
            raise self._problem("la ligne", str(error), "chaque clé une seule fois") from error
        except (ValueError, RecursionError) as error:
            found = self.text.decode(errors="replace").strip()
            raise self._problem("la ligne", found, f"du JSON comme {FIELDS}") from error
        if not isinstance(data, dict):
            raise self._problem("la ligne", data, f"un objet comme {FIELDS}")
        return data

    def _problem(self, field, found, allowed):
        text = found if isinstance(found, str) else json.dumps(found, ensure_ascii=False)
        return CommandError(str(Problem(f"ligne {self.number}", field, shown(text), allowed)))
