import re

import pytest

from quiz.token import Answers, encode, slug_key
from tests.factories import create_evidence, create_metier, create_question_set
from tests.html import find, find_all, links, text, tree

pytestmark = pytest.mark.django_db

REPAIRER = Answers(1, (5, 1, 2, 1, 3, 2) * 6, level=3)
MENUISIER = (90, 30, 40, 20, 30, 60)
SOIGNANT = (20, 40, 10, 100, 30, 50)


@pytest.fixture
def question_set(db):
    return create_question_set()


def page(client, answers):
    return tree(client.get(f"/quiz/resultat/{encode(answers)}/"))


def arguments(root, css_of_icon):
    """The column whose heading bears that icon: reasons or drawbacks."""
    columns = find(root, css="arguments")
    return find_all(columns[0 if css_of_icon == "plus" else 1], tag="li")


def plain(words):
    return words.replace("\u202f", " ").replace("\u00a0", " ")


def ranking(root):
    """Each band with its métiers."""
    return [
        (text(find(group, tag="h3")), [text(find(row, tag="a")) for row in rows_of(group)])
        for group in find_all(root, css="band-group")
    ]


def rows_of(group):
    return list(find(group, css="band-list"))


def test_a_close_metier_shows_two_reasons_with_an_answer_and_the_proof(client, question_set):
    create_evidence(create_metier(interests=MENUISIER), low="S", R="outils", S="journee")

    root = page(client, REPAIRER)

    focus = find(root, css="result-focus")
    reasons = arguments(root, "plus")
    assert text(find(focus, tag="h2")) == "Menuisier"
    assert text(find(focus, css="band")) == "Très proche"
    assert len(reasons) >= 2
    assert [text(reason) for reason in reasons][:2] == [
        "La preuve R. Tu as répondu tout à fait à « Réparer le moteur d’une vieille camionnette ». "
        "Lire les outils",
        "La preuve S. Tu as répondu pas du tout à « Écouter quelqu’un parler de ses soucis ». "
        "Lire une journée",
    ]
    assert [links(reason) for reason in reasons][:2] == [
        [("Lire les outils", f"/metiers/menuisier/?r={encode(REPAIRER)}#outils")],
        [("Lire une journée", f"/metiers/menuisier/?r={encode(REPAIRER)}#journee")],
    ]


@pytest.mark.parametrize(
    "low, claims",
    [
        ("S", ["La preuve R.", "La preuve S."]),
        ("", ["La preuve R.", "Aider, transmettre : moins que dans la plupart des métiers."]),
        (
            "RS",
            ["Le concret, le manuel : plus que dans la plupart des métiers.", "La preuve S."],
        ),
    ],
)
def test_a_sentence_is_quoted_where_it_says_what_the_reason_says(client, question_set, low, claims):
    create_evidence(create_metier(interests=MENUISIER), low=low, R="outils", S="journee")

    reasons = arguments(page(client, REPAIRER), "plus")[:2]

    assert [plain(text(find(reason, css="claim"))) for reason in reasons] == claims
    proofs = [links(reason)[0][0] for reason in reasons]
    assert [proof == "Lire le métier en bref" for proof in proofs] == [
        not claim.startswith("La preuve") for claim in claims
    ]


@pytest.mark.parametrize(
    "low, claim",
    [("", "La preuve S."), ("S", "Aider, transmettre : plus que dans la plupart des métiers.")],
)
def test_a_sentence_that_says_the_reverse_of_a_drawback_is_not_quoted(
    client, question_set, low, claim
):
    create_evidence(create_metier(title="Soignant", interests=SOIGNANT), low=low, S="missions")

    drawback = arguments(page(client, REPAIRER), "minus")[0]

    assert plain(text(find(drawback, css="claim"))) == claim


@pytest.mark.parametrize("accepted", [2, 5])
def test_where_one_type_alone_speaks_the_studies_are_the_second_reason(
    client, question_set, accepted
):
    create_evidence(create_metier(interests=MENUISIER, study_level=2), R="outils")
    single_minded = Answers(1, (5, 3, 3, 3, 3, 3) * 6, level=accepted)

    reasons = [text(reason) for reason in arguments(page(client, single_minded), "plus")]

    assert len(reasons) == 2
    assert reasons[0].startswith("La preuve R. Tu as répondu tout à fait")
    assert reasons[1].startswith("Les études tiennent dans ce que tu acceptes : elles ne")


