"""Answers go along from page to page, and a page that holds them is nobody else's."""

import pytest
from django.test import Client

from metiers.models import School, SchoolOffer
from quiz.token import Answers, encode, slug_key
from tests.factories import (
    create_benchmark,
    create_metier,
    create_question_set,
    create_term,
    create_whole_metier,
)
from tests.html import find, find_all, links, text, tree

pytestmark = pytest.mark.django_db

FINISHED = Answers(1, (5, 1, 2, 1, 3, 2) * 3 + (None,) * 18, level=3)
BEGUN = Answers(1, (5, 1, 2) + (None,) * 33)
CODE, HALF = encode(FINISHED), encode(BEGUN)
ANEW = f"/quiz/question/1/?r={encode(Answers(1))}"
ANEW_FROM_MENUISIER = (
    f"/quiz/question/1/?r={encode(Answers(1, started_from=slug_key('menuisier')))}"
)
PRIVATE = {
    "Cache-Control": "private",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
}


@pytest.fixture(autouse=True)
def guide():
    create_benchmark()
    create_question_set()
    create_whole_metier(title="Menuisier")


def teach_zinguerie():
    school = School.objects.create(slug="efp", name="EFP", kind="apprenticeship", place="Uccle")
    metier = create_metier(title="Zingueur", interests=(100, 0, 0, 0, 0, 0))
    SchoolOffer.objects.create(metier=metier, school=school, programme="Zinguerie")


def main(client, address):
    return find(tree(client.get(address)), id="contenu")


def address_of(root, label):
    [address] = [address for name, address in links(root) if name == label]
    return address


@pytest.mark.parametrize(
    "address, status",
    [
        (f"/metiers/?r={CODE}", 200),
        (f"/metiers/?%72={CODE}", 200),
        ("/metiers/?r=abime", 200),
        (f"/metiers?r={CODE}", 301),
        (f"/metiers/menuisier?r={CODE}", 301),
        (f"/metiers/menusier/?r={CODE}", 404),
        (f"/nulle-part?r={CODE}", 404),
        (f"/metiers/%00?r={CODE}", 400),
        (f"/quiz/question/1?r={CODE}", 301),
        (f"/quiz/question/99/?r={CODE}", 404),
        ("/quiz/question/x/", 404),
        (f"/quiz/surtout-pas?r={CODE}", 301),
        (f"/quiz/surtout-pas/x/?r={CODE}", 404),
        (f"/quiz/resultat/{CODE}", 301),
        (f"/quiz/resultat/{CODE}/rien/", 404),
        (f"/quiz/Resultat/{CODE}/", 404),
        (f"/quiz/resultat/{CODE}/metiers/menusier/", 404),
        ("/metiers/menuisier/auto-evaluation?oui=1", 301),
        ("/metiers/menusier/auto-evaluation/?oui=1", 404),
        ("/metiers/menuisier/?oui=1", 200),
    ],
)
def test_whatever_answers_an_address_with_answers_is_private(client, address, status):
    response = client.get(address)

    assert response.status_code == status
    assert {name: response.get(name) for name in PRIVATE} == PRIVATE


@pytest.mark.parametrize(
    "address",
    [
        f"/metiers/?r={CODE}",
        "/quiz/question/1/",
        f"/quiz/surtout-pas/?r={CODE}",
        f"/quiz/resultat/{CODE}/",
        "/metiers/menuisier/auto-evaluation/",
    ],
)
def test_a_refusal_to_write_is_private_too(client, address):
    response = client.post(address)

    assert response.status_code == 405
    assert {name: response.get(name) for name in PRIVATE} == PRIVATE


def test_a_page_that_has_not_changed_is_still_private(client):
    address = f"/quiz/question/1/?r={CODE}"
    etag = client.get(address)["ETag"]

    response = client.get(address, headers={"If-None-Match": etag})

    assert response.status_code == 304
    assert {name: response.get(name) for name in PRIVATE} == PRIVATE


@pytest.mark.parametrize(
    "address, status", [("/metiers", 301), ("/metiers/?r=", 200), ("/metiers/menusier/", 404)]
)
def test_an_address_without_answers_is_not_private(client, address, status):
    response = client.get(address)

    assert response.status_code == status
    assert response.get("Cache-Control") != "private"
    assert "X-Robots-Tag" not in response.headers


@pytest.mark.parametrize("address", ["/metiers/", "/quiz/", "/nulle-part/"])
def test_a_visitor_who_posts_is_refused_in_french(address):
    response = Client(enforce_csrf_checks=True).post(address)

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
    assert text(find(tree(response), tag="h1")) == "Cette page se lit, et ne reçoit rien."


def test_an_editor_whose_form_is_too_old_is_told_in_french():
    response = Client(enforce_csrf_checks=True).post("/gestion/login/")

    assert response.status_code == 403
    assert text(find(tree(response), tag="h1")) == "Ce formulaire n’est plus valable."


LEADS = ["/metiers/", "/metiers/?q=zzzz", "/metiers/menuisier/", "/glossaire/", "/methode/"]
LEADS += ["/comparer/", "/comparer/?m=menuisier", "/comparer/?m=menuisier&m=zingueur"]
LEADS += ["/vie-privee/", "/quiz/", "/quiz/menuisier/", "/ecoles/efp/", "/metiers/menusier/"]


