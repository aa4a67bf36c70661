"""An editor may publish a fiche before it is whole: visitors see what there is."""

import pytest

from metiers.models import PayBenchmark
from tests.factories import create_benchmark, create_metier, create_whole_metier
from tests.html import find, text, tree

pytestmark = pytest.mark.django_db


def fiche(client):
    response = client.get("/metiers/menuisier/")
    assert response.status_code == 200
    return tree(response)


@pytest.fixture
def metier():
    create_benchmark()
    create_metier(title="Charpentier")
    return create_whole_metier()


def test_a_fiche_without_pay_shows_the_rest(client, metier):
    metier.salary.delete()

    root = fiche(client)

    assert find(root, css="pay-chart") is None
    assert text(find(root, id="missions")) == "Missions Raboter une planche"


def test_a_fiche_without_testimony_shows_the_rest(client, metier):
    metier.testimony.delete()

    root = fiche(client)

    assert find(root, css="testimony") is None
    assert find(root, css="pay-chart") is not None


def test_a_fiche_without_proofs_shows_no_interest_that_nothing_proves(client, metier):
    metier.evidence.all().delete()

    root = fiche(client)

    assert find(root, css="interest-value") is None
    assert find(root, css="pay-chart") is not None


def test_a_guide_without_benchmark_draws_no_chart(client, metier):
    PayBenchmark.objects.all().delete()

    root = fiche(client)

    assert find(root, css="pay-chart") is None
    assert text(find(root, id="missions")) == "Missions Raboter une planche"


def test_a_fiche_of_its_own_row_alone_is_shown(client):
    create_metier()

    root = fiche(client)

    assert text(find(root, tag="h1")) == "Menuisier"
    assert text(find(root, id="conseils")) == "Conseils Visite un atelier."