def test_where_the_studies_are_too_long_a_second_answer_says_it_again(client, question_set):
    create_evidence(create_metier(interests=MENUISIER, study_level=4), R="outils")
    single_minded = Answers(1, (5, 3, 3, 3, 3, 3) * 6, level=3)

    reasons = [text(reason) for reason in arguments(page(client, single_minded), "plus")]

    quoted = [reason.partition("«")[2].partition("»")[0] for reason in reasons]
    assert len(reasons) == len(set(quoted)) == 2
    assert reasons[1].startswith("Le concret, le manuel, une deuxième fois.")


def test_what_the_visitor_dislikes_is_a_drawback_with_its_answer(client, question_set):
    create_evidence(create_metier(title="Soignant", interests=SOIGNANT), S="missions")

    root = page(client, REPAIRER)

    drawbacks = arguments(root, "minus")
    assert text(find(find(root, css="result-focus"), css="band")) == "Éloigné"
    assert text(drawbacks[0]) == (
        "La preuve S. Tu as répondu pas du tout à « Écouter quelqu’un parler de ses soucis ». "
        "Lire les missions"
    )
    assert links(drawbacks[0]) == [
        ("Lire les missions", f"/metiers/soignant/?r={encode(REPAIRER)}#missions")
    ]


@pytest.mark.parametrize("demanded, is_said", [(3, False), (4, True)])
def test_studies_longer_than_accepted_are_a_drawback(client, question_set, demanded, is_said):
    create_metier(study_level=demanded, studies_headline="Bachelier, 3 ans")

    shown = " ".join(text(argument) for argument in arguments(page(client, REPAIRER), "minus"))

    sentence = (
        "Les études sont plus longues que ce que tu acceptes. Tu as répondu "
        "un ou deux ans après le secondaire. Ici : Bachelier, 3 ans. Lire les études"
    )
    assert (sentence in shown) == is_said


def test_studies_that_open_a_metier_are_no_drawback_though_longer_ones_are_usual(
    client, question_set
):
    create_metier(study_level=4, entry_level=3, studies_headline="Bachelier, 3 ans")

    shown = " ".join(text(argument) for argument in arguments(page(client, REPAIRER), "minus"))

    assert "Les études sont plus longues" not in shown


def test_a_drawback_says_the_level_that_opens_the_metier(client, question_set):
    create_metier(study_level=5, entry_level=4, studies_headline="Master, 5 ans")

    shown = " ".join(text(argument) for argument in arguments(page(client, REPAIRER), "minus"))

    assert "Ici : Master, 5 ans · possible dès le bachelier." in shown


def test_the_second_reason_says_that_longer_studies_are_usual(client, question_set):
    create_evidence(create_metier(interests=MENUISIER, study_level=4, entry_level=1), R="outils")
    single_minded = Answers(1, (5, 3, 3, 3, 3, 3) * 6, level=2)

    _, reason = [text(reason) for reason in arguments(page(client, single_minded), "plus")]

    assert reason.startswith(
        "Les études que tu acceptes suffisent pour y entrer. Le plus courant : un bachelier. Tu"
    )


def test_without_drawback_the_weak_points_are_still_named(client, question_set):
    create_metier(interests=(100, 0, 20, 0, 36, 59))

    [only] = arguments(page(client, REPAIRER), "minus")

    assert links(only) == [
        ("les points faibles", f"/metiers/menuisier/?r={encode(REPAIRER)}#points-faibles")
    ]


def test_the_metier_that_one_came_from_is_explained(client, question_set):
    create_metier(title="Menuisier", interests=MENUISIER)
    create_metier(title="Soignant", interests=SOIGNANT)
    answers = Answers(1, REPAIRER.values, 3, started_from=slug_key("soignant"))

    focus = find(page(client, answers), css="result-focus")

    assert text(find(focus, tag="h2")) == "Soignant"
    assert text(find(focus, css="note")) == "Le métier d’où tu viens"


@pytest.mark.parametrize("started_from", [None, slug_key("disparu")])
def test_otherwise_the_closest_is_explained(client, question_set, started_from):
    create_metier(title="Soignant", interests=SOIGNANT)
    create_metier(title="Menuisier", interests=MENUISIER)
    answers = Answers(1, REPAIRER.values, 3, started_from=started_from)

    focus = find(page(client, answers), css="result-focus")

    assert text(find(focus, tag="h2")) == "Menuisier"
    assert text(find(focus, css="note")) == "Le métier le plus proche de tes réponses"


