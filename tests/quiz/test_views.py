import pytest

from quiz.token import Answers, decode, encode, slug_key
from tests.factories import create_evidence, create_metier, create_question_set
from tests.html import find, find_all, links, text, tree

pytestmark = pytest.mark.django_db

CORE = 18
STEPS = range(1, 20)
LIKES_BUILDING = (5, 1, 2, 1, 3, 2)
COMPLETE = Answers(1, LIKES_BUILDING * 3 + (None,) * 18, level=3)


@pytest.fixture(autouse=True)
def question_set():
    return create_question_set()


def step(number, answers):
    return f"/quiz/question/{number}/?r={encode(answers)}"


def refusals(answers):
    return f"/quiz/surtout-pas/?r={encode(answers)}"


def result(answers):
    return f"/quiz/resultat/{encode(answers)}/"


def page(client, address):
    return tree(client.get(address))


def answers_of(address):
    return decode(address.rpartition("=")[2] if "?" in address else address.split("/")[-2])


def choices(root):
    return find_all(find(root, css="answers"), tag="a")


def address_of(root, label):
    [address] = [address for name, address in links(root) if name == label]
    return address


def up_to(number):
    """The answers of somebody who reached that step."""
    return Answers(1, tuple((3 + i) % 5 + 1 for i in range(number - 1)) + (None,) * (37 - number))


def test_the_start_leads_to_the_first_statement_with_an_empty_code(client):
    root = page(client, "/quiz/")

    assert address_of(find(root, id="contenu"), "Commencer") == step(1, Answers(1))


def test_the_start_from_a_metier_remembers_it(client):
    create_metier(name_feminine="menuisière")

    root = page(client, "/quiz/menuisier/")

    started = Answers(1, started_from=slug_key("menuisier"))
    assert text(find(root, css="sector-name")) == "Menuisier, menuisière"
    assert address_of(find(root, id="contenu"), "Commencer") == step(1, started)


@pytest.mark.parametrize("number", STEPS)
def test_every_step_has_its_address_and_statement(client, question_set, number):
    questions = list(question_set.questions.order_by("position"))

    root = page(client, step(number, up_to(number)))

    expected = (
        questions[number - 1].text if number <= CORE else "Jusqu’où irais-tu dans les études ?"
    )
    assert text(find(root, tag="h1")) == expected
    here = [
        number
        for number, station in enumerate(find(root, css="stations"), start=1)
        if station.get("class") == "station-here"
    ]
    assert here == [number]
    assert len(find(root, css="stations")) == 19


def test_a_step_without_code_starts_with_the_newest_set(client):
    create_question_set(number=2)
    create_question_set(number=3, published=False)

    root = page(client, "/quiz/question/1/")

    assert answers_of(choices(root)[0].get("href")) == Answers(2).with_answer(1, 1)


def test_a_code_keeps_its_set_when_a_newer_one_is_there(client):
    create_question_set(number=2)

    root = page(client, step(2, Answers(1).with_answer(1, 4)))

    assert answers_of(choices(root)[2].get("href")) == Answers(1).with_answer(1, 4).with_answer(
        2, 3
    )


@pytest.mark.parametrize("number", STEPS)
def test_each_of_the_five_answers_is_a_plain_link_that_carries_all_answers(client, number):
    answers = up_to(number)

    found = choices(page(client, step(number, answers)))

    if number <= CORE:
        expected = [step(number + 1, answers.with_answer(number, value)) for value in range(1, 6)]
    else:
        expected = [refusals(answers.with_level(value)) for value in range(1, 6)]
    assert [link.get("href") for link in found] == expected
    assert [link.get("aria-current") for link in found] == [None] * 5


def test_the_answers_are_worded(client):
    found = choices(page(client, step(1, Answers(1))))

    assert [text(find(link, css="answer-label")) for link in found] == [
        "Pas du tout",
        "Plutôt non",
        "Entre les deux",
        "Plutôt oui",
        "Tout à fait",
    ]


def test_eighteen_statements_and_the_studies_lead_to_the_result(client):
    create_metier()
    address = address_of(find(page(client, "/quiz/"), id="contenu"), "Commencer")

    for value in (*LIKES_BUILDING * 3, 3):
        address = choices(page(client, address))[value - 1].get("href")

    assert address == refusals(COMPLETE)
    address = address_of(page(client, address), "Voir mon profil")
    assert address == result(COMPLETE)
    assert client.get(address).templates[0].name == "quiz/result.html"


def test_skipping_counts_as_seen(client):
    root = page(client, step(2, up_to(2)))

    assert address_of(root, "Passer cette phrase") == step(3, up_to(2).with_answer(2, 0))


def test_skipping_everything_leads_to_a_page_without_ranking(client):
    create_metier()
    address = "/quiz/question/1/"

    for label in ["Passer cette phrase"] * 18 + ["Passer cette question"]:
        address = address_of(page(client, address), label)

    assert answers_of(address) == Answers(1, (0,) * 18 + (None,) * 18, level=0)
    response = client.get(address_of(page(client, address), "Voir mon profil"))
    assert response.templates[0].name == "quiz/doubtful.html"
    assert "18 phrases passées, aucune répondue." in text(tree(response))


