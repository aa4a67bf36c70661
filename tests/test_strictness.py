"""What the tests themselves refuse: a guard that sleeps would let every page through."""

import pytest
from django.http import HttpResponse
from django.template import engines
from django.test import RequestFactory

from metiers.models import Metier
from tests.client import problems, problems_of
from tests.factories import create_metier

PAGE = (
    '<!doctype html><html lang="fr"><head><title>Titre</title></head><body>{}'
    '<p id="ici">Ici.</p></body></html>'
)
NO_TWIN = "<a> has hx-get without the same address in href or action"


@pytest.mark.parametrize(
    "markup, problem",
    [
        ("{{ metier }}", "shows template code: {{"),
        ("{% if %}", "shows template code: {%"),
        ("{# note #}", "shows template code: {#"),
        ('<p onclick="x()">a</p>', "<p> has an inline handler, onclick"),
        ('<p style="color: red">a</p>', "<p> has an inline style"),
        ('<svg><path style="fill: red" /></svg>', "<path> has an inline style"),
        ("<svg><style>p {}</style></svg>", "<style> is an inline style sheet"),
        ("<script>x()</script>", "<script> is an inline script"),
        ('<script src="/static/a.js">x()</script>', "<script> is an inline script"),
        ('<a hx-get="/a/">a</a>', NO_TWIN),
        ('<a hx-get="/a/" href="/b/">a</a>', NO_TWIN),
        ('<form hx-post="/a/"></form>', "<form> has hx-post without the same address in action"),
        (
            '<img src="https://a.be/a.png" alt="">',
            "<img> asks a third party for https://a.be/a.png",
        ),
        ('<script src="//a.be/a.js"></script>', "<script> asks a third party for //a.be/a.js"),
        ('<link href="https://a.be/a.css">', "<link> asks a third party for https://a.be/a.css"),
        ('<p id="ici">Encore.</p>', "has the id ici 2 times"),
        ('<a href="#ailleurs">a</a>', "leads to no #ailleurs"),
        ('<section aria-labelledby="titre"></section>', "leads to no #titre"),
        ("</span>", "is invalid HTML, (1, 77): unexpected-end-tag {'name': 'span'}"),
    ],
)
def test_a_page_is_refused_for_it(markup, problem):
    assert problems(PAGE.format(markup)) == [problem]


@pytest.mark.parametrize(
    "markup",
    [
        "<p>2 { 3 } %</p>",
        '<a href="https://www.leforem.be/">Le Forem</a>',
        '<a href="#ici">Ici</a>',
        '<a hx-get="/a/" href="/a/">a</a>',
        '<form hx-get="/a/" action="/a/"></form>',
        '<script src="/static/a.js" type="module"></script>',
        '<svg viewBox="0 0 1 1"><path d="M0 0" /></svg>',
    ],
)
def test_a_page_is_accepted_with_it(markup):
    assert problems(PAGE.format(markup)) == []


def test_a_page_without_doctype_is_refused():
    assert problems("<p>a</p>")[0].startswith("is invalid HTML, (1, 3): expected-doctype")


def test_a_fragment_needs_no_doctype():
    assert problems("<p>a</p>", is_fragment=True) == []


def test_a_cookie_is_refused_whatever_the_page():
    response = HttpResponse("", content_type="text/plain")
    response.set_cookie("sessionid", "x")

    assert problems_of(response) == ["sets the cookie sessionid"]


@pytest.fixture
def shown(tmp_path, monkeypatch):
    """What a template file of ours shows."""
    monkeypatch.setattr("tests.undefined.OUR_TEMPLATES", tmp_path)
    monkeypatch.setattr(engines["django"].engine, "dirs", [tmp_path])

    def show(text, **context):
        (tmp_path / "page.html").write_text(text)
        for loader in engines["django"].engine.template_loaders:
            loader.reset()
        return (
            engines["django"].get_template("page.html").render(context, RequestFactory().get("/"))
        )

    return show


@pytest.mark.parametrize(
    "text",
    [
        "{{ nothing }}",
        "{{ metier.nothing }}",
        "{{ nothing|capfirst }}",
        "{% autoescape off %}{{ nothing }}{% endautoescape %}",
    ],
)
def test_an_undefined_variable_fails(shown, text):
    with pytest.raises(AssertionError, match=r"undefined in .*page\.html"):
        shown(text, metier=Metier())


@pytest.mark.parametrize(
    "text, expected",
    [
        ('{{ nothing|default:"rien" }}', "rien"),
        ("{% if nothing %}oui{% else %}non{% endif %}", "non"),
        ("{{ empty }}", ""),
    ],
)
def test_a_template_may_ask_whether_a_variable_is_there(shown, text, expected):
    assert shown(text, empty="") == expected


def test_a_slice_of_unordered_rows_fails(db):
    create_metier()

    with pytest.raises(AssertionError, match="unordered rows of Metier are sliced"):
        Metier.objects.all()[:1]

    assert [metier.slug for metier in Metier.objects.order_by("pk")[:1]] == ["menuisier"]
