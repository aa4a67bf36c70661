"""Why one métier is close to somebody, in words and in numbers that add up."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from metiers.catalogue.shown import Shown
from metiers.models import Block
from metiers.riasec import Dimension

from . import wording
from .evidence import Evidence
from .matching import (
    BAND_FLOORS,
    FEWEST_REASONS,
    Answer,
    Band,
    Candidate,
    Explanation,
    LevelDrawback,
    Match,
    explain,
)
from .questionnaire import Questionnaire
from .scoring import DISLIKED, LIKED, InterestProfile, Norms

POINTS = 10_000
"""Of a closeness of 1: the thresholds of the norms have four decimals, thus are whole points."""


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
class Argued:
    """What speaks for a métier and against it."""

    reasons: list[WordedArgument]
    drawbacks: list[WordedArgument]
    level_drawback: LevelDrawback | None


@dataclass(frozen=True)
class TypePart:
    """One of the six lines of the calculation: what somebody likes, what the métier asks."""

    dimension: Dimension
    degree: str
    demand: str
    points: int
    evidence: Evidence | None
    answers: list[tuple[str, str]]  # (statement, answer in words)


@dataclass(frozen=True)
class Threshold:
    band: Band
    points: int
    is_reached: bool


@dataclass(frozen=True)
class Calculation:
    """`parts` and `level_points` add up to `total`, and `total` reaches the band's threshold."""

    parts: list[TypePart]
    level_points: int
    total: int
    thresholds: list[Threshold]
    percent: int


def argue(
    match: Match,
    candidate: Candidate,
    metier: Shown,
    evidence: dict[str, Evidence],
    profile: InterestProfile,
    given: Sequence[Answer],
    level: int | None,
    questionnaire: Questionnaire,
) -> Argued:
    """Reasons and drawbacks in words; a close métier has two reasons where answers carry them."""
    explanation = explain(profile, candidate, level=level, answers=given, norms=questionnaire.norms)

    def word(argument):
        return _argument(argument, evidence.get(argument.dimension), metier, questionnaire)

    reasons = [word(argument) for argument in explanation.reasons]
    if match.band.is_close and len(reasons) < FEWEST_REASONS:
        reasons += _studies_fit(metier, level, questionnaire)
        reasons += _said_again(explanation, given, metier, questionnaire)
        reasons = reasons[:FEWEST_REASONS]
    drawbacks = [word(argument) for argument in explanation.drawbacks]
    return Argued(reasons, drawbacks, explanation.level_drawback)


def calculate(
    match: Match,
    candidate: Candidate,
    evidence: dict[str, Evidence],
    profile: InterestProfile,
    given: Sequence[Answer],
    questionnaire: Questionnaire,
) -> Calculation:
    *points, level_points, total = in_points([*match.parts, match.level_part], match.closeness)
    answers = [_answers_of(dimension, given, questionnaire) for dimension in Dimension]
    parts = [
        TypePart(
            dimension=dimension,
            degree=wording.degree(profile.theta[k]) if answers[k] else wording.UNANSWERED,
            demand=wording.demand(candidate.z[k]),
            points=points[k],
            evidence=evidence.get(dimension),
            answers=answers[k],
        )
        for k, dimension in enumerate(Dimension)
    ]
    return Calculation(
        parts=parts,
        level_points=level_points,
        total=total,
        thresholds=list(_thresholds(questionnaire.norms, match.closeness)),
        percent=match.percent,
    )


def in_points(parts: Sequence[float], total: float) -> list[int]:
    """The parts as whole points, then their total: they add up, each within one point.

    The total is rounded down, so that it reaches a threshold exactly when the closeness does.
    """
    whole = math.floor(round(total * POINTS, 6))
    exact = [part * POINTS for part in parts]
    points = [math.floor(part) for part in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: points[i] - exact[i])
    missing = whole - sum(points)
    for i in by_remainder[: max(missing, 0)]:
        points[i] += 1
    for i in by_remainder[::-1][: max(-missing, 0)]:
        points[i] -= 1
    return [*points, whole]


def _thresholds(norms: Norms, closeness: float):
    for floor, band in BAND_FLOORS:
        if floor:
            quantile = norms.match_quantiles[floor // 5 - 1]
            yield Threshold(band, round(quantile * POINTS), closeness >= quantile)


def _answers_of(dimension, given, questionnaire):
    texts = {question.position: question.text.rstrip(".") for question in questionnaire.questions}
    return [
        (texts[answer.item], questionnaire.answer_labels[answer.value - 1].lower())
        for answer in given
        if answer.dimension == dimension
    ]


def _studies_fit(metier, accepted, questionnaire):
    """A reason that the last question gives, for a close métier of which one type alone speaks."""
    if not accepted or metier.level_asked > accepted:
        return []
    return [
        WordedArgument(
            claim=wording.studies_fit(accepted, metier.study_level),
            statement=questionnaire.level_prompt,
            given=_lower_first(questionnaire.level_labels[accepted - 1]),
            address=metier.get_absolute_url(),
            block=Block.TRAINING.value,
            proof=Block.TRAINING.label,
        )
    ]


def _said_again(explanation: Explanation, given, metier, questionnaire):
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
    claim = wording.once_more(said.dimension, said.demands)
    return [
        replace(_argument(argument, None, metier, questionnaire), claim=claim) for argument in again
    ]


def _lower_first(label):
    return label[:1].lower() + label[1:]


def _argument(argument, evidence, metier, questionnaire):
    """The sentence is quoted where it speaks the way of the argument; the other way, it would
    argue the reverse.
    """
    question = next(q for q in questionnaire.questions if q.position == argument.item)
    quoted = evidence if evidence and evidence.is_low != argument.demands else None
    block = quoted.block if quoted else Block.PRESENTATION.value
    return WordedArgument(
        claim=(quoted.text if quoted else wording.interest(argument.dimension, argument.demands)),
        statement=question.text.rstrip("."),
        given=questionnaire.answer_labels[argument.value - 1].lower(),
        address=metier.get_absolute_url(),
        block=block,
        proof=Block(block).label,
    )
