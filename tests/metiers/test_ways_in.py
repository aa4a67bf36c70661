"""Sectors, criteria and schools are pages to read, and know published métiers only."""

import pytest

from metiers.models import School, SchoolOffer
from tests.factories import create_criterion, create_metier, create_sector
from tests.html import find, find_all, links, text, tree

pytestmark = pytest.mark.django_db


def create_school(*, name="HELMo", kind="university_college", **fields):
    slug = fields.pop("slug", name.lower())
    return School.objects.create(name=name, slug=slug, kind=kind, place="Liège", **fields)


def offer(school, metier, programme="Bachelier"):
    return SchoolOffer.objects.create(school=school, metier=metier, programme=programme, position=1)


@pytest.fixture
def guide():
    """Two sectors with a métier each, one draft, a criterion and two schools."""
    health = create_sector(
        name="Santé",
        line="sante",
        description="On soigne.",
        introduction="L’hôpital d’abord.\n\nLe domicile ensuite.",
    )
    night = create_criterion(name="Nuit", introduction="Dormir le jour.")
    nurse = create_metier(title="Infirmier", sector=health, study_level=4)
    mason = create_metier(title="Maçon")
    draft = create_metier(title="Funambule", sector=health, published=False)
    for metier in (nurse, draft):
        metier.criteria.add(night)
    helmo, vinci = create_school(), create_school(name="Vinci")
    for school, metier in ((helmo, nurse), (helmo, draft), (vinci, nurse)):
        offer(school, metier)
    create_school(name="Ferrer")
    return nurse, mason


def page(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return find(tree(response), id="contenu")


def test_a_sector_is_told_then_its_metiers_listed(client, guide):
    root = page(client, "/secteurs/sante/")

    assert text(find(root, tag="h1")) == "Santé"
    assert "On soigne." in text(root)
    assert [text(p) for p in find(root, css="prose").iter("p")] == [
        "L’hôpital d’abord.",
        "Le domicile ensuite.",
    ]
    assert [text(find(e, tag="a")) for e in find_all(root, css="entry")] == ["Infirmier"]
    assert text(find(root, id="metiers")) == "1 métier sur cette ligne"
    assert links(find(root, css="way-schools")) == [
        ("HELMo", "/ecoles/helmo/"),
        ("Vinci", "/ecoles/vinci/"),
    ]
    assert ("Construction", "/secteurs/construction/") in links(find(root, css="way-neighbours"))


def test_a_criterion_is_told_then_its_metiers_listed(client, guide):
    root = page(client, "/criteres/nuit/")

    assert "Dormir le jour." in text(root)
    assert [text(find(e, tag="a")) for e in find_all(root, css="entry")] == ["Infirmier"]
    assert ("Combiner avec d’autres critères", "/metiers/?critere=nuit") in links(root)


def test_a_school_names_its_programmes_and_its_neighbours(client, guide):
    root = page(client, "/ecoles/helmo/")

    assert links(find(root, css="programmes")) == [("Infirmier", "/metiers/infirmier/#formation")]
    assert links(find(root, css="way-neighbours")) == [("Vinci", "/ecoles/vinci/")]


@pytest.mark.parametrize(
    "path", ["/secteurs/zorglub/", "/criteres/zorglub/", "/ecoles/zorglub/", "/secteurs/sante/x/"]
)
def test_what_is_not_is_not_found(client, guide, path):
    assert client.get(path).status_code == 404


def test_a_sector_without_metier_says_so(client, guide):
    create_sector(name="Nature", line="nature")

    root = page(client, "/secteurs/nature/")

    assert text(find(root, id="metiers")) == "Pas encore de fiche sur cette ligne"


@pytest.mark.parametrize("count", [1, 12])
@pytest.mark.parametrize(
    "path, queries", [("/secteurs/sante/", 3), ("/criteres/nuit/", 2), ("/ecoles/helmo/", 3)]
)
def test_runs_the_same_queries_however_many_there_are(
    client, guide, django_assert_num_queries, path, queries, count
):
    nurse, _ = guide
    for i in range(count):
        metier = create_metier(title=f"Soin {i}", sector=nurse.sector)
        metier.criteria.set(nurse.criteria.all())
        offer(School.objects.get(slug="helmo"), metier)
    client.get("/")

    with django_assert_num_queries(queries):
        client.get(path)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/metiers/",
        "/metiers/?q=funambule",
        "/metiers/infirmier/",
        "/secteurs/sante/",
        "/criteres/nuit/",
        "/ecoles/helmo/",
        "/sitemap.xml",
        "/metiers/funambule/",
    ],
)
def test_a_draft_appears_nowhere(client, guide, path):
    html = client.get(path).content.decode()

    assert "/metiers/funambule/" not in html.replace('content="/metiers/funambule/"', "")
    assert "Funambule" not in html


def test_a_draft_is_not_suggested(htmx, guide):
    assert "unambule" not in htmx.get("/suggestions/?q=funamb").content.decode()


def test_the_sitemap_names_pages_with_something_on_them(client, guide):
    xml = client.get("/sitemap.xml").content.decode()

    addresses = {part.partition("</loc>")[0] for part in xml.split("<loc>http://testserver")[1:]}
    assert addresses == {
        *("/", "/metiers/", "/glossaire/", "/quiz/", "/methode/", "/vie-privee/"),
        *(
            "/accessibilite/",
            "/comparer/",
            "/metiers/infirmier/",
            "/metiers/macon/",
            "/secteurs/sante/",
        ),
        *("/secteurs/construction/", "/criteres/nuit/", "/ecoles/helmo/", "/ecoles/vinci/"),
    }


def test_robots_are_kept_from_answers(client):
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert "Disallow: /quiz/resultat/" in lines
    assert "Sitemap: http://testserver/sitemap.xml" in lines
