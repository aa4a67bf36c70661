import csv

import pytest

from metiers.riasec import from_onet, holland_code
from quiz.reference import (
    METIERS_FILE,
    read_norms_json,
    read_reference,
    reference_candidates,
    reference_directions,
)
from tests.factories import published_norms


def by_title():
    return {metier.title: metier for metier in read_reference()}


def test_there_are_164_metiers_under_different_titles():
    assert len(read_reference()) == len(by_title()) == 164


def test_the_file_keeps_the_ratings_of_o_net():
    """29-1141.00, Registered Nurses."""
    with METIERS_FILE.open(encoding="utf-8", newline="") as lines:
        nurse = next(row for row in csv.DictReader(lines) if row["title"] == "infirmier")

    ratings = [nurse[letter] for letter in "RIASEC"]
    assert ratings == ["3.66", "4.82", "1.31", "5.62", "2.28", "4.58"]


def test_interests_go_from_0_to_100():
    nurse = by_title()["infirmier"]

    assert nurse.interests == pytest.approx((44.3, 63.7, 5.2, 77, 21.3, 59.7), abs=0.05)
    assert nurse.interests[0] == from_onet(3.66)
    assert holland_code(nurse.interests) == "SIC"


def test_the_level_is_the_job_zone():
    levels = {title: metier.level for title, metier in by_title().items()}

    assert (levels["aide-soignant"], levels["infirmier"], levels["médecin généraliste"]) == (
        3,
        4,
        5,
    )
    assert set(levels.values()) == {1, 2, 3, 4, 5}


def test_the_table_is_read_once():
    assert read_reference() is read_reference()


def test_no_two_metiers_have_the_same_interests():
    """The order of two of them could not be undecided, nor decided."""
    assert len({metier.interests for metier in read_reference()}) == 164


def test_the_directions_are_those_of_the_candidates_and_cannot_be_altered():
    norms = published_norms()
    directions = reference_directions(norms)

    assert [tuple(row) for row in directions] == [x.direction for x in reference_candidates(norms)]
    assert [x.key for x in reference_candidates(norms)] == [x.title for x in read_reference()]
    with pytest.raises(ValueError, match="read-only"):
        directions[0, 0] = 0


def test_the_constants_are_for_six_types():
    constants = read_norms_json()

    assert constants["letters"] == "RIASEC"
    assert len(constants["item_mean"]) == len(constants["factor_corr"]) == 6
