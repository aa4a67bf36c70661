import numpy as np
from django.core.management.base import BaseCommand, CommandError

from metiers.riasec import LETTERS
from quiz import rivals, study
from quiz.closeness import level_parts
from quiz.management.commands.score_answers import LEVELS, published_candidates
from quiz.management.question_sets import add_set_argument, load_questionnaire
from quiz.matching import Band
from quiz.norming import CORE, SEED
from quiz.reference import read_reference, reference_directions
from quiz.refining import CLOSEST
from quiz.scoring import FEWEST_ANSWERS, LOW_CONTRAST_LENGTH

PEOPLE = 2_000
FEWEST = 20
STAGES = (18, 24, 30, 36)
ROUNDS = len(STAGES) - 1
FIRSTS = (1, 3, 10)
LISTED = 5


class Command(BaseCommand):
    help = (
        "Étudie le questionnaire avec des personnes simulées : fidélité des échelles, ce que vaut "
        "« affiner », métiers retrouvés, métiers montrés à chacun, autres méthodes, effet d’une "
        "réponse changée. Les chiffres de docs/recherche/questionnaire.md viennent d’ici."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--people",
            type=int,
            default=PEOPLE,
            metavar="N",
            help=f"nombre de personnes simulées (par défaut : {PEOPLE})",
        )
        parser.add_argument(
            "--seed",
            type=int,
            default=SEED,
            metavar="N",
            help=f"graine du hasard : même graine, mêmes chiffres (par défaut : {SEED})",
        )
        add_set_argument(parser)

    def handle(self, people, seed, set_number, **options):
        if people < FEWEST:
            raise CommandError(f"--people : {people} trouvé ; permis : {FEWEST} ou plus")
        questionnaire = load_questionnaire(set_number)
        self.norms, self.seed = questionnaire.norms, seed
        self.titles = [metier.title for metier in read_reference()]
        self.interests = np.array([metier.interests for metier in read_reference()])
        self.directions = reference_directions(self.norms)
        self.each = max(people // len(self.titles), 1)
        self.people = study.draw(self.norms, people, seed)
        self.core = np.tile(CORE, (people, 1))
        self.adaptive = study.adaptively(self.people, self.norms, ROUNDS)
        self.made = study.made_for(self.directions, self.norms, self.each, seed)
        self.stdout.write(
            f"Jeu {questionnaire.number}, {people} personnes simulées, graine {seed}, "
            f"{len(self.titles)} métiers de référence"
        )
        self.study_reliability()
        self.study_refining()
        self.study_recovery()
        self.study_exposure()
        self.study_rivals()
        self.study_one_answer_changed()
        self.study_published()
        self.study_bands()

    def study_reliability(self):
        for against, reference in (
            ("les vrais intérêts", self.people.theta),
            ("le profil de 36 réponses", self.estimates(self.evenly(36))),
            ("le profil de 48 réponses", self.estimates(self.evenly(48))),
        ):
            self.title(f"1. Fidélité : corrélation avec {against}", *LETTERS, "moyenne")
            for answers in STAGES:
                found = study.reliability(self.estimates(self.evenly(answers)), reference)
                self.line(f"{answers} réponses, autant par type", *found, found.mean(), digits=3)
            for answers, counts in list(zip(STAGES, self.adaptive, strict=True))[1:-1]:
                found = study.reliability(self.estimates(counts), reference)
                self.line(f"{answers} réponses, affinées", *found, found.mean(), digits=3)

    def study_refining(self):
        self.truth = self.people.theta @ self.directions.T
        self.true_order = study.ranking(self.truth)
        start = self.closeness(self.core)
        self.closest = study.ranking(start)[:, :CLOSEST]
        at_random = study.at_random(len(self.people), ROUNDS, self.seed)
        columns = ("10 premiers", "rangs", "inversées")
        title = "2. « Affiner » : l’ordre trouvé et le vrai ; différences en points"
        self.title(title, *columns, width=12)
        self.refined("18 réponses", self.measures(self.core))
        for done, answers in ((1, 24), (2, 30)):
            ways = {
                "affinées": self.measures(self.adaptive[done]),
                "autant par type": self.measures(self.evenly(answers)),
                "au hasard": self.measures(at_random[done]),
            }
            for way, measures in ways.items():
                self.refined(f"{answers} réponses, {way}", measures)
            for way in ("au hasard", "autant par type"):
                self.compared(f"affinées − {way}", ways["affinées"], ways[way])
        self.refined("36 réponses", self.measures(self.evenly(36)))
        self.compare_after_skipping()
        self.line("paires inversées prévues, 18 puis 24", *self.foreseen(), width=12)
        self.line("tours proposés, 1, 2 et 3", *self.offered(), width=12)

    def compare_after_skipping(self):
        """One type skipped by everybody, each in its turn: 15 answers, then 21."""
        skipped = study.without_one_type(len(self.people))
        among = study.ranking(self.closeness(skipped))[:, :CLOSEST]
        refined = study.after_a_round(self.people, skipped, self.norms)
        ways = (self.measures(counts, among) for counts in (refined, skipped + 1))
        self.compared("un type passé : affinées − autant par type", *ways)

    def study_recovery(self):
        self.title(
            f"3. Métier retrouvé par {len(self.made)} personnes faites pour un métier, affinées",
            *(f"{first} premier{'s' if first > 1 else ''}" for first in FIRSTS),
            width=12,
        )
        for answers, counts in zip(
            STAGES, study.adaptively(self.made, self.norms, ROUNDS), strict=True
        ):
            order = study.ranking(self.made.estimates(counts, self.norms) @ self.directions.T)
            found = [_percent(study.recovery(order, first)) for first in FIRSTS]
            self.line(f"{answers} réponses", *found, width=12)
        chance = [_percent(first / len(self.titles)) for first in FIRSTS]
        self.line("au hasard", *chance, width=12)

    def study_exposure(self):
        self.title("4. Part des personnes qui ont un métier dans leurs 10 premiers (18 réponses)")
        shares = study.exposure(study.ranking(self.closeness(self.core)))
        self.exposed(shares, self.titles)
        commonness = study.commonness(self.directions, self.norms)
        agreement = np.corrcoef(shares, commonness)[0, 1]
        self.line("corrélation avec dᵀΦd (goûts qui vont ensemble)", agreement, digits=2)

    def study_rivals(self):
        columns = ("retrouvé", "vécu", "sans bruit", "au plus", "jamais")
        self.title("5. Autres méthodes (18 réponses, 10 premiers)", *columns, width=12)
        living = study.living_it(self.interests, self.norms, self.each, self.seed)
        samples = [self.answered(people) for people in (self.made, living, self.people)]
        truly = self.people.theta, study.liking(self.people.theta, self.norms)
        for name, way in {
            "celle du guide": lambda theta, _: theta @ self.directions.T,
            "corrélation, métiers non normés": lambda theta, _: rivals.correlations(
                theta, self.interests
            ),
            "corrélation, rien de normé": lambda _, means: rivals.correlations(
                means, self.interests
            ),
            "codes de trois lettres (indice C)": lambda _, means: self.congruence(means),
        }.items():
            made, lived, anybody = (study.ranking(way(*sample)) for sample in samples)
            shares = study.exposure(anybody)
            self.line(
                name,
                _percent(study.recovery(made)),
                _percent(study.recovery(lived)),
                _percent(study.kept(anybody, study.ranking(way(*truly))).mean()),
                _percent(shares.max()),
                np.count_nonzero(shares == 0),
                width=12,
            )

    def study_one_answer_changed(self):
        self.title("6. Une réponse changée sur 18", "médiane", "1 sur 10", "pire", width=12)
        profiles = self.people.profiles(self.core, self.norms)
        bands = study.bands(profiles, self.directions, self.norms)
        order = study.ranking(self.closeness(self.core))
        contrasted = np.array([x.length >= LOW_CONTRAST_LENGTH for x in profiles])
        self.line("profils contrastés", _percent(contrasted.mean()), width=12)
        for change, by_one in (("d’un point", True), ("d’un bout à l’autre", False)):
            people = study.with_one_changed(self.people, self.seed, by_one=by_one)
            changed = people.profiles(self.core, self.norms)
            steps = np.abs(study.bands(changed, self.directions, self.norms) - bands)
            self.spread(f"bandes changées, {change}", (steps > 0).sum(axis=1), 0.9)
            self.spread("  profils contrastés", (steps[contrasted] > 0).sum(axis=1), 0.9)
            self.spread("  de deux crans ou plus", (steps > 1).sum(axis=1), 0.9)
            thetas = np.array([profile.theta for profile in changed])
            new_order = study.ranking(thetas @ self.directions.T)
            kept = 10 * study.kept(new_order, order)
            self.spread("  des 10 premiers gardés", kept, 0.1)
            self.spread("  profils contrastés", kept[contrasted], 0.1)

    def study_published(self):
        candidates = published_candidates(self.norms)
        self.title(f"7. Métiers publiés : {len(candidates)}")
        if len(candidates) <= study.FIRST:
            self.stdout.write("  trop peu pour juger")
            return
        directions = np.array([candidate.direction for candidate in candidates])
        order = study.ranking(self.estimates(self.core) @ directions.T)
        self.exposed(study.exposure(order), [candidate.key for candidate in candidates])
        made = study.made_for(directions, self.norms, self.each, self.seed)
        found = study.recovery(study.ranking(self.estimated(made) @ directions.T))
        self.line("retrouvent leur métier dans les 10 premiers", _percent(found))
        self.line("au hasard", _percent(study.FIRST / len(candidates)))

    def study_bands(self):
        columns = [band.label for band in reversed(Band)]
        self.title("8. Part des paires dans chaque bande, sans les études", *columns, width=12)
        for answers in (FEWEST_ANSWERS, *STAGES):
            self.line(f"{answers} réponses", *self.shares(self.banded(answers)), width=12)
        columns += ["trop longs", "reculent", "de deux"]
        self.title("   après 18 réponses, selon les études acceptées", *columns, width=12)
        demanded, tastes = np.array([metier.level for metier in read_reference()]), self.banded(18)
        for accepted in LEVELS:
            bands = self.banded(18, level_parts(demanded, accepted, self.norms))
            too_long = demanded > accepted
            lost = (tastes - bands)[:, too_long]
            fallen = [(lost >= 1).mean(), (lost >= 2).mean()] if lost.size else [0, 0]
            shares = map(_percent, [too_long.mean(), *fallen])
            self.line(f"jusqu’au niveau {accepted}", *self.shares(bands), *shares, width=12)

    def banded(self, answers, studies=0.0):
        profiles = self.people.profiles(self.evenly(answers), self.norms)
        return study.bands(profiles, self.directions, self.norms, studies)

    def shares(self, bands):
        return [_percent((bands == number).mean()) for number in range(len(Band))]

    def evenly(self, answers):
        return study.evenly(len(self.people), answers)

    def estimates(self, counts):
        return self.people.estimates(counts, self.norms)

    def estimated(self, people):
        return people.estimates(np.tile(CORE, (len(people), 1)), self.norms)

    def closeness(self, counts):
        return self.estimates(counts) @ self.directions.T

    def answered(self, people):
        """What 18 answers say: the θ that they give, and their plain means."""
        return self.estimated(people), people.raw_means(CORE[0])

    def congruence(self, means):
        """Equals, of which codes make many, come in an order drawn for each person."""
        index = rivals.congruence(means, self.interests)
        return index + np.random.default_rng(self.seed).random(index.shape)

    def measures(self, counts, among=None):
        closeness = self.closeness(counts)
        among = self.closest if among is None else among
        return (
            study.kept(study.ranking(closeness), self.true_order),
            study.rank_agreement(closeness, self.true_order),
            study.misordered(closeness, self.truth, among),
        )

    def foreseen(self):
        chosen = study.choices(self.people, self.core, self.norms)
        pairs = [(refinement.before, refinement.after) for refinement in chosen if refinement]
        return map(_percent, np.mean(pairs, axis=0))

    def offered(self):
        """To how many people each round is worth offering."""
        asked = np.diff([counts.sum(axis=1) for counts in self.adaptive], axis=0)
        return [_percent(share) for share in (asked > 0).mean(axis=1)]

    def refined(self, label, measures):
        kept, agreement, inverted = (measure.mean() for measure in measures)
        self.line(label, _percent(kept), _number(agreement, 3), _percent(inverted), width=12)

    def compared(self, label, ours, theirs):
        differences = [
            f"{_signed(100 * mean)} ±{_number(100 * error, 1)}"
            for mean, error in (study.paired(a, b) for a, b in zip(ours, theirs, strict=True))
        ]
        self.line(f"  {label}", *differences, width=12)

    def exposed(self, shares, titles):
        ranked = sorted(zip(shares, titles, strict=True), key=lambda pair: (-pair[0], pair[1]))
        self.line("métier le plus montré", _percent(shares.max()))
        self.line("si tous l’étaient autant", _percent(shares.mean()))
        self.line("métiers que personne ne voit", np.count_nonzero(shares == 0))
        for name, some in (("les plus montrés", ranked[:LISTED]), ("les moins", ranked[-LISTED:])):
            listed = ", ".join(f"{title} ({_percent(share)})" for share, title in some)
            self.stdout.write(f"  {name} : {listed}")

    def spread(self, label, values, quantile):
        worst = values.max() if quantile > 0.5 else values.min()
        middle, tail = np.quantile(values, [0.5, quantile])
        self.line(label, *(_number(x, 0) for x in (middle, tail, worst)), width=12)

    def title(self, text, *columns, width=8):
        self.stdout.write(f"\n{text}")
        if columns:
            self.line("", *columns, width=width)

    def line(self, label, *values, width=8, digits=0):
        cells = [value if isinstance(value, str) else _number(value, digits) for value in values]
        self.stdout.write(f"  {label:<46}" + "".join(f"{cell:>{width}}" for cell in cells))


def _number(value, digits):
    return f"{value:.{digits}f}".replace(".", ",")


def _signed(value):
    return f"{value:+.1f}".replace(".", ",").replace("-", "−")


def _percent(share):
    return f"{100 * share:.1f} %".replace(".", ",")
