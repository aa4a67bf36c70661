import datetime
import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from django.db import OperationalError
from django.utils import timezone

from careerguide.settings import BASE_DIR
from desk import counting
from desk.models import Tally
from quiz.token import Answers, encode
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
    "words",
    [
        "jean@example.org",
        "0470 12 34 56",
        "12.34.56",
        "ab",
        "x" * 61,
        " ",
        "jean(at)gmail.com",
        "mon fils est malade du cœur",
    ],
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
    opinions = (5, 2, 1, 4, 3, 2) * 3 + (None,) * 18
    client.get(f"/quiz/resultat/{encode(Answers(1, opinions, level=3))}/")

    assert tallied(counts) == {("finished", ""): 1}


def test_what_could_not_be_written_waits(db, counts, monkeypatch):
    counts.add("read", "menuisier")

    def busy(waiting):
        raise OperationalError("database is locked")

    with monkeypatch.context() as broken:
        broken.setattr(counting, "_add", busy)
        counts.write()

    assert tallied(counts) == {("read", "menuisier"): 1}


def test_the_last_counts_are_written_when_the_process_ends(tmp_path):
    """In a process of its own, whose thread has not come to write yet."""
    script = (
        "import django; django.setup()\n"
        "from django.core.management import call_command\n"
        "call_command('migrate', verbosity=0)\n"
        "from desk.counting import Counts\n"
        "Counts(3600).add('read', 'menuisier')\n"
    )
    path = tmp_path / "db.sqlite3"
    environment = os.environ | {"DATABASE_PATH": str(path), "SECRET_KEY": "for-tests-only"}
    environment["DJANGO_SETTINGS_MODULE"] = "careerguide.settings"

    command = [sys.executable, "-c", script]
    subprocess.run(command, env=environment, cwd=BASE_DIR, check=True)  # noqa: S603 — our own

    with closing(sqlite3.connect(path)) as database:
        rows = database.execute("SELECT kind, key, count FROM desk_tally").fetchall()
    assert rows == [("read", "menuisier", 1)]


def test_words_of_a_full_day_still_count(db, counts, monkeypatch):
    monkeypatch.setattr(counting, "MOST_SEARCHES_A_DAY", 2)
    for words in ("un", "deux", "trois", "deux"):
        counts.add("not_found", words)
        counts.write()

    assert tallied(counts) == {("not_found", "un"): 1, ("not_found", "deux"): 2}


def test_a_count_is_called_by_what_was_counted():
    day = datetime.date(2026, 12, 1)

    names = [str(Tally(day=day, kind=kind, key=key)) for kind, key in NAMED]

    assert names == [
        "Fiche lue, agriculteur, le 1er décembre 2026",
        "Profil affiché, le 1er décembre 2026",
    ]


NAMED = [("read", "agriculteur"), ("finished", "")]
