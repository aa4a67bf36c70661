"""Accounts and reports in two hands at once; what a new account may do from the first."""

import pytest
from django.contrib.auth.models import Group, User

from desk.models import Report
from tests.client import StrictClient
from tests.desk.conftest import member
from tests.desk_editor import Member, errors_of, shown_fields

ADD = "/gestion/auth/user/add/"


@pytest.fixture
def first(client, administrator):
    return Member(client, administrator)


@pytest.fixture
def second(db):
    return Member(StrictClient(), member("Administration", "autre"))


@pytest.fixture
def account(db):
    return member("Relecture", "rachid")


def page(row):
    return f"/gestion/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/change/"


def form_of(desk, row):
    html = desk.open(page(row)).content.decode()
    return shown_fields(html) | {
        "groups": chosen(html, "groups"),
        "initial-groups": chosen(html, "initial-groups"),
    }


def chosen(html, name):
    """The boxes that are ticked, which share one name; or the hidden ones, all of them."""
    boxes = [box for box in html.split("<input")[1:] if f'name="{name}"' in box]
    boxes = [box for box in boxes if "checked" in box or "hidden" in box]
    return [box.split('value="')[1].split('"')[0] for box in boxes]


def closed(desk, account):
    form = form_of(desk, account) | {"groups": []}
    form.pop("is_active")
    assert desk.client.post(page(account), form).status_code == 302


def state(account):
    account.refresh_from_db()
    return account.is_active, [group.name for group in account.groups.order_by("pk")]


def test_a_form_that_was_open_does_not_reopen_a_closed_account(first, second, account):
    typed = form_of(first, account) | {"last_name": "Corrigé"}
    closed(second, account)

    response = first.client.post(page(account), typed)

    assert response.status_code == 302
    assert state(account) == (False, [])
    assert account.last_name == "Corrigé"


def test_what_both_changed_in_an_account_is_asked_first(first, second, account):
    writing = str(Group.objects.get(name="Rédaction").pk)
    typed = form_of(first, account)
    typed["groups"] = [*typed["groups"], writing]
    closed(second, account)

    told = first.client.post(page(account), typed)
    between = state(account)
    html = told.content.decode()
    again = shown_fields(html) | {"groups": chosen(html, "groups")}
    first.client.post(page(account), again | {"initial-groups": chosen(html, "initial-groups")})

    assert errors_of(told)[0].startswith("Quelqu’un a changé ceci entre-temps")
    assert between == (False, [])
    assert state(account) == (False, ["Rédaction", "Relecture"])


def test_a_password_set_meanwhile_stays(first, second, account):
    typed = form_of(first, account) | {"last_name": "Corrigé"}
    account.set_password("un autre mot de passe")
    account.save()

    first.client.post(page(account), typed)

    account.refresh_from_db()
    assert account.check_password("un autre mot de passe")


def test_a_new_account_with_a_group_comes_in(first):
    reviewing = Group.objects.get(name="Relecture")
    password = "assez longue pour cela"

    first.client.post(
        ADD,
        {
            "username": "nouvelle",
            "usable_password": "true",
            "password1": password,
            "password2": password,
            "groups": [reviewing.pk],
        },
    )

    made = User.objects.get(username="nouvelle")
    assert (made.is_staff, list(made.groups.all())) == (True, [reviewing])


def test_the_rights_of_a_group_are_said_in_french(first):
    html = first.open(page(Group.objects.get(name="Relecture"))).content.decode()

    assert "Can add" not in html
    assert "liens d’aperçu\u00a0: ajouter, modifier, supprimer, voir" in html


def test_the_second_note_of_a_report_asks_before_it_replaces_the_first(client, db):
    report = Report.objects.create(page="/", text="Le barème a changé.")
    aline, karim = Member(client, member("Rédaction")), Member(StrictClient(), member("Relecture"))
    typed = shown_fields(aline.open(page(report)).content.decode()) | {"note": "Corrigé par moi"}
    karim.save(page(report), note="Corrigé")

    told = aline.client.post(page(report), typed)

    report.refresh_from_db()
    assert "«\u00a0Corrigé\u00a0»" in errors_of(told)[0]
    assert "Corrigé par moi" in told.content.decode()
    assert (report.note, report.handled_by) == ("Corrigé", karim.user)


def test_who_sends_a_handled_report_again_has_not_handled_it(client, db):
    report = Report.objects.create(page="/", text="Le barème a changé.")
    aline, karim = Member(client, member("Rédaction")), Member(StrictClient(), member("Relecture"))
    typed = shown_fields(aline.open(page(report)).content.decode())
    karim.save(page(report), note="Corrigé")

    aline.client.post(page(report), typed)

    report.refresh_from_db()
    assert (report.note, report.handled_by) == ("Corrigé", karim.user)
