import pytest

from metiers.completeness import count_words, missing
from metiers.models import Metier

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole(content):
    """A real fiche, complete."""
    metier = Metier.objects.get(slug="comptable")
    assert list(missing(metier)) == []
    return metier


def again(metier):
    """The same métier as the database holds it."""
    return Metier.objects.get(pk=metier.pk)


@pytest.mark.parametrize(
    "name, minimum",
    [
        ("missions", 8),
        ("tools", 8),
        ("workplaces", 6),
        ("strengths", 6),
        ("weaknesses", 6),
        ("tips", 6),
        ("self_assessment", 6),
    ],
)
def test_a_list_that_is_too_short_is_missing(whole, name, minimum):
    lines = [f"Ligne {i}" for i in range(minimum)]
    setattr(whole, name, lines)
    assert list(missing(whole)) == []

    setattr(whole, name, lines[1:])

    assert list(missing(whole)) == [(name, f"{minimum - 1} lignes", f"{minimum} ou plus")]


@pytest.mark.parametrize(
    "name, minimum",
    [
        ("hours", 6),
        ("belgian_facts", 5),
        ("training_steps", 5),
        ("faq", 6),
        ("offers", 5),
        ("evidence", 6),
        ("demands", 3),
        ("figures", 1),
    ],
)
def test_rows_that_are_too_few_are_missing(whole, name, minimum):
    keep(whole, name, minimum)
    assert list(missing(whole)) == []

    keep(whole, name, minimum - 1)

    key = "interests" if name == "evidence" else name
    found = "0 ligne" if minimum == 1 else f"{minimum - 1} lignes"
    assert list(missing(whole)) == [(key, found, f"{minimum} ou plus")]


def keep(metier, name, count):
    rows = getattr(metier, name).order_by("position", "pk")
    rows.exclude(pk__in=[row.pk for row in rows[:count]]).delete()


@pytest.mark.parametrize("name", ["areas", "criteria"])
def test_links_that_are_too_few_are_missing(whole, name):
    links = getattr(whole, name)
    links.set(links.order_by("pk")[:6])
    assert list(missing(whole)) == []

    links.set(links.order_by("pk")[:5])

    assert list(missing(whole)) == [(name, "5 lignes", "6 ou plus")]


@pytest.mark.parametrize("name", ["salary", "testimony"])
def test_a_block_that_is_not_there_is_missing(whole, name):
    getattr(whole, name).delete()

    assert list(missing(again(whole))) == [(name, "rien", "obligatoire pour publier")]


@pytest.mark.parametrize("count, is_wrong", [(119, True), (120, False), (200, False), (201, True)])
def test_an_introduction_has_120_to_200_words(whole, count, is_wrong):
    whole.introduction = "mot " * count

    expected = [("introduction", f"{count} mots", "120 à 200 mots")] if is_wrong else []
    assert list(missing(whole)) == expected


@pytest.mark.parametrize("count, is_wrong", [(39, True), (40, False), (90, False), (91, True)])
def test_an_answer_has_40_to_90_words(whole, count, is_wrong):
    row = whole.faq.order_by("position", "pk")[1]
    row.answer = "mot " * count
    row.save()

    expected = [("faq[1].answer", f"{count} mots", "40 à 90 mots")] if is_wrong else []
    assert list(missing(whole)) == expected


def test_a_draft_may_lack_anything(whole):
    whole.status = "draft"
    whole.missions = []
    whole.salary.delete()

    assert list(missing(whole)) == []


@pytest.mark.parametrize(
    "words, count",
    [
        ("", 0),
        ("Tu câbles.", 2),
        ("L’infirmière-cheffe est là", 3),
        ("Oui : 3 728 € ; non.", 4),
        ("électricien·ne", 1),
        ("d'accord", 1),
    ],
)
def test_words_are_counted_as_french_writes_them(words, count):
    assert count_words(words) == count
