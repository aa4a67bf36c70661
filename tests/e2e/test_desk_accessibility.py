"""axe finds nothing to say of the desk: its lists, forms, histories, imports and accounts; each
fits a phone, and what is tapped there is large enough.
"""

from itertools import groupby

import pytest
from django.contrib.auth.models import User

from desk import workflow
from desk.models import Report
from desk.question_sets import duplicate
from metiers.models import Criterion, GlossaryTerm, Metier, School, Sector, Source
from quiz.models import QuestionSet
from tests.desk.conftest import member
from tests.desk_editor import change_page
from tests.e2e.layout import scrolled_aside, small_targets
from tests.e2e.test_accessibility import LOOKS, findings

pytestmark = pytest.mark.django_db(transaction=True)

DESK = "/gestion/"
LISTS = (
    "auth/user/",
    "auth/group/",
    "axes/accessattempt/",
    "desk/report/",
    "desk/revision/",
    "desk/revision/corbeille/",
    "desk/tally/",
    "metiers/area/",
    "metiers/criterion/",
    "metiers/demand/",
    "metiers/demand/import/",
    "metiers/figure/",
    "metiers/glossaryterm/",
    "metiers/metier/",
    "metiers/metier/?travail=a-relire",
    "metiers/paybenchmark/",
    "metiers/picture/",
    "metiers/picture/add/",
    "metiers/salaryscale/",
    "metiers/school/",
    "metiers/school/import/",
    "metiers/sector/",
    "metiers/source/",
    "quiz/questionset/",
)
PLAIN = ("", "importer/", "importations/", "double-verification/", "password_change/", "metiers/")
UNSEEN = "could not be determined"
"""What axe says of the colours where a text is cut short or scrolled away."""
BEYOND = {
    "th-has-data-cells": "the admin's own list of tables beside each screen, rows of one heading",
    "empty-table-header": "the admin's own table of rows, with two columns of no name",
    "frame-tested": "the previewed page, which has its own tests",
}
TAPPED = "button, .button, summary, input:not([type=hidden])"
LEAST = 24
"""Pixels of what is tapped, as WCAG 2.5.8 asks."""


@pytest.fixture
def addresses(content):
    """Of every kind of screen, one that has something to show."""
    lea, rachid = member("Rédaction", "lea"), member("Relecture", "rachid")
    public = Metier.objects.get(slug="infirmier")
    draft = workflow.start_draft(public, lea)
    draft.teaser, draft.catch_line = "Tu soignes en mer.", "Soigner"
    draft.save()
    workflow.ask_review(draft, lea, "Chapeau revu")
    report = Report.objects.create(page="/metiers/infirmier/", text="Le barème a changé en juin.")
    metier = change_page(draft).removesuffix("change/")
    public_page = change_page(public).removesuffix("change/")
    published = QuestionSet.objects.get()
    copy = duplicate(published)
    question_set = f"{DESK}quiz/questionset/{published.pk}/"
    listed = [f"{DESK}{path}" for path in (*PLAIN, *LISTS)]
    parts = (
        *(
            f"{metier}{part}"
            for part in ("publier/", "abandonner/", "history/", "apercu/", "apercu/liens/")
        ),
        *(f"{metier}{part}" for part in ("qui/",)),
        *(f"{public_page}{part}" for part in ("change/", "history/", "retirer/")),
        *(f"{question_set}{part}" for part in ("change/", "essayer/", "history/")),
        *(f"{DESK}quiz/questionset/{copy.pk}/{part}" for part in ("change/", "comparer/")),
        *(
            change_page(model.objects.first())
            for model in (Sector, School, Criterion, Source, GlossaryTerm)
        ),
        change_page(School.objects.first()).replace("change/", "history/"),
        change_page(School.objects.first()).replace("change/", "delete/"),
        f"{DESK}desk/report/{report.pk}/change/",
        f"{DESK}auth/user/{rachid.pk}/change/",
        f"{DESK}auth/user/add/",
    )
    return [*listed, *parts]


def ours(page, options):
    found = findings(page, options=options)
    return [row for row in found if row[0] not in BEYOND and UNSEEN not in row[2]]


def looked_at(page, address):
    """What axe finds there, by day and by night, on a phone and on a desk."""
    for scheme, looks in groupby(LOOKS, lambda look: look[0]):
        # Anew: the admin fades its colours from day to night, and axe would see them half way.
        page.emulate_media(color_scheme=scheme)
        assert page.goto(address).status == 200, address
        for _, width, options in looks:
            page.set_viewport_size({"width": width, "height": 740})
            yield (address, scheme, width), [*ours(page, options), *misfits(page)]


def misfits(page):
    """By how much the page is too wide, and what is too small to be tapped."""
    aside, small = scrolled_aside(page), small_targets(page, LEAST, TAPPED)
    return [found for found in (("too wide", aside), ("too small", small)) if found[1]]


def test_every_screen_is_accessible(page, addresses):
    User.objects.create_superuser("claire", password="secret")
    found = dict(looked_at(page, f"{DESK}login/"))
    page.locator("#id_username").fill("claire")
    page.locator("#id_password").fill("secret")
    page.locator("[type=submit]").click()

    for address in addresses:
        found |= dict(looked_at(page, address))

    assert {place: rows for place, rows in found.items() if rows} == {}
