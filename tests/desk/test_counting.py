import datetime

import pytest
from django.utils import timezone

from desk import counting
from desk.models import Tally
from tests.factories import create_metier

TODAY = timezone.localdate


@pytest.fixture(autouse=True)
def counts(monkeypatch):
    """Those of this test alone."""
    fresh = counting.Counts(None)
    monkeypatch.setattr(counting, "counts", fresh)
    return fresh


def tallied(counts):
    counts.write()
    return {(row.kind, row.key): row.count for row in Tally.objects.order_by("pk")}


def test_a_fiche_read_twice_counts_two(client, db, counts):
    create_metier()

    client.get("/metiers/menuisier/")
    client.get("/metiers/menuisier/")

    assert tallied(counts) == {("read", "menuisier"): 2}


def test_what_is_written_later_adds_up(db, counts):
    counts.add("read", "menuisier")
    counts.write()
    counts.add("read", "menuisier")

    assert tallied(counts) == {("read", "menuisier"): 2}


def test_nothing_is_written_while_a_page_is_read(client, db, counts):
    create_metier()
    client.get("/metiers/menuisier/")

    assert not Tally.objects.exists()


@pytest.mark.parametrize("agent", ["Googlebot/2.1", "curl/8.1", "facebook Preview"])
def test_robots_do_not_count(client, db, counts, agent):
    create_metier()

    client.get("/metiers/menuisier/", headers={"User-Agent": agent})

    assert tallied(counts) == {}


def test_a_fiche_that_is_not_there_does_not_count(client, db, counts):
    client.get("/metiers/menuisier/")

    assert tallied(counts) == {}


def test_a_search_that_finds_nothing_is_remembered(client, db, counts):
    create_metier()

    client.get("/metiers/?q=Dompteur+de+Licornes")
    client.get("/metiers/?q=menuisier")

    assert tallied(counts) == {("not_found", "dompteur de licornes"): 1}


@pytest.mark.parametrize(
    "words", ["jean@example.org", "0470 12 34 56", "12.34.56", "ab", "x" * 61, " "]
)
def test_words_that_could_be_somebodys_are_not(counts, db, words):
    counting.hear_found_nothing(None, words=words)

    assert tallied(counts) == {}


def test_a_flood_of_searches_fills_no_table(counts, db):
    for number in range(400):
        counting.hear_found_nothing(
            None, words="mot " + "abcdefghij"[number % 10] * (number // 10 + 1)
        )

    assert len(tallied(counts)) == counting.MOST_SEARCHES_A_DAY


def test_searches_are_forgotten_after_ninety_days(counts, db):
    old = TODAY() - datetime.timedelta(days=91)
    Tally.objects.create(day=old, kind="not_found", key="alchimiste", count=3)
    Tally.objects.create(day=old, kind="read", key="menuisier", count=3)
    counts.add("read", "menuisier")

    counts.write()

    assert set(Tally.objects.values_list("kind", "day")) == {("read", old), ("read", TODAY())}


def test_a_table_holds_a_day_a_page_and_a_number(db):
    assert {field.name for field in Tally._meta.fields} == {"id", "day", "kind", "key", "count"}


def test_a_profile_shown_counts_without_its_code(client, content, counts):
    from quiz.questionnaire import read_questionnaire
    from quiz.token import Answers, encode

    number = read_questionnaire().number
    code = encode(Answers(number))
    client.get(f"/quiz/resultat/{code}/")

    assert set(tallied(counts)) <= {("finished", "")}