@pytest.mark.parametrize("path", LEADS)
def test_every_way_onwards_carries_the_answers(client, path):
    create_term(term="bois")
    teach_zinguerie()
    address = f"{path}{'&' if '?' in path else '?'}r={CODE}"

    found = [address for _, address in links(tree(client.get(address))) if address[0] == "/"]

    alone = ("/quiz/resultat/", "/signaler/")  # which hold them, or must not
    without = [a for a in found if CODE not in a and not a.startswith(alone)]
    assert len(found) > 5
    assert set(without) <= {path, ANEW, ANEW_FROM_MENUISIER}  # taken away, begun anew


def test_a_word_of_the_glossary_carries_the_answers(client):
    create_term(term="bois")
    create_whole_metier(title="Zingueur", introduction="Du bois.")

    root = main(client, f"/metiers/zingueur/?r={CODE}")

    assert address_of(root, "bois") == f"/glossaire/?r={CODE}#bois"


@pytest.mark.parametrize("path", ["/metiers/menusier/", "/ecoles/efp/"])
def test_the_near_and_the_taught_show_their_band(client, path):
    teach_zinguerie()

    assert find(main(client, path), css="band") is None
    assert find(main(client, f"{path}?r={CODE}"), css="band") is not None


@pytest.mark.parametrize("path", ["/quiz/question/1/", "/quiz/question/19/", "/quiz/surtout-pas/"])
def test_around_a_step_finished_answers_go_along(client, path):
    root = tree(client.get(f"{path}?r={CODE}"))

    assert address_of(find(root, tag="header"), "Mon profil") == f"/quiz/resultat/{CODE}/"
    assert address_of(find(root, tag="header"), "Métiers") == f"/metiers/?r={CODE}"
    assert address_of(find(root, tag="footer"), "Glossaire") == f"/glossaire/?r={CODE}"


def test_around_a_step_unfinished_answers_go_along_and_are_no_profile(client):
    root = tree(client.get(f"/quiz/question/4/?r={HALF}"))

    assert address_of(find(root, tag="header"), "Questionnaire") == f"/quiz/?r={HALF}"
    assert address_of(find(root, tag="header"), "Métiers") == f"/metiers/?r={HALF}"
    assert address_of(find(root, tag="footer"), "Glossaire") == f"/glossaire/?r={HALF}"
    assert "Mon profil" not in text(find(root, tag="header"))


def test_who_comes_back_to_the_door_goes_on_or_begins_anew(client):
    finished, begun = (main(client, f"/quiz/?r={code}") for code in (CODE, HALF))

    assert address_of(finished, "Revoir mon profil") == f"/quiz/resultat/{CODE}/"
    assert address_of(begun, "Continuer") == f"/quiz/question/4/?r={HALF}"
    assert address_of(finished, "Recommencer depuis le début") == ANEW
    assert address_of(begun, "Recommencer depuis le début") == ANEW


def test_at_the_door_of_a_metier_answers_are_compared_with_it(client):
    root = main(client, f"/quiz/menuisier/?r={CODE}")

    key = slug_key("menuisier")
    compared = encode(Answers(1, FINISHED.values, level=3, started_from=key))
    assert address_of(root, "Comparer avec mes réponses") == f"/quiz/resultat/{compared}/"


def test_the_first_step_goes_back_to_the_door_with_what_was_said(client):
    untouched = main(client, f"/quiz/question/1/?r={encode(Answers(1))}")
    begun = main(client, f"/quiz/question/1/?r={HALF}")

    assert address_of(untouched, "Revenir") == "/quiz/"
    assert address_of(begun, "Revenir") == f"/quiz/?r={HALF}"


def canonical(client, address):
    found = [link.get("href") for link in find_all(tree(client.get(address)), tag="link")]
    rels = [link.get("rel") for link in find_all(tree(client.get(address)), tag="link")]
    return [href for href, rel in zip(found, rels, strict=True) if rel == "canonical"]


@pytest.mark.parametrize(
    "address, expected",
    [
        ("/", "/"),
        ("/metiers/", "/metiers/"),
        (f"/metiers/?r={CODE}", "/metiers/"),
        ("/metiers/?utm_source=x", "/metiers/"),
        ("/metiers/?page=9", "/metiers/"),
        ("/metiers/menuisier/", "/metiers/menuisier/"),
        (f"/comparer/?r={CODE}", "/comparer/"),
        (f"/metiers/menuisier/?r={CODE}", "/metiers/menuisier/"),
        (f"/quiz/?r={CODE}", "/quiz/"),
        (f"/vie-privee/?r={CODE}", "/vie-privee/"),
    ],
)
def test_the_canonical_address_holds_no_answers(client, address, expected):
    assert canonical(client, address) == [f"http://testserver{expected}"]


@pytest.mark.parametrize(
    "address",
    [
        "/metiers/?q=bois",
        "/metiers/?tri=nom",
        "/metiers/menusier/",
        "/comparer/?m=menuisier",
        "/quiz/menuisier/",
        f"/quiz/question/1/?r={CODE}",
        f"/quiz/resultat/{CODE}/",
        "/quiz/resultat/x/",
    ],
)
def test_what_is_not_indexed_has_no_canonical_address(client, address):
    response = client.get(address)

    assert "noindex" in response.content.decode()
    assert canonical(client, address) == []
