"""The option `--set`, which the commands share."""

from django.core.management.base import CommandError

from quiz.models import QuestionSet
from quiz.questionnaire import Questionnaire


def add_set_argument(parser):
    parser.add_argument(
        "--set",
        dest="set_number",
        type=int,
        metavar="N",
        help="numéro du jeu de questions (par défaut : le plus récent des jeux publiés)",
    )


def load_questionnaire(number: int | None) -> Questionnaire:
    """The published set of that number, or the newest; `CommandError` when there is none."""
    published = QuestionSet.objects.published().order_by("number", "pk")
    numbers = list(published.values_list("number", flat=True))
    if not numbers:
        raise CommandError("Aucun jeu de questions n’est publié : importe le contenu d’abord.")
    if number is not None and number not in numbers:
        allowed = ", ".join(map(str, numbers))
        raise CommandError(f"--set : {number} trouvé ; permis : {allowed}")
    return Questionnaire.load(number)