@pytest.mark.parametrize("number", [2, 10, 19])
def test_going_back_keeps_every_answer_and_marks_the_one_given(client, number):
    answers = up_to(number)

    back = address_of(page(client, step(number, answers)), "Revenir")
    marked = [
        link.get("data-key") for link in choices(page(client, back)) if link.get("aria-current")
    ]

    assert back == step(number - 1, answers)
    assert marked == [str(answers.values[number - 2])]


def test_going_back_from_the_first_statement_leads_to_the_start(client):
    assert address_of(page(client, step(1, Answers(1))), "Revenir") == "/quiz/"


def test_the_level_given_is_marked_too(client):
    found = choices(page(client, step(19, COMPLETE)))

    assert [link.get("data-key") for link in found if link.get("aria-current")] == ["3"]


@pytest.mark.parametrize("number", [1, 9, 18])
def test_changing_one_answer_of_a_complete_code_leads_back_to_the_result(client, number):
    create_metier()
    changes = [
        address
        for name, address in links(page(client, result(COMPLETE)))
        if name.startswith("Changer")
    ]
    assert changes[number - 1] == step(number, COMPLETE)

    found = choices(page(client, changes[number - 1]))

    assert [link.get("href") for link in found] == [
        result(COMPLETE.with_answer(number, value)) for value in range(1, 6)
    ]


def test_somebody_who_was_at_the_result_can_return_without_changing(client):
    assert address_of(page(client, step(5, COMPLETE)), "Retour à mon profil") == result(COMPLETE)
    assert "Retour à mon profil" not in text(page(client, step(5, up_to(5))))


@pytest.mark.parametrize("number", [2, 19])
def test_a_step_takes_one_query(client, django_assert_num_queries, number):
    for i in range(30):
        create_metier(title=f"Métier {i}")

    client.get(step(1, Answers(1)))

    with django_assert_num_queries(1):
        client.get(step(number, up_to(number)))


@pytest.mark.parametrize("count", [1, 30])
def test_a_result_takes_two_queries_however_many_metiers(client, django_assert_num_queries, count):
    for i in range(count):
        create_evidence(create_metier(title=f"Métier {i}", interests=(90 - i, 30, 40, 20, 30, 60)))

    client.get(result(COMPLETE))

    with django_assert_num_queries(2):  # the stamp, twice
        client.get(result(COMPLETE))


CODE = encode(COMPLETE)


@pytest.mark.parametrize(
    "code",
    ["x", CODE[:-1], CODE + "A", CODE[:5] + "_" + CODE[6:], encode(Answers(9)), encode(Answers(2))],
    ids=["short", "cut", "longer", "altered", "unknown set", "draft set"],
)
@pytest.mark.parametrize("address", ["/quiz/question/1/?r={}", "/quiz/resultat/{}/"])
def test_a_broken_code_says_so_and_offers_a_new_start(client, address, code):
    create_question_set(number=2, published=False)
    create_metier()

    response = client.get(address.format(code))

    root = tree(response)
    assert response.status_code == 400
    assert text(find(root, tag="h1")) == "Ce lien est abîmé."
    assert address_of(root, "Recommencer") == "/quiz/"
    assert "Menuisier" not in text(root)


def test_flat_answers_get_no_ranking(client):
    create_metier()
    flat = Answers(1, (4,) * 18 + (None,) * 18, level=3)

    root = page(client, result(flat))

    assert text(find(root, tag="h1")) == "Presque partout la même réponse."
    assert "Menuisier" not in text(root)
    assert address_of(root, "Nuancer mes réponses, une par une") == f"{step(1, flat)}&revoir=tout"


def test_who_likes_nothing_is_close_to_no_metier(client):
    create_metier(interests=(100, 0, 0, 0, 0, 0))
    refused = Answers(1, (3, 1, 1, 1, 1, 1) * 3 + (None,) * 18, level=3)

    root = page(client, result(refused))

    assert text(find(root, tag="h1")) == "Rien ne t’attire nettement, pour l’instant."
    assert "Menuisier" not in text(root)


def test_flat_answers_with_statements_left_are_led_to_them(client):
    few = Answers(1).with_answer(1, 5).with_answer(2, 1)

    root = page(client, result(few))

    assert "Tu as répondu à 2 phrases." in text(root)
    assert address_of(root, "Continuer les phrases") == step(3, few)


def test_an_unfinished_result_leads_to_the_first_statement_left(client):
    create_metier()
    unfinished = Answers(1, LIKES_BUILDING * 2 + (None,) * 24)

    assert address_of(page(client, result(unfinished)), "Continuer le questionnaire") == step(
        13, unfinished
    )


def test_every_answer_is_listed_with_what_was_given(client):
    create_metier()
    answers = COMPLETE.with_answer(2, 0).with_level(0)

    rows = find(page(client, result(answers)), css="answer-list")

    given = [text(find(row, tag="strong")) for row in rows]
    assert len(given) == 19
    assert given[:3] == ["Tout à fait", "passée", "Plutôt non"]
    assert given[-1] == "passée"
    assert text(find(rows[0], tag="span")) == "Réparer le moteur d’une vieille camionnette."


def test_the_method_says_which_set_is_asked(client):
    create_question_set(number=7)

    assert "Le jeu porte le numéro 7" in text(page(client, "/methode/"))
