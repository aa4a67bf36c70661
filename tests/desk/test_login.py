import time

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import Group, Permission, User
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from desk import roles
from tests.desk.conftest import member
from tests.html import find_all, text, tree

LOGIN = "/gestion/login/?next=/gestion/"
ACCOUNT = "/gestion/double-verification/"


def log_in(client, **fields):
    """Post the login form of the account of `writer`."""
    return client.post(LOGIN, {"username": "rédaction", "password": "motdepasse"} | fields)


def code_of(device):
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = time.time()
    return f"{totp.token():06d}"


@pytest.fixture
def device(writer):
    return TOTPDevice.objects.create(user=writer, name="application", confirmed=True)


def test_a_password_is_enough_by_itself(client, writer):
    response = log_in(client)

    assert (response.status_code, response["Location"]) == (302, "/gestion/")


def test_the_cookies_of_the_desk_go_nowhere_else(client, writer):
    response = log_in(client)

    assert {cookie["path"] for cookie in response.cookies.values()} == {"/gestion/"}


def test_the_fifth_wrong_password_locks(client, writer):
    for _ in range(5):
        last = log_in(client, password="faux")
    right = log_in(client)

    assert last.status_code == 429
    assert right.status_code == 429
    assert "Connexion bloquée" in right.content.decode()


def test_administration_unlocks_whom_they_locked(client, writer, administrator):
    for _ in range(5):
        log_in(client, password="faux")
    [attempt] = AccessAttempt.objects.all()
    client.force_login(administrator)

    page = f"/gestion/axes/accessattempt/{attempt.pk}/delete/"
    assert client.post(page, {"post": "yes"}).status_code == 302
    client.logout()
    assert log_in(client).status_code == 302


@pytest.mark.parametrize("role", ["writer", "reviewer"])
def test_others_unlock_nobody(client, request, role):
    client.force_login(request.getfixturevalue(role))
    AccessAttempt.objects.create(username="x", ip_address="127.0.0.1", failures_since_start=5)
    [attempt] = AccessAttempt.objects.all()

    for page in ("", f"{attempt.pk}/delete/"):
        assert client.post(f"/gestion/axes/accessattempt/{page}").status_code == 403


def test_a_right_password_forgets_the_wrong_ones(client, writer):
    for _ in range(4):
        log_in(client, password="faux")

    log_in(client)

    assert not AccessAttempt.objects.exists()


def test_who_has_an_authenticator_gives_its_code(client, device):
    without, wrong = log_in(client), log_in(client, code="000000")
    TOTPDevice.objects.update(throttling_failure_count=0)
    right = log_in(client, code=code_of(device))

    assert "Il faut aussi le code" in without.content.decode()
    assert "Il faut aussi le code" in wrong.content.decode()
    assert right.status_code == 302


def test_a_code_left_out_makes_nobody_wait(client, device):
    log_in(client)
    log_in(client, code=" ")

    assert log_in(client, code=code_of(device)).status_code == 302


def test_a_right_code_just_after_wrong_ones_is_told_to_wait(client, device):
    for _ in range(3):
        log_in(client, code="000000")

    response = log_in(client, code=code_of(device))

    assert "attends un peu avant de réessayer" in response.content.decode()


def test_a_wrong_password_says_nothing_of_the_code(client, device):
    assert "Il faut aussi le code" not in log_in(client, password="faux").content.decode()


def test_an_authenticator_counts_once_it_is_confirmed(client, writer):
    client.force_login(writer)
    page = client.get(ACCOUNT).content.decode()
    begun = TOTPDevice.objects.get()

    client.post(ACCOUNT, {"code": "abc"})
    is_confirmed_by_nonsense = TOTPDevice.objects.get().confirmed
    TOTPDevice.objects.update(throttling_failure_count=0)
    client.post(ACCOUNT, {"code": code_of(begun)})

    assert "<svg" in page
    assert not is_confirmed_by_nonsense
    assert TOTPDevice.objects.get().confirmed


def test_the_key_of_an_authenticator_is_not_shown_again(client, device, writer):
    client.force_login(writer)

    assert '<svg class="qr"' not in client.get(ACCOUNT).content.decode()


def test_an_administrator_takes_a_lost_authenticator_away(client, device, administrator):
    client.force_login(administrator)

    client.post(
        "/gestion/auth/user/",
        {"action": "forget_second_factor", "_selected_action": [device.user_id]},
    )

    assert not TOTPDevice.objects.exists()


def test_an_administrator_makes_nobody_superuser(client, administrator):
    client.force_login(administrator)
    other = member("Rédaction", "autre")
    data = {"username": "autre", "is_superuser": "on", "is_active": "on", "is_staff": "on"}

    client.post(f"/gestion/auth/user/{other.pk}/change/", data)

    assert not User.objects.filter(is_superuser=True).exists()


