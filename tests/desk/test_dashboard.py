import datetime

import pytest
from django.utils import timezone

from desk import workflow
from desk.dashboard import MOST
from desk.history import record
from desk.models import Action, Report, Tally
from metiers.models import Metier
from tests.factories import create_metier

HOME = "/gestion/"


def day(number):
    return timezone.localdate() + datetime.timedelta(days=number)


def names(lines):
    return [(line.name, line.why) for line in lines]


def test_a_reviewer_sees_what_asks_to_be_reread(client, db, writer, reviewer):
    draft = create_metier(published=False)
    create_metier(title="Tourneur", published=False)
    workflow.ask_review(draft, writer)
    client.force_login(reviewer)

    waiting = client.get(HOME).context["waiting"]

    assert names(waiting)[0] == ("menuisier", "à relire")


def test_a_writer_sees_why_a_draft_came_back(client, db, writer, reviewer):
    draft = create_metier(published=False)
    workflow.ask_review(draft, writer)
    workflow.send_back(draft, reviewer, "Il manque la source")
    client.force_login(writer)

    waiting = client.get(HOME).context["waiting"]

    assert names(waiting) == [("menuisier", "renvoyé\u00a0: Il manque la source")]


def test_an_old_reason_is_not_told_of_a_new_draft(client, content, writer, reviewer):
    public = Metier.objects.get(slug="infirmier")
    draft = workflow.start_draft(public, writer)
    workflow.ask_review(draft, writer)
    workflow.send_back(draft, reviewer, "Trop long")
    workflow.publish(draft, reviewer)
    workflow.start_draft(public, writer)
    client.force_login(writer)

    assert names(client.get(HOME).context["waiting"]) == [("infirmier, infirmière", "brouillon")]


def test_what_came_back_is_first(client, db, writer, reviewer):
    for number in range(MOST + 1):
        create_metier(title=f"Artisan {number}", published=False)
    last = create_metier(title="Zingueur", published=False)
    workflow.ask_review(last, writer)
    workflow.send_back(last, reviewer, "Il manque la source")
    client.force_login(writer)

    waiting = names(client.get(HOME).context["waiting"])

    assert (waiting[0], len(waiting)) == (("zingueur", "renvoyé\u00a0: Il manque la source"), MOST)


def test_what_could_not_appear_on_its_day_says_why(client, content, reviewer):
    draft = workflow.start_draft(Metier.objects.get(slug="infirmier"), reviewer)
    workflow.publish(draft, reviewer, on=day(1))
    Metier.with_drafts.filter(pk=draft.pk).update(published_at=day(0), teaser="")
    workflow.publish_due()
    client.force_login(reviewer)

    ((_, why),) = names(client.get(HOME).context["waiting"])

    assert why.startswith("Publication prévue impossible\u00a0: chapeau\u00a0: vide")


def test_the_draft_of_a_public_fiche_waits_too(client, content, writer):
    workflow.start_draft(Metier.objects.get(slug="infirmier"), writer)
    client.force_login(writer)

    assert names(client.get(HOME).context["waiting"]) == [("infirmier, infirmière", "brouillon")]


def test_a_fiche_not_reread_for_a_year_is_late(client, db, writer):
    create_metier(reviewed_date=day(-366))
    create_metier(title="Tourneur", reviewed_date=day(-300))
    client.force_login(writer)

    assert [line.name for line in client.get(HOME).context["overdue"]] == ["menuisier"]


def test_what_is_to_come_and_to_go_is_shown(client, db, writer):
    create_metier(published_at=day(3))
    create_metier(title="Tourneur", withdrawn_at=day(5))
    create_metier(title="Graveur", withdrawn_at=day(0))
    client.force_login(writer)

    assert names(client.get(HOME).context["scheduled"]) == [
        ("menuisier", f"paraît le {day(3):%d/%m/%Y}"),
        ("tourneur", f"se retire le {day(5):%d/%m/%Y}"),
    ]


def test_counts_are_summed_over_four_weeks(client, db, writer):
    for back, count in ((0, 2), (27, 3), (28, 100)):
        Tally.objects.create(day=day(-back), kind="read", key="menuisier", count=count)
    Tally.objects.create(day=day(0), kind="not_found", key="alchimiste", count=4)
    client.force_login(writer)

    context = client.get(HOME).context

    assert context["most_read"] == [("menuisier", 5)]
    assert context["not_found"] == [("alchimiste", 4)]
    assert context["read_count"] == 5


def test_who_may_write_is_led_to_it(client, db, writer, administrator):
    found = []
    for user in (writer, administrator):
        client.force_login(user)
        found.append(
            'href="/gestion/metiers/metier/add/">Écrire une fiche'
            in client.get(HOME).content.decode()
        )

    assert found == [True, False]


def test_open_reports_lead_to_their_page(client, db, writer):
    row = Report.objects.create(page="/metiers/menuisier/", text="Le barème a changé.")
    client.force_login(writer)

    page = client.get(HOME)

    assert names(page.context["reports"]) == [("Le barème a changé.", "/metiers/menuisier/")]
    assert f"/gestion/desk/report/{row.pk}/change/" in page.content.decode()


@pytest.mark.parametrize("rows", [1, 6])
def test_the_dashboard_asks_the_same_of_the_database(
    client, db, reviewer, rows, django_assert_num_queries
):
    for number in range(rows):
        create_metier(title=f"Métier {number}", published=False)
        Report.objects.create(page="/", text=f"Message {number}")
    client.force_login(reviewer)
    client.get(HOME)

    with django_assert_num_queries(16):
        client.get(HOME)


def test_a_replacement_to_come_is_scheduled_and_waits_for_nobody(client, content, reviewer):
    draft = workflow.start_draft(Metier.objects.get(slug="infirmier"), reviewer)
    workflow.publish(draft, reviewer, on=day(4))
    client.force_login(reviewer)

    context = client.get(HOME).context

    assert names(context["scheduled"]) == [
        ("infirmier, infirmière", f"remplacée le {day(4):%d/%m/%Y}")
    ]
    assert context["waiting"] == []


def test_a_replacement_to_come_says_that_its_fiche_has_changed_since(client, content, reviewer):
    public = Metier.objects.get(slug="infirmier")
    workflow.publish(workflow.start_draft(public, reviewer), reviewer, on=day(4))
    record(public, Action.IMPORTED, reviewer, "penuries.xlsx")
    client.force_login(reviewer)

    ((_, why),) = names(client.get(HOME).context["scheduled"])

    assert why == (
        f"remplacée le {day(4):%d/%m/%Y}\u202f; "
        "la fiche a changé depuis qu’on a choisi ce jour, compare-les"
    )


def test_an_account_without_a_group_is_told_so_and_nothing_else(client, db, django_user_model):
    create_metier(published_at=day(3))
    Report.objects.create(page="/metiers/menuisier/", text="Le barème a changé")
    client.force_login(django_user_model.objects.create_user("nouveau", is_staff=True))

    page = client.get(HOME).content.decode()

    assert "n’a pas encore de groupe" in page
    assert "menuisier" not in page
    assert "barème" not in page