def test_metiers_stand_in_bands_from_the_closest(client, question_set):
    create_metier(title="Soignant", interests=SOIGNANT)
    create_metier(title="Menuisier", interests=MENUISIER)
    create_metier(title="Couvreur", interests=(95, 20, 20, 15, 30, 50))

    assert ranking(page(client, REPAIRER)) == [
        ("Très proche", ["Couvreur", "Menuisier"]),
        ("Éloigné", ["Soignant"]),
    ]


def test_publishing_a_metier_moves_no_other_to_another_band(client, question_set):
    for title, interests in (("Menuisier", MENUISIER), ("Soignant", SOIGNANT)):
        create_metier(title=title, interests=interests)
    before = bands(client, "menuisier", "soignant")
    for i in range(30):
        create_metier(title=f"Autre {i}", interests=(100, 0, i, 0, i, i))

    assert bands(client, "menuisier", "soignant") == before == ["Très proche", "Éloigné"]


def bands(client, *slugs):
    """What the calculation of each métier ends with."""
    address = f"/quiz/resultat/{encode(REPAIRER)}/metiers/"
    return [text(find(tree(client.get(f"{address}{slug}/")), css="band")) for slug in slugs]


def test_a_result_shows_no_number_that_it_cannot_tell(client, question_set):
    create_evidence(create_metier(interests=MENUISIER))

    root = page(client, REPAIRER)

    for css in ("result-head", "result-focus", "result-ranking"):
        assert re.search(r"\d+(?:[.,]\d+)? ?%", text(find(root, css=css))) is None


def test_the_profile_is_said_in_words_before_it_is_drawn(client, question_set):
    create_metier()

    root = page(client, REPAIRER)

    assert text(find(root, tag="h1")) == "Réparer, plutôt qu’aider."
    rows = find_all(find(root, css="result-interests"), tag="tr")[1:]
    assert [text(find(row, tag="th")) for row in rows] == [
        "Le concret, le manuel",
        "Comprendre, analyser",
        "Créer",
        "Aider, transmettre",
        "Convaincre, diriger",
        "Organiser, vérifier",
    ]
    assert text(find_all(rows[0], tag="td")[0]) == "très marqué"


def test_a_profile_of_little_contrast_warns_above_the_ranking(client, question_set):
    create_metier()
    mild = Answers(1, (3, 4, 3, 3, 2, 2) * 6, level=3)

    root = page(client, mild)

    assert "Ton profil est peu contrasté" in text(find(root, css="result-head"))
    assert ranking(root) != []
    beside_a_band = tree(client.get(f"/metiers/menuisier/?r={encode(mild)}"))
    assert "Ton profil est peu contrasté" in text(find(beside_a_band, css="visitor"))
    assert "peu contrasté" not in text(page(client, REPAIRER))


def test_a_guide_without_metier_shows_the_profile_alone(client, question_set):
    root = page(client, REPAIRER)

    assert text(find(root, tag="h1")) == "Réparer, plutôt qu’aider."
    assert find(root, css="result-focus") is None
    assert find(root, css="result-ranking") is None


@pytest.mark.parametrize("favourite", range(6))
def test_every_reason_leads_to_a_block_of_the_real_fiche(client, content, favourite):
    values = [1 + (i % 2) for i in range(6)]
    values[favourite] = 5
    root = page(client, Answers(1, tuple(values) * 6, level=5))

    proofs = links(find(root, css="arguments"))

    band = text(find(find(root, css="result-focus"), css="band"))
    if band in ("Très proche", "Proche"):
        assert len(arguments(root, "plus")) >= 2
    addresses = [address.partition("#") for _, address in proofs]
    fiche = tree(client.get(addresses[0][0]))
    assert {path for path, _, _ in addresses} == {addresses[0][0]}
    assert [anchor for _, _, anchor in addresses if find(fiche, id=anchor) is None] == []


def test_every_real_metier_is_ranked_once(client, content):
    names = [name for _, group in ranking(page(client, REPAIRER)) for name in group]

    assert names[0] == "Électricien, électricienne"
    assert len(names) == len(set(names)) >= 6
