from statistics import fmean

from django.core.management.base import BaseCommand

from quiz.management.commands.score_answers import published_candidates
from quiz.management.question_sets import add_set_argument, load_questionnaire
from quiz.matching import Candidate
from quiz.norming import (
    FIRST,
    never_recommended,
    recommendations,
    recovery,
    share_of_most_recommended,
)
from quiz.reference import read_reference, reference_candidates

PEOPLE = 2_000


class Command(BaseCommand):
    help = (
        "Juge le questionnaire avec des personnes simulées : retrouvent-elles le métier qui leur "
        "ressemble, et les mêmes métiers vont-ils à tout le monde ?"
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--people",
            type=int,
            default=PEOPLE,
            metavar="N",
            help=f"nombre de personnes simulées (par défaut : {PEOPLE})",
        )
        add_set_argument(parser)

    def handle(self, people, set_number, **options):
        questionnaire = load_questionnaire(set_number)
        self.norms, self.people = questionnaire.norms, people
        self.stdout.write(
            f"Jeu {questionnaire.number}, {people} personnes simulées, 18 réponses chacune"
        )
        self.judge("Métiers de référence", reference_candidates(self.norms))
        published = published_candidates(self.norms)
        if len(published) > FIRST:
            self.judge("Métiers publiés", published)
        else:
            self.stdout.write(f"\nMétiers publiés : {len(published)}, trop peu pour juger")
        self.judge_recommendations(
            "Métiers de référence, corrélation brute, pour comparer", uncorrected_candidates()
        )

    def judge(self, title, candidates):
        self.judge_recommendations(title, candidates)
        found = recovery(candidates, self.norms)
        self.line(f"retrouvent leur métier dans les {FIRST} premiers", _percent(found))
        self.line("au hasard", _percent(FIRST / len(candidates)))

    def judge_recommendations(self, title, candidates):
        seen = recommendations(candidates, self.norms, people=self.people)
        (favourite, _), never = seen.most_common(1)[0], never_recommended(seen)
        share = share_of_most_recommended(seen, self.people)
        self.stdout.write(f"\n{title} : {len(candidates)}")
        self.line(f"voient le plus recommandé ({favourite})", _percent(share))
        self.line("métiers que personne ne voit", str(len(never)))
        if never:
            self.stdout.write(f"    {', '.join(never)}")

    def line(self, label, value):
        self.stdout.write(f"  {label:<60}{value:>8}")


def uncorrected_candidates():
    """Ranked by their correlation with a person, as if all interests were equally common."""
    return [
        Candidate(metier.title, _centred(metier.interests), metier.level)
        for metier in read_reference()
    ]


def _centred(interests):
    mean = fmean(interests)
    return tuple(interest - mean for interest in interests)


def _percent(share):
    return f"{100 * share:.1f} %".replace(".", ",")
