"""Codes that were once given keep their meaning, for ever.

Each entry of `recorded_codes.json` is what a link meant when it was written down: the answers, the
profile, the closest of the reference métiers, what « affiner » asks and what is refused. Never edit
an entry; add one for each new set of questions and each new format of the code. It holds the norms,
the weights of studies and the thresholds too, wherever they are written.
"""

import json
from base64 import urlsafe_b64decode
from pathlib import Path

import pytest

from quiz.dealbreakers import DEALBREAKERS, chosen
from quiz.matching import rank
from quiz.questionnaire import Questionnaire
from quiz.reference import reference_candidates
from quiz.scoring import quality, score
from quiz.token import Answers, decode, encode
from tests.factories import create_question_set

RECORDED = json.loads((Path(__file__).parent / "recorded_codes.json").read_text(encoding="utf-8"))
each_code = pytest.mark.parametrize("recorded", RECORDED, ids=lambda one: one["code"])


@each_code
def test_a_code_holds_the_same_answers(recorded):
    answers = Answers(
        1,
        tuple(recorded["values"]),
        recorded["level"],
        recorded["started_from"],
        recorded["dealbreakers"],
        recorded.get("is_confirmed", False),
    )

    assert decode(recorded["code"]) == answers
    assert encode(answers) == recorded["code"]


@each_code
@pytest.mark.django_db
def test_a_code_gives_the_same_profile(recorded):
    create_question_set(number=1)
    questionnaire, answers = Questionnaire.load(1), decode(recorded["code"])
    pairs = [(a.dimension, a.value) for a in questionnaire.given(answers)]

    profile = score(pairs, questionnaire.norms)

    candidates = reference_candidates(questionnaire.norms)
    matches = rank(profile, answers.level, candidates, questionnaire.norms)[:10]
    assert profile.theta == pytest.approx(recorded["theta"], abs=1e-6)
    assert profile.variance == pytest.approx(recorded["variance"], abs=1e-6)
    assert quality(pairs, profile).value == recorded["quality"]
    assert [[m.key, m.percent, m.band.value] for m in matches] == recorded["first"]


@each_code
@pytest.mark.django_db
def test_a_code_asks_for_the_same_refinement(recorded):
    create_question_set(number=1)
    rounds = Questionnaire.load(1).rounds(decode(recorded["code"]))

    assert [list(one.positions) for one in rounds] == recorded["rounds"]


@each_code
def test_a_code_refuses_the_same(recorded):
    refused = chosen(recorded["dealbreakers"])

    assert [dealbreaker.slug for dealbreaker in refused] == recorded["refused"]


def test_each_dealbreaker_is_recorded():
    recorded = {slug for one in RECORDED for slug in one["refused"]}

    assert recorded == {dealbreaker.slug for dealbreaker in DEALBREAKERS}


def test_each_format_of_the_code_is_recorded():
    assert {urlsafe_b64decode(recorded["code"][:4])[0] for recorded in RECORDED} == {1, 2, 3}
