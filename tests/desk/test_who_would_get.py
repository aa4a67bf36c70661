"""The bench of a métier's interests: who would get it, before and after."""

import pytest

from desk.who_would_get import PEOPLE, audience, average
from metiers.catalogue import read_catalogue
from metiers.content import METIER
from metiers.models import Metier
from metiers.models.metier import INTEREST_FIELDS
from metiers.riasec import Dimension
from tests.desk.conftest import member
from tests.factories import create_metier, published_norms

HELPING = (0, 0, 0, 100, 0, 0)
MAKING = (100, 0, 0, 0, 0, 0)


@pytest.fixture
def nurse(content):
    return Metier.objects.get(slug="infirmier")


def page_of(metier):
    return f"/gestion/metiers/metier/{metier.pk}/qui/"


def values(interests):
    return dict(zip(INTEREST_FIELDS, map(str, interests), strict=True))


def test_the_audience_is_the_same_each_time(content):
    first, second = (
        audience("infirmier", HELPING, read_catalogue(), published_norms()) for _ in range(2)
    )

    assert first == second
    assert sum(first.types.values()) == first.seen


def test_a_metier_of_one_type_is_seen_by_those_who_like_it(content):
    helping, making = (
        audience("infirmier", interests, read_catalogue(), published_norms()).types
        for interests in (HELPING, MAKING)
    )

    assert helping[Dimension.S] > making[Dimension.S]
    assert making[Dimension.R] > helping[Dimension.R]


def test_a_metier_is_no_neighbour_of_itself(nurse):
    found = audience("infirmier", nurse.interests, read_catalogue(), published_norms())

    assert len(found.neighbours) == 5
    assert nurse.short_name not in found.neighbours


def test_all_audiences_add_up_to_ten_metiers_a_person(content):
    catalogue, norms = read_catalogue(), published_norms()

    seen = sum(
        audience(stop.slug, tuple(catalogue.interests[number]), catalogue, norms).seen
        for number, stop in enumerate(catalogue.stops)
    )

    assert seen == 10 * PEOPLE
    assert average(catalogue) == round(10 * PEOPLE / len(catalogue))


def test_everybody_sees_a_metier_among_fewer_than_ten(db):
    create_metier()

    found = audience("autre", HELPING, read_catalogue(), published_norms())

    assert found.seen == PEOPLE


def test_the_page_starts_from_the_saved_values(client, writing, nurse):
    page = client.get(page_of(nurse))

    assert page.context["before"] == page.context["after"]
    assert page.context["form"]["interest_s"].value() == nurse.interest_s


def test_the_page_sets_the_values_given_beside_those_published(client, writing, nurse):
    before = METIER.dump(nurse)

    page = client.get(page_of(nurse), values(MAKING))

    assert page.context["before"].types != page.context["after"].types
    assert page.context["before_title"] == "Publié"
    assert METIER.dump(Metier.objects.get(pk=nurse.pk)) == before


def test_a_form_not_saved_yet_is_taken_by_its_six_values_alone(client, writing, nurse):
    response = client.post(page_of(nurse), values(MAKING) | {"tips": "Un conseil"})

    assert response.status_code == 302
    assert response["Location"] == (
        f"{page_of(nurse)}?interest_r=100&interest_i=0&interest_a=0"
        "&interest_s=0&interest_e=0&interest_c=0"
    )


@pytest.mark.parametrize("wrong", ["101", "-1", "", "beaucoup", "1e9"])
def test_a_wrong_value_is_refused_beside_it(client, writing, nurse, wrong):
    page = client.get(page_of(nurse), values(MAKING) | {"interest_s": wrong})

    assert list(page.context["form"].errors) == ["interest_s"]
    assert page.context["after"] is None


def test_a_new_draft_without_values_has_no_audience_yet(client, writing):
    draft = create_metier(title="Tourneur", published=False, interests=None)

    page = client.get(page_of(draft))

    assert (page.context["before"], page.context["after"]) == (None, None)


def test_a_draft_names_the_values_that_it_waits_for(client, writing):
    draft = create_metier(title="Tourneur", published=False)
    Metier.objects.filter(pk=draft.pk).update(interest_a=None, interest_c=None)

    page = client.get(page_of(draft)).content.decode()

    assert (
        "La comparaison attend des valeurs\u00a0: A, créer\u202f; C, organiser, vérifier." in page
    )
    assert 'class="errorlist"' not in page
    assert 'id="who-title"' not in page


def test_without_questions_there_is_nobody_to_simulate(client, db):
    client.force_login(member("Rédaction"))

    page = client.get(page_of(create_metier())).content.decode()

    assert "Aucun jeu de questions n’est publié" in page


def test_who_may_not_write_may_not_try_either(client, content, nurse):
    client.force_login(member("Administration"))

    assert client.get(page_of(nurse)).status_code == 403