def test_an_administrator_touches_no_superuser(client, administrator):
    root = User.objects.create_superuser("root", password="motdepasse")
    client.force_login(administrator)

    response = client.post(f"/gestion/auth/user/{root.pk}/password/", {"password1": "x"})

    assert response.status_code == 403


ROWS_OF_A_FICHE = {
    *("interestevidence", "typicalhour", "belgianfact", "trainingstep", "frequentquestion"),
    *("figure", "salaryscale", "demand", "testimony", "schooloffer", "similarmetier"),
}
MAY_CHANGE = {
    "Rédaction": ROWS_OF_A_FICHE
    | {"metier", "school", "source", "glossaryterm", "area", "picture", "report", "previewlink"},
    "Relecture": ROWS_OF_A_FICHE
    | {"metier", "school", "source", "glossaryterm", "area", "picture", "report", "previewlink"}
    | {"sector", "criterion", "paybenchmark", "questionset", "question"},
    "Administration": {"user"},
}
MAY_DELETE = {
    "Rédaction": ROWS_OF_A_FICHE,
    "Relecture": MAY_CHANGE["Relecture"],
    "Administration": {"user", "accessattempt"},
}


def rights_of(group, verb):
    names = group.permissions.values_list("codename", flat=True)
    return {name.removeprefix(f"{verb}_") for name in names if name.startswith(f"{verb}_")}


@pytest.mark.parametrize("name", ["Rédaction", "Relecture", "Administration"])
def test_each_group_has_its_rights_and_no_other(db, name):
    group = Group.objects.get(name=name)

    assert rights_of(group, "change") == MAY_CHANGE[name]
    assert rights_of(group, "delete") == MAY_DELETE[name]
    assert rights_of(group, "publish") == ({"metier"} if name == "Relecture" else set())
    assert rights_of(group, "add") == MAY_CHANGE[name] - {"report"}
    assert Group.objects.count() == 3


def test_a_right_that_a_group_no_longer_has_is_taken_back(db):
    group = Group.objects.get(name="Rédaction")
    group.permissions.add(Permission.objects.get(codename="publish_metier"))

    roles.set_roles(None, using="default")

    assert rights_of(group, "publish") == set()


@pytest.mark.parametrize("address", [LOGIN, "/gestion/", ACCOUNT])
def test_no_address_of_the_desk_is_indexed(client, writer, address):
    client.force_login(writer)

    assert client.get(address)["X-Robots-Tag"] == "noindex, nofollow"


def test_robots_do_not_learn_where_the_desk_is(client):
    assert "gestion" not in client.get("/robots.txt").content.decode()


def test_a_short_password_is_refused(client, administrator):
    client.force_login(administrator)

    client.post(
        "/gestion/auth/user/add/",
        {"username": "nouveau", "password1": "courte1!", "password2": "courte1!"},
    )

    assert not User.objects.filter(username="nouveau").exists()


def test_an_administrator_gives_groups_no_right(client, administrator):
    client.force_login(administrator)
    group = Group.objects.get(name="Administration")

    address = f"/gestion/auth/group/{group.pk}/change/"

    assert client.get(address).status_code == 200
    assert client.post(address, {"name": "Administration", "permissions": []}).status_code == 403
    assert group.permissions.exists()


def test_a_password_with_an_accent_typed_in_two_is_the_same_at_the_login(client, writer):
    typed = "Coquelicot-e\u0301tonnant-7"
    client.force_login(writer)
    fields = {"new_password1": typed, "new_password2": typed, "old_password": "motdepasse"}
    changed = client.post("/gestion/password_change/", fields)
    client.logout()

    assert changed.status_code == 302
    assert log_in(client, password=typed).status_code == 302


def test_two_devices_begun_at_once_are_one(client, writer):
    for _ in range(2):
        TOTPDevice.objects.create(user=writer, name="application", confirmed=False)
    client.force_login(writer)

    assert client.get(ACCOUNT).status_code == 200
    client.post(ACCOUNT, {"code": code_of(TOTPDevice.objects.order_by("pk")[0])})

    assert TOTPDevice.objects.filter(confirmed=True).count() == 1


@pytest.mark.parametrize(
    "wanted, is_said",
    [
        ("/gestion/metiers/metier/12/change/", True),
        ("/gestion/metiers/school/add/", True),
        ("/gestion/metiers/metier/", False),
        ("/gestion/", False),
        ("http://[", False),
    ],
)
def test_the_login_says_that_a_session_ended_where_one_wrote(client, db, wanted, is_said):
    root = tree(client.get("/gestion/login/", {"next": wanted}))

    said = [text(note) for note in find_all(root, tag="p") if note.get("role") == "status"]
    assert ["ta session a pris fin" in note for note in said] == [True] * is_said
