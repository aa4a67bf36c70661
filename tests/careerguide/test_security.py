import pytest
from django.conf import settings
from django.template.loader import render_to_string

from careerguide.context_processors import STYLE_SHEETS
from quiz.token import Answers, encode
from tests.client import problems
from tests.factories import create_benchmark, create_question_set, create_whole_metier

CONTRASTED = encode(Answers(1, (5, 1, 2, 1, 3, 2) * 6, 3))
FLAT = encode(Answers(1, (3,) * 36, 3))
PUBLIC = [
    "/",
    "/metiers/",
    "/metiers/menuisier/",
    "/glossaire/",
    "/methode/",
    "/vie-privee/",
    "/accessibilite/",
    "/quiz/",
    "/quiz/menuisier/",
]
PERSONAL = [
    "/quiz/question/1/",
    f"/quiz/question/19/?r={CONTRASTED}",
    f"/quiz/resultat/{CONTRASTED}/",
    f"/quiz/resultat/{FLAT}/",
]
BROKEN = ["/quiz/question/1/?r=x", "/quiz/resultat/x/"]
MISSING = ["/metiers/menuisie/", "/nulle-part/"]
STATUS = dict.fromkeys(PUBLIC + PERSONAL, 200) | dict.fromkeys(BROKEN, 400)
STATUS |= dict.fromkeys(MISSING, 404)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def guide():
    """A métier and its neighbour, and the questionnaire."""
    create_benchmark()
    create_whole_metier(title="Menuisier")
    create_whole_metier(title="Charpentier")
    create_question_set()


@pytest.mark.parametrize("path", STATUS)
def test_every_page_is_whole_and_strict(client, path):
    response = client.get(path)

    assert response.status_code == STATUS[path]
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert response.content.decode().rstrip().endswith("</html>")


@pytest.mark.parametrize("path", [*STATUS, "/gestion/login/"])
def test_every_page_allows_nothing_but_its_own_files(client, path):
    directives = client.get(path)["Content-Security-Policy"].split("; ")

    assert sorted(directives) == [
        "base-uri 'none'",
        "connect-src 'self'",
        "default-src 'none'",
        "font-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "img-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
    ]


@pytest.mark.parametrize("path", STATUS)
def test_no_page_sets_or_depends_on_a_cookie(client, path):
    client.cookies["sessionid"] = "left-by-an-editor"

    response = client.get(path)

    assert response.cookies == {}
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("path", PUBLIC + MISSING)
def test_public_pages_tell_other_sites_nothing_of_the_address(client, path):
    assert client.get(path)["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", PERSONAL + BROKEN)
def test_personal_pages_are_told_to_nobody(client, path):
    response = client.get(path)

    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert '<meta name="robots" content="noindex, nofollow">' in response.content.decode()


@pytest.mark.parametrize("path", [path for path in PUBLIC if path != "/quiz/menuisier/"])
def test_public_pages_may_be_indexed(client, path):
    response = client.get(path)

    assert "X-Robots-Tag" not in response.headers
    assert "noindex" not in response.content.decode()


@pytest.mark.parametrize("path", STATUS)
def test_no_page_can_be_framed_or_sniffed(client, path):
    response = client.get(path)

    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize("path", PUBLIC + PERSONAL + BROKEN)
def test_no_page_takes_more_than_reading(client, path):
    for method in (client.post, client.put, client.patch, client.delete):
        response = method(path)
        assert response.status_code == 405
        assert response["Allow"] == "GET, HEAD"


@pytest.mark.parametrize("path", PUBLIC + PERSONAL)
def test_a_head_request_is_answered_without_body(client, path):
    response = client.head(path)

    assert response.status_code == 200
    assert response.content == b""


def test_the_page_of_a_failure_is_strict_too():
    """Django renders it without any context: it must need none."""
    assert problems(render_to_string("500.html")) == []


def test_every_style_sheet_is_a_file():
    assert [
        name for name in STYLE_SHEETS if not (settings.BASE_DIR / "static" / name).exists()
    ] == []
