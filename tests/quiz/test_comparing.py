"""A visitor's band, flags and cautions stand in a comparison as on the list and on the fiche."""

import pytest

from quiz.dealbreakers import DEALBREAKERS
from quiz.token import Answers, encode
from tests.factories import create_criterion, create_metier, create_question_set
from tests.html import find, find_all, links, text, tree

pytestmark = pytest.mark.django_db

REPAIRER = Answers(1, (5, 2, 1, 1, 3, 4) * 3 + (None,) * 18, level=3)
CONTRADICTORY = Answers(1, (5, 1, 5, 1, 1, 5, 1, 5, 1, 5, 5, 1, 5, 1, 5, 1, 1, 5) + (None,) * 18, 3)
FLAT = Answers(1, (3,) * 18 + (None,) * 18, level=3)
FEW = Answers(1, (5, 2, 1, 1, 3, 4, 5, 2, 1) + (None,) * 27, level=3)
BEGUN = Answers(1, (5, 1, 2) + (None,) * 33)
NIGHT = DEALBREAKERS.index(next(d for d in DEALBREAKERS if d.slug == "nuit"))
SLUGS = ("menuisier", "infirmier", "juriste")
ADDRESS = f"/comparer/?m={'&m='.join(SLUGS)}"
TOLD = "Tes réponses se contredisent par endroits : ce résultat tient à peu de chose."
PRIVATE = {
    "Cache-Control": "private",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
}


@pytest.fixture(autouse=True)
def guide():
    """A métier close to who repairs, one in between that works at night, one far away."""
    create_question_set()
    create_metier(title="Menuisier", interests=(90, 30, 40, 10, 30, 60))
    nurse = create_metier(title="Infirmier", interests=(60, 60, 10, 45, 25, 60))
    create_metier(title="Juriste", interests=(5, 60, 30, 60, 80, 50), study_level=5)
    nurse.criteria.add(create_criterion(name="Nuit"))


def page(client, answers, address=ADDRESS):
    return tree(client.get(f"{address}{'&' if '?' in address else '?'}r={encode(answers)}"))


def bands(root):
    return [text(find(head, css="band")) for head in heads(root)]


def heads(root):
    return list(find(find(root, css="comparison-heads"), css="comparison-cells"))


def test_each_metier_has_its_band_as_on_its_fiche_and_in_the_list(client):
    entries = find_all(page(client, REPAIRER, "/metiers/"), css="entry")
    listed = {text(find(e, css="entry-name")): text(find(e, css="band")) for e in entries}

    found = bands(page(client, REPAIRER))

    assert found == [
        text(find(page(client, REPAIRER, f"/metiers/{slug}/"), css="band")) for slug in SLUGS
    ]
    assert found == [listed[slug.capitalize()] for slug in SLUGS]
    assert (found[0], found[2], len(set(found))) == ("Très proche", "Éloigné", 3)


def test_without_answers_there_is_no_band(client):
    root = tree(client.get(ADDRESS))

    assert bands(root) == ["", "", ""]
    assert find(root, css="visitor") is None


@pytest.mark.parametrize("answers", [FLAT, CONTRADICTORY, BEGUN])
def test_answers_that_carry_no_ranking_give_no_band_and_it_is_said(client, answers):
    root = page(client, answers)

    assert bands(root) == ["", "", ""]
    assert "Elles ne départagent pas encore les métiers." in text(find(root, css="visitor"))


def test_what_is_refused_is_flagged_even_where_nothing_is_ranked(client):
    for answers in (REPAIRER, FLAT):
        root = page(client, answers.toggled(NIGHT))

        flags = [text(find(head, css="flags")) for head in heads(root)]
        assert flags == ["", "Surtout pas : la nuit", ""]
        [(_, address)] = links(find(heads(root)[1], css="flags"))
        code = encode(answers.toggled(NIGHT))
        assert address == f"/metiers/infirmier/?r={code}#critere-nuit"


