import pytest

from metiers.models import TrainingStep
from metiers.training_map import training_map

T, D, O = "trunk", "direct", "other"  # noqa: E741 — short names make the drawings below readable


def drawn(*tracks):
    """What is drawn beside each stop: s(plits), j(oins), b(eside), a label, the last as « . »."""
    stops = training_map([TrainingStep(track=track) for track in tracks])
    return [
        "".join(
            mark
            for mark, holds in (
                ("s", stop.splits),
                ("j", stop.joins),
                ("b", stop.runs_beside),
                (f"[{stop.opens}]", stop.opens),
                (".", stop.is_last),
            )
            if holds
        )
        for stop in stops
    ]


def test_two_ways_part_after_the_trunk_and_meet_again():
    assert drawn(T, D, D, O, T, T) == [
        "s",
        "b[Voie directe]",
        "b",
        "b[Autre voie]",
        "j",
        ".",
    ]


def test_a_trunk_alone_is_one_line():
    assert drawn(T, T, T) == ["", "", "."]


def test_a_direct_way_without_another_is_one_line():
    assert drawn(T, D, T) == ["", "", "."]


def test_ways_may_part_at_once():
    assert drawn(D, O, T) == ["b[Voie directe]", "b[Autre voie]", "j."]


def test_ways_may_end_apart():
    assert drawn(T, D, O) == ["s", "b[Voie directe]", "b[Autre voie]."]


def test_another_way_may_stand_alone():
    assert drawn(T, O, T) == ["s", "b[Autre voie]", "j."]


def test_no_step_draws_nothing():
    assert training_map([]) == []


def test_the_steps_keep_their_order():
    steps = [TrainingStep(title=title, track=track) for title, track in (("a", T), ("b", O))]

    assert [stop.step for stop in training_map(steps)] == steps


@pytest.mark.parametrize("tracks", [(T,), (D,), (O,), (T, D, O, T)])
def test_only_the_last_stop_is_a_terminus(tracks):
    marks = [mark.endswith(".") for mark in drawn(*tracks)]

    assert marks == [False] * (len(tracks) - 1) + [True]
