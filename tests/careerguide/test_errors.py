"""Addresses that nobody promised: mistyped, made up, hostile."""

import datetime
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from metiers.models import SimilarMetier
from quiz.token import Answers, encode, slug_key
from tests.factories import (
    create_benchmark,
    create_metier,
    create_question_set,
    create_whole_metier,
)
from tests.html import find, text, tree

pytestmark = pytest.mark.django_db

SECRET = "Funambule"
LIKES_BUILDING = Answers(1, (5, 1, 2, 1, 3, 2) * 6, 3)


def test_a_mistyped_address_of_the_desk_leads_back_to_it(client, admin_client):
    desk = '<a href="/gestion/">La rédaction</a>'

    assert desk in admin_client.get("/gestion/nulle-part/").content.decode()
    assert desk not in client.get("/nulle-part/").content.decode()


def create_draft():
    return create_whole_metier(title=SECRET, published=False)


def create_tomorrow():
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    return create_whole_metier(title=SECRET, published_at=tomorrow)


@pytest.mark.parametrize("path", ["/metiers/menusier/", "/quiz/menusier/", "/menuisier/"])
def test_a_mistyped_address_names_the_near_metier(client, path):
    create_metier(title="Menuisier")
    create_metier(title="Traducteur")

    response = client.get(path)

    html = response.content.decode()
    assert response.status_code == 404
    assert '<a href="/metiers/menuisier/">Menuisier</a>' in html
    assert "Traducteur" not in html


def test_only_what_is_nearly_as_near_as_the_nearest_is_named(client):
    create_metier(title="Menuisier")
    create_metier(title="Soudeur", missions=["Travaille avec le menuisier."] * 8)

    html = client.get("/metiers/menuisiere/").content.decode()

    assert '<a href="/metiers/menuisier/">Menuisier</a>' in html
    assert "/metiers/soudeur/" not in html


def test_an_address_near_nothing_names_nothing(client):
    create_metier(title="Menuisier")

    response = client.get("/metiers/xylophone/")

    assert response.status_code == 404
    assert "Tu cherchais peut-être" not in response.content.decode()


@pytest.mark.parametrize("create_hidden", [create_draft, create_tomorrow])
@pytest.mark.parametrize(
    "path, status",
    [
        ("/", 200),
        ("/metiers/", 200),
        ("/metiers/?critere=critere-funambule-0", 200),
        ("/metiers/menuisier/", 200),
        ("/metiers/funambule/", 404),
        ("/metiers/funambul/", 404),
        ("/quiz/funambule/", 404),
        (f"/quiz/resultat/{encode(LIKES_BUILDING)}/", 200),
    ],
)
def test_a_metier_not_yet_public_appears_nowhere(client, create_hidden, path, status):
    create_benchmark()
    create_question_set()
    shown = create_whole_metier(title="Menuisier")
    hidden = create_hidden()
    SimilarMetier.objects.create(metier=shown, other=hidden)
    SimilarMetier.objects.create(metier=shown, other=create_metier(title="Charpentier"))

    response = client.get(path)

    html = response.content.decode()
    assert response.status_code == status
    assert f"{SECRET} : une accroche" not in html
    assert "/metiers/funambule/" not in html


def test_a_questionnaire_started_from_a_draft_tells_nothing_of_it(client):
    create_question_set()
    create_metier(title="Menuisier")
    create_draft()
    answers = Answers(1, LIKES_BUILDING.values, 3, started_from=slug_key("funambule"))

    html = client.get(f"/quiz/resultat/{encode(answers)}/").content.decode()

    assert SECRET not in html
    assert "Le métier le plus proche de tes réponses" in html


def test_a_draft_is_shown_once_it_is_published(client):
    create_benchmark()
    create_whole_metier(title="Menuisier")
    draft = create_draft()
    assert client.get("/metiers/funambule/").status_code == 404

    draft.status = "published"
    draft.save()

    assert client.get("/metiers/funambule/").status_code == 200