def test_cautions_stand_beside_the_bands(client):
    told = text(find(page(client, CONTRADICTORY.confirmed()), css="visitor"))
    few = text(find(page(client, FEW), css="visitor"))
    listed = text(find(page(client, FEW, "/metiers/"), css="visitor"))

    assert TOLD in told
    assert "9" in few
    assert few == listed
    assert all(bands(page(client, CONTRADICTORY.confirmed())))


@pytest.mark.parametrize("path", ["/comparer/", "/comparer/?m=menuisier", ADDRESS, f"{ADDRESS}&q="])
def test_a_comparison_with_answers_is_nobody_else_s(client, path):
    separator = "&" if "?" in path else "?"
    response = client.get(f"{path}{separator}r={encode(REPAIRER)}")

    assert {name: response.get(name) for name in PRIVATE} == PRIVATE


@pytest.mark.parametrize("path", ["/comparer/", "/comparer/?m=menuisier", ADDRESS])
def test_the_form_keeps_the_answers(client, path):
    form = find(page(client, REPAIRER, path), css="choosing")

    hidden = [e for e in find_all(form, tag="input") if e.get("type") == "hidden"]
    assert [(e.get("name"), e.get("value")) for e in hidden] == [("r", encode(REPAIRER))]


def test_what_the_form_sends_keeps_the_answers(client):
    response = client.get(f"/comparer/?m=menuisier&m=juriste&q=&r={encode(REPAIRER)}")

    assert response["Location"] == f"/comparer/?m=menuisier&m=juriste&r={encode(REPAIRER)}"


def test_the_answers_can_be_taken_away(client):
    ways = dict(links(find(page(client, REPAIRER), css="visitor")))

    assert ways["Les retirer"] == ADDRESS


def test_the_canonical_and_the_printed_address_hold_no_answers(client):
    root = page(client, REPAIRER)

    [canonical] = [e for e in find_all(root, tag="link") if e.get("rel") == "canonical"]
    assert canonical.get("href") == f"http://testserver{ADDRESS}"
    assert encode(REPAIRER) not in text(find(root, css="print-only"))


def test_a_broken_code_is_said_and_left_behind(client):
    root = tree(client.get(f"{ADDRESS}&r=abime"))

    assert bands(root) == ["", "", ""]
    assert "Le code de réponses de cette adresse est abîmé" in text(root)
    assert [address for _, address in links(root) if "abime" in address] == []


# From the profile


def comparisons(root):
    return [
        (text(find(group, tag="h3")), [address for _, address in links(way)])
        for group in find_all(root, css="band-group")
        for way in find_all(group, css="band-compare")
    ]


def profile(client, answers):
    return tree(client.get(f"/quiz/resultat/{encode(answers)}/"))


def test_a_band_of_a_few_leads_to_its_comparison(client):
    for i in range(2):
        create_metier(title=f"Ébéniste {i}", interests=(88 + i, 30, 40, 10, 30, 60))

    [address] = dict(comparisons(profile(client, REPAIRER)))["Très proche"]

    assert address.startswith("/comparer/?m=")
    assert address.endswith(f"&r={encode(REPAIRER)}")
    assert bands(tree(client.get(address))) == ["Très proche"] * 3


def test_of_a_band_of_many_none_is_chosen_to_be_compared(client):
    for i in range(5):
        create_metier(title=f"Ébéniste {i}", interests=(86 + i, 30, 40, 10, 30, 60))

    root = profile(client, REPAIRER)

    [largest] = [g for g in find_all(root, css="band-group") if "Ébéniste" in text(g)]
    assert len(list(find(largest, css="band-list"))) > 4
    assert find(largest, css="band-compare") is None
    assert ("Comparer des métiers", f"/comparer/?r={encode(REPAIRER)}") in links(root)


def test_the_fiche_and_the_list_lead_to_comparisons_with_the_answers(client):
    fiche, listed = (page(client, REPAIRER, f"/metiers/{end}") for end in ("menuisier/", ""))

    ways = [a for root in (fiche, listed) for _, a in links(root) if a.startswith("/comparer/")]
    assert len(ways) == 3
    assert [way for way in ways if not way.endswith(f"&r={encode(REPAIRER)}")] == []
