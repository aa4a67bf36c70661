"""What an editor does with a set of questions beside changing it."""

from typing import NamedTuple

import numpy as np

from metiers.catalogue import read_catalogue
from metiers.riasec import Dimension
from quiz.closeness import closeness_to
from quiz.models import QuestionSet
from quiz.scoring import Norms, quality, score

COPIED = ("prompt", "answer_labels", "level_prompt", "level_labels", "norms")
FIRST = 10


class Tried(NamedTuple):
    """What a set makes of some answers: `types` are (label, score in deviations from the mean)."""

    types: list
    quality: str
    first: list


def duplicate(question_set):
    """A draft with the next free number and the same questions."""
    newest = QuestionSet.objects.order_by("-number", "pk").values_list("number", flat=True)[0]
    copied = {name: getattr(question_set, name) for name in COPIED}
    copy = QuestionSet.objects.create(number=newest + 1, **copied)
    for question in question_set.questions.order_by("position", "pk"):
        question.pk, question._state.adding, question.question_set = None, True, copy
        question.save()
    return copy


def tried(question_set, answers, level):
    """The profile and the ten closest published métiers, as this set would show them.

    `answers` are (letter, 1–5); `level` is 1–5 or None.
    """
    norms = Norms.from_dict(question_set.norms)
    profile = score(answers, norms)
    catalogue = read_catalogue()
    closeness = closeness_to(profile, level, catalogue, norms)
    order = np.argsort(-closeness.values, kind="stable")[:FIRST]
    return Tried(
        types=[(dimension.label, profile[dimension.value]) for dimension in Dimension],
        quality=quality(answers, profile).value,
        first=[(catalogue.stops[int(n)], closeness.band(int(n)).label) for n in order],
    )
