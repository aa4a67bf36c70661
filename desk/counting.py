"""How often: plain numbers by day and page, written in batches so that reading stays fast.

Nothing of a request is kept but which page it was. Counts wait in memory; a thread of the process
writes them every half minute, and once more when it ends. A page that a cache in front of us gave
out was not asked of us and is not counted: the dashboard says so.
"""

import atexit
import datetime
import re
from collections import Counter
from threading import Lock, Thread
from time import sleep

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from metiers.search.words import fold

from .models import Tally

ROBOTS = re.compile(r"bot\b|bot/|crawl|spider|slurp|preview|curl|python|monitor", re.IGNORECASE)
NUMBERS = re.compile(r"\d(?:[\s./-]?\d){3,}")
ADDRESS = re.compile(r"@|\bat\b")
MOST_WORDS = 4
MOST_WAITING = 2_000
MOST_SEARCHES_A_DAY = 300
DAYS_OF_SEARCHES = 90

_ADD = """
    INSERT INTO {table} (day, kind, key, count) VALUES (%s, %s, %s, %s)
    ON CONFLICT (day, kind, key) DO UPDATE SET count = {table}.count + excluded.count
"""


class Counts:
    """What one process has counted and not yet written."""

    def __init__(self, every: float | None):
        """`every` seconds are written; None leaves it to who calls `write`."""
        self._every = every
        self._waiting = Counter()
        self._lock = Lock()
        self._writer = None

    def add(self, kind, key=""):
        with self._lock:
            entry = (timezone.localdate(), kind, key[:60])
            if entry in self._waiting or len(self._waiting) < MOST_WAITING:
                self._waiting[entry] += 1
            if self._every and not (self._writer and self._writer.is_alive()):
                self._writer = Thread(target=self._write_again_and_again, daemon=True)
                self._writer.start()
                atexit.register(self.write)

    def write(self):
        """Add what waits to the database's numbers, all of it or, for another time, nothing."""
        with self._lock:
            waiting, self._waiting = self._waiting, Counter()
        if not waiting:
            return
        try:
            with transaction.atomic():
                _forget_old_searches()
                _add(waiting)
        except DatabaseError:  # somebody else writes for long
            with self._lock:
                self._waiting += waiting

    def _write_again_and_again(self):
        while True:
            sleep(self._every)
            self.write()
            connection.close()


def _add(waiting):
    statement = _ADD.format(table=Tally._meta.db_table)
    searched = _searches_of({day for day, _, _ in waiting})
    with connection.cursor() as cursor:
        for (day, kind, key), count in sorted(waiting.items()):
            if kind == Tally.Kind.NOT_FOUND and key not in searched[day]:
                if len(searched[day]) >= MOST_SEARCHES_A_DAY:
                    continue
                searched[day].add(key)
            cursor.execute(statement, [day, kind, key, count])


counts = Counts(settings.TALLY_EVERY)


def hear_found_nothing(sender, *, words, **kwargs):
    """Count a search that found nothing, unless its words could be somebody's.

    « vétérinaire équin » counts; « jean@example.org », « 0470 12 34 56 » and « mon fils est
    malade du cœur », a sentence rather than a métier, do not.
    """
    key = " ".join(fold(words).split())
    is_a_name = 2 < len(key) <= 60 and len(key.split()) <= MOST_WORDS
    if is_a_name and not ADDRESS.search(key) and not NUMBERS.search(key):
        counts.add(Tally.Kind.NOT_FOUND, key)


def _searches_of(days):
    """The words kept of each day: a set by day, of `MOST_SEARCHES_A_DAY` at most."""
    found = {day: set() for day in days}
    rows = Tally.objects.filter(day__in=days, kind=Tally.Kind.NOT_FOUND)
    for day, key in rows.values_list("day", "key"):
        found[day].add(key)
    return found


def _forget_old_searches():
    oldest = timezone.localdate() - datetime.timedelta(days=DAYS_OF_SEARCHES)
    Tally.objects.filter(kind=Tally.Kind.NOT_FOUND, day__lt=oldest).delete()


class CountVisits:
    """Counts fiches read and profiles shown, by people as far as one can tell."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        match = request.resolver_match
        if (
            match
            and response.status_code == 200
            and request.method == "GET"
            and match.view_name in COUNTED
            and not request.headers.get("HX-Request")
            and not ROBOTS.search(request.headers.get("User-Agent", ""))
        ):
            counts.add(COUNTED[match.view_name], match.kwargs.get("slug", ""))
        return response


COUNTED = {"metiers:detail": Tally.Kind.READ, "quiz:result": Tally.Kind.FINISHED}
