import re
from datetime import timedelta

import pytest
from django.utils import timezone

from desk import reports
from desk.models import Report, ReportHour
from tests.desk_editor import messages_of
from tests.factories import create_metier

TEXT = "Le barème de 2023 a changé."


@pytest.fixture(autouse=True)
def few_an_hour(monkeypatch):
    monkeypatch.setattr(reports, "MOST_AN_HOUR", 3)


def send(client, **fields):
    return client.post("/signaler/", {"text": TEXT, "page": "/metiers/menuisier/"} | fields)


def test_a_fiche_leads_to_the_form(client, db):
    create_metier()

    page = client.get("/metiers/menuisier/").content.decode()

    assert 'href="/signaler/?page=/metiers/menuisier/"' in page


def test_a_message_arrives_with_its_page_and_nothing_else(client, db):
    response = send(client)

    assert response["Location"] == "/signaler/merci/"
    assert not response.cookies
    assert list(Report.objects.values_list("page", "text")) == [("/metiers/menuisier/", TEXT)]


def test_answers_in_an_address_are_not_kept(client, db):
    send(client, page="/metiers/?r=AbCdEf")
    send(client, page="/quiz/resultat/AbCdEf/")

    assert list(Report.objects.order_by("pk").values_list("page", flat=True)) == ["/metiers/", "/"]


@pytest.mark.parametrize(
    "page", ["https://ailleurs.example/", "//ailleurs", "/nulle/part", "x" * 290, "http://[::1"]
)
def test_a_page_of_elsewhere_is_the_home(client, db, page):
    send(client, page=page)

    assert Report.objects.get().page == "/"


def test_a_thousand_signs_are_read_in_a_moment():
    """Each is tried once: with two repetitions that overlap, this would go on for hours."""
    assert reports.MAIL.sub("", "@" * 20_000) == "@" * 20_000
    assert reports.MAIL.sub("", "a@" * 10_000 + "b.be") == "a@" * 9_999


def test_addresses_and_numbers_are_taken_out(client, db):
    send(client, text="Écris-moi à jean@example.org ou au 0470 12 34 56 merci")

    assert Report.objects.get().text == (
        "Écris-moi à [adresse retirée] ou au [numéro retiré] merci"
    )


@pytest.mark.parametrize("text", ["", "  ", "Non", "mot " * 400])
def test_a_message_too_short_or_too_long_is_refused_with_its_words(client, db, text):
    response = send(client, text=text)

    assert response.status_code == 400
    assert text.strip() in response.content.decode()
    assert not Report.objects.exists()


def test_the_fourth_of_an_hour_is_asked_to_wait_and_keeps_its_words(client, db):
    for _ in range(3):
        send(client)
    response = send(client, text="Un quatrième message")

    assert response.status_code == 429
    assert "Un quatrième message" in response.content.decode()
    assert Report.objects.count() == 3


def test_an_hour_is_full_until_the_next(client, db):
    this_hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    full = ReportHour.objects.create(pk=1, hour=this_hour, count=3)

    refused = send(client)
    ReportHour.objects.update(hour=this_hour - timedelta(hours=1))
    taken = send(client)

    full.refresh_from_db()
    assert (refused.status_code, taken["Location"]) == (429, "/signaler/merci/")
    assert (full.hour, full.count) == (this_hour, 1)


def test_what_a_day_has_too_much_of_is_refused(client, db, monkeypatch):
    monkeypatch.setattr(reports, "MOST_A_DAY", 1)
    send(client)

    assert send(client).status_code == 429
    assert ReportHour.objects.get().count == 1


def test_a_robot_in_the_trap_is_thanked_and_forgotten(client, db):
    response = send(client, site_web="https://spam.example")

    assert response["Location"] == "/signaler/merci/"
    assert not Report.objects.exists()


def test_markup_in_a_message_is_text(client, db, writer):
    send(client, text="<script>alert(1)</script> bonjour")
    client.force_login(writer)

    page = client.get("/gestion/desk/report/").content.decode()

    assert "&lt;script&gt;" in page


def test_who_writes_what_was_done_has_handled_it(client, db, writer):
    row = Report.objects.create(page="/", text=TEXT)
    client.force_login(writer)

    client.post(f"/gestion/desk/report/{row.pk}/change/", {"note": "Corrigé"})

    row.refresh_from_db()
    assert (row.note, row.handled_by, row.text) == ("Corrigé", writer, TEXT)


def test_a_report_without_a_word_of_what_was_done_stays_open(client, db, writer):
    row = Report.objects.create(page="/metiers/", text=TEXT)
    client.force_login(writer)
    address = f"/gestion/desk/report/{row.pk}/change/"

    shown = client.get(address).content.decode()
    response = client.post(address, {"note": ""}, follow=True)

    row.refresh_from_db()
    assert '<a href="/metiers/">/metiers/</a>' in shown
    assert row.handled_at is None
    assert messages_of(response)[0] == (
        "warning",
        "Ce signalement reste ouvert\u00a0: écris la suite donnée pour le dire traité.",
    )


def test_the_list_says_in_words_what_was_handled(client, db, writer):
    Report.objects.create(page="/", text=TEXT)
    client.force_login(writer)

    page = client.get("/gestion/desk/report/").content.decode()

    assert '<td class="field-is_handled">non</td>' in page


def test_several_are_marked_at_once(client, db, writer):
    rows = [Report.objects.create(page="/", text=TEXT) for _ in range(2)]
    client.force_login(writer)

    response = client.post(
        "/gestion/desk/report/",
        {"action": "mark_as_handled", "_selected_action": [row.pk for row in rows]},
        follow=True,
    )

    assert messages_of(response) == [("success", "Traités\u00a0: 2.")]


def test_nobody_writes_a_report_or_a_tally_at_the_desk(client, db, reviewer):
    client.force_login(reviewer)

    pages = [client.get(f"/gestion/desk/{name}/add/") for name in ("report", "tally")]

    assert [page.status_code for page in pages] == [403, 403]


@pytest.mark.parametrize(
    "said",
    [
        "BE68 5390 0754 7034",
        "+32(0)470/12.34.56",
        "85.07.30-033.28",
        "0470123456",
        "jean.dupont @ example.org",
        "jean.dupont(at)gmail.com",
    ],
)
def test_what_names_somebody_is_taken_out_however_it_is_written(client, db, said):
    send(client, text=f"Le barème est faux {said} merci")

    kept = Report.objects.get().text
    assert re.fullmatch(r"Le barème est faux \[(adresse|numéro) retirée?\] merci", kept), kept


@pytest.mark.parametrize("text", ["En 2025 et 2026, 3 728 € bruts", "Le 12 mai 2026, page 30/40"])
def test_years_and_amounts_stay(client, db, text):
    send(client, text=text)

    assert Report.objects.get().text == text
