import pytest

from metiers.models import Metier, SimilarMetier, TypicalHour
from metiers.models.metier import INTEREST_FIELDS
from quiz.bench_data import fill_up
from tests.factories import create_metier, create_whole_metier


@pytest.fixture
def originals(db):
    first = create_whole_metier(rows=2)
    second = create_metier(title="Tourneur")
    SimilarMetier.objects.create(metier=second, other=first)


def slugs():
    return list(Metier.objects.order_by("pk").values_list("slug", flat=True))


def test_copies_metiers_in_turn(originals):
    fill_up(5)

    assert slugs() == ["menuisier", "tourneur", "menuisier-1", "tourneur-2", "menuisier-3"]


def test_copies_the_rows_beside_them(originals):
    fill_up(4)

    carpenter = Metier.objects.get(slug="menuisier-1")
    turner = Metier.objects.get(slug="tourneur-2")
    assert [hour.title for hour in carpenter.hours.order_by("pk")] == ["Heure 0", "Heure 1"]
    assert carpenter.salary.junior_low == 2400
    assert carpenter.criteria.count() == carpenter.areas.count() == 2
    assert turner.similar_rows.get().other.slug == "menuisier"
    assert TypicalHour.objects.count() == 4


def test_makes_the_same_interests_each_time(originals):
    fill_up(3)
    once = Metier.objects.values_list(*INTEREST_FIELDS).get(slug="menuisier-1")
    Metier.objects.get(slug="menuisier-1").delete()

    fill_up(3)

    assert Metier.objects.values_list(*INTEREST_FIELDS).get(slug="menuisier-1") == once


def test_leaves_enough_metiers_alone(originals):
    fill_up(1)

    assert slugs() == ["menuisier", "tourneur"]
