"""From a code to everything that its result page shows; the way that `score_answers` takes too."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import groupby

from metiers.models import Block, InterestEvidence, Metier
from metiers.riasec import Dimension

from . import wording
from .matching import (
    FEWEST_REASONS,
    Answer,
    Candidate,
    Explanation,
    LevelDrawback,
    Match,
    explain,
    rank,
)
from .questionnaire import Questionnaire
from .scoring import DISLIKED, LIKED, InterestProfile, Norms, Quality, quality, score
from .token import Answers, slug_key


@dataclass(frozen=True)
class Ranked:
    """A métier beside its match."""

    metier: Metier
    match: Match


@dataclass(frozen=True)
class WordedArgument:
    """A reason or a drawback in words: the métier's sentence, the visitor's answer, the proof."""

    claim: str
    statement: str
    given: str
    address: str  # of the fiche
    block: str  # the anchor there
    proof: str


@dataclass(frozen=True)
class Result:
    """The profile, the ranking, and one métier explained; no ranking when answers are flat."""

    profile: InterestProfile
    quality: Quality
    given: list[Answer]
    ranked: list[Ranked] = field(default_factory=list)
    focus: Ranked | None = None
    came_from: bool = False
    reasons: list[WordedArgument] = field(default_factory=list)
    drawbacks: list[WordedArgument] = field(default_factory=list)
    level_drawback: LevelDrawback | None = None

    @property
    def bands(self):
        """(Band, métiers) from the closest band to the furthest; the empty ones left out."""
        return [(band, list(group)) for band, group in groupby(self.ranked, lambda r: r.match.band)]

    @property
    def liked(self):
        """The letters of which one activity at least was liked."""
        return {answer.dimension for answer in self.given if answer.value >= LIKED}

    @property
    def interests(self):
        answered = {answer.dimension for answer in self.given}
        return [
            {
                "letter": dimension.value,
                "label": dimension.label,
                "degree": wording.degree(theta) if dimension in answered else "pas de réponse",
                "place": wording.place(theta),
                "share": wording.share_below(theta),
            }
            for dimension, theta in zip(Dimension, self.profile.theta, strict=True)
        ]


def profile_of(questionnaire: Questionnaire, answers: Answers) -> InterestProfile:
    given = questionnaire.given(answers)
    return score([(answer.dimension, answer.value) for answer in given], questionnaire.norms)


def candidates_of(metiers: Iterable[Metier], norms: Norms) -> dict[str, Candidate]:
    """What `rank` takes, by slug."""
    return {
        metier.slug: Candidate.of(metier.slug, metier.interests, metier.study_level, norms)
        for metier in metiers
    }


def read_result(questionnaire: Questionnaire, answers: Answers) -> Result:
    """Everything for the page; two queries."""
    given = questionnaire.given(answers)
    pairs = [(answer.dimension, answer.value) for answer in given]
    profile = score(pairs, questionnaire.norms)
    kind = quality(pairs, profile)
    if kind == Quality.FLAT:
        return Result(profile, kind, given)
    metiers = {metier.slug: metier for metier in Metier.objects.published().for_matching()}
    candidates = candidates_of(metiers.values(), questionnaire.norms)
    matches = rank(profile, answers.level, candidates.values(), questionnaire.norms)
    ranked = [Ranked(metiers[match.key], match) for match in matches]
    focus, came_from = _focus(ranked, answers.started_from)
    explanation = focus and explain(
        profile,
        candidates[focus.metier.slug],
        level=answers.level,
        answers=given,
        norms=questionnaire.norms,
    )
    reasons, drawbacks, level = _in_words(explanation, focus, questionnaire)
    if focus and focus.match.band.is_close and len(reasons) < FEWEST_REASONS:
        reasons += _studies_fit(focus.metier, answers.level, questionnaire)
        reasons += _said_again(explanation, given, focus.metier, questionnaire)
        reasons = reasons[:FEWEST_REASONS]
    return Result(profile, kind, given, ranked, focus, came_from, reasons, drawbacks, level)


def _focus(ranked, started_from):
    """The métier that the visitor came from, or the closest; and whether it is the first."""
    if started_from:
        for row in ranked:
            if slug_key(row.metier.slug) == started_from:
                return row, True
    return (ranked[0] if ranked else None), False


def _in_words(explanation: Explanation | None, focus, questionnaire):
    if explanation is None:
        return [], [], None
    evidence = {row.dimension: row for row in InterestEvidence.objects.filter(metier=focus.metier)}

    def word(argument):
        return _argument(argument, evidence.get(argument.dimension), focus.metier, questionnaire)

    reasons = [word(argument) for argument in explanation.reasons]
    drawbacks = [word(argument) for argument in explanation.drawbacks]
    return reasons, drawbacks, explanation.level_drawback


def _studies_fit(metier, accepted, questionnaire):
    """A reason that the last question gives, for a close métier of which one type alone speaks."""
    if not accepted or metier.study_level > accepted:
        return []
    return [
        WordedArgument(
            claim="Les études tiennent dans ce que tu acceptes.",
            statement=questionnaire.level_prompt,
            given=_lower_first(questionnaire.level_labels[accepted - 1]),
            address=metier.get_absolute_url(),
            block=Block.TRAINING.value,
            proof=Block.TRAINING.label,
        )
    ]


def _said_again(explanation, given, metier, questionnaire):
    """A second answer to the one type that speaks, as a reason of its own."""
    if not explanation.reasons:
        return []
    said = explanation.reasons[0]
    agreeing = [
        answer
        for answer in given
        if answer.dimension == said.dimension
        and answer.item != said.item
        and (answer.value >= LIKED if said.wants else answer.value <= DISLIKED)
    ]
    again = [replace(said, item=answer.item, value=answer.value) for answer in agreeing[:1]]
    claim = f"{said.dimension.label}, une deuxième fois."
    return [
        replace(_argument(argument, None, metier, questionnaire), claim=claim) for argument in again
    ]


def _lower_first(label):
    return label[:1].lower() + label[1:]


def _argument(argument, evidence, metier, questionnaire):
    question = next(q for q in questionnaire.questions if q.position == argument.item)
    block = evidence.block if evidence else Block.PRESENTATION.value
    return WordedArgument(
        claim=evidence.evidence if evidence else argument.dimension.label,
        statement=question.text.rstrip("."),
        given=questionnaire.answer_labels[argument.value - 1].lower(),
        address=metier.get_absolute_url(),
        block=block,
        proof=Block(block).label,
    )