LONG = "9" * 5000
HOSTILE = {
    "/metiers/%00/": 400,
    "/metiers/menuisier%00/": 400,
    "/metiers/?critere=%00": 400,
    "/metiers/?q=a%00b": 400,
    "/quiz/question/1/?r=%00": 400,
    "/quiz/resultat/%00/": 400,
    "/metiers/%ff/": 404,
    "/metiers/%C3%28/": 404,
    "/metiers/?critere=%ff": 200,
    "/quiz/question/1/?r=%ff": 400,
    "/quiz/resultat/%ff/": 400,
    "/quiz/%ff/": 404,
    f"/metiers/{'a' * 5000}/": 404,
    f"/{'a' * 5000}": 404,
    f"/metiers/?critere={'a' * 5000}": 200,
    f"/quiz/question/1/?r={'A' * 5000}": 400,
    f"/quiz/resultat/{'A' * 5000}/": 400,
    "/quiz/question/1/?r=": 400,
    "/quiz/question/1/?r=a&r=b": 400,
    "/quiz/question/1/?r[]=a": 200,
    "/quiz/question/1/?r[a]=b": 200,
    "/metiers/?critere=a&critere=b": 200,
    "/metiers/?critere[]=a": 200,
    "/metiers/?page=99999999999999999999": 200,
    "/metiers/?page=-1": 200,
    "/metiers/?page=abc": 200,
    "/quiz/question/0/": 404,
    "/quiz/question/38/": 404,
    "/quiz/question/-1/": 404,
    "/quiz/question/99999999999999999999/": 404,
    f"/quiz/question/{LONG}/": 404,
    "/quiz/question/1.5/": 404,
    "/quiz/question/%D9%A1/": 404,  # an Arabic one: a digit to Python's int
    "/quiz/resultat/../../": 404,
    "/metiers/'%20OR%201=1--/": 404,
    "/metiers/?critere='%20OR%201=1--": 200,
    "/metiers/?critere=<script>alert(1)</script>": 200,
    "/quiz/resultat/<script>alert(1)<!--/": 400,
    "/metiers//": 404,
}


@pytest.mark.parametrize("path, status", HOSTILE.items(), ids=[path[:40] for path in HOSTILE])
def test_a_hostile_address_never_breaks_the_site(client, path, status):
    create_question_set()
    create_metier(title="Menuisier")

    response = client.get(path)

    assert response.status_code == status
    assert "alert(1)" not in response.content.decode()


def test_of_a_repeated_code_the_last_one_counts(client):
    create_question_set()
    one, other = (encode(Answers(1).with_answer(1, value)) for value in (1, 5))

    html = client.get(f"/quiz/question/1/?r={one}&r={other}").content.decode()

    assert html.count('aria-current="true" data-key="5"') == 1
    assert html.count('aria-current="true" data-key=') == 1


@pytest.mark.parametrize("path", ["/metiers", "/metiers/menuisier", "/quiz/question/1"])
def test_a_forgotten_last_slash_is_added(client, path):
    response = client.get(path)

    assert response.status_code == 301
    assert response["Location"] == f"{path}/"


def test_a_guide_without_content_has_its_pages(client):
    """The first day: no métier, no question."""
    paths = ["/", "/metiers/", "/glossaire/", "/quiz/", "/methode/", "/quiz/question/1/"]

    assert [client.get(path).status_code for path in paths] == [200, 200, 200, 404, 404, 404]


@pytest.mark.parametrize(
    "data",
    [{"text": "a" * 2_700_000}, {f"champ{i}": "" for i in range(1_600)}],
    ids=["long", "many"],
)
def test_a_form_too_big_is_told_so_and_not_that_its_address_is_wrong(client, data):
    response = client.post("/signaler/", urlencode(data), "application/x-www-form-urlencoded")

    assert response.status_code == 413
    assert text(find(tree(response), tag="h1")) == "C’est trop pour un seul envoi."
