import pytest

from metiers.glossary import Glossary
from tests.factories import create_metier, create_term

CESS = '<a class="term" href="/glossaire/#cess">CESS</a>'


def test_the_first_use_of_a_word_leads_to_its_definition():
    glossary = Glossary({"CESS": "cess"})

    assert glossary.link("Le CESS, oui, le CESS.") == f"Le {CESS}, oui, le CESS."


def test_a_word_already_linked_stays_plain_in_what_follows():
    glossary = Glossary({"CESS": "cess", "le certificat": "cess"})
    glossary.link("Le CESS.")

    assert glossary.link("Un CESS ou le certificat.") == "Un CESS ou le certificat."


def test_another_page_links_it_again():
    Glossary({"CESS": "cess"}).link("Le CESS.")

    assert Glossary({"CESS": "cess"}).link("CESS") == CESS


def test_the_longest_form_wins():
    glossary = Glossary({"bachelier": "bachelier", "bachelier de transition": "transition"})

    assert glossary.link("Un bachelier de transition, un bachelier.") == (
        'Un <a class="term" href="/glossaire/#transition">bachelier de transition</a>, '
        'un <a class="term" href="/glossaire/#bachelier">bachelier</a>.'
    )


@pytest.mark.parametrize("text", ["des CESSIONS", "un pré-CESS", "le CESS-bis", "le cess"])
def test_part_of_a_word_is_no_use_of_it(text):
    assert Glossary({"CESS": "cess"}).link(text) == text


@pytest.mark.parametrize("text", ["d’CESS", "(CESS)", "« CESS »", "CESS."])
def test_a_word_is_found_beside_punctuation(text):
    assert CESS in Glossary({"CESS": "cess"}).link(text)


def test_the_text_around_and_the_word_are_escaped():
    glossary = Glossary({"R&D": "r-d"})

    assert glossary.link("<b>R&D</b> & R&D") == (
        '&lt;b&gt;<a class="term" href="/glossaire/#r-d">R&amp;D</a>&lt;/b&gt; &amp; R&amp;D'
    )


def test_a_glossary_without_words_escapes_too():
    assert Glossary({}).link("<b>") == "&lt;b&gt;"


def test_signs_in_a_word_are_only_signs():
    assert Glossary({"C++ (langage)": "c"}).link("C+++ (langage)") == "C+++ (langage)"


@pytest.mark.django_db
def test_a_word_is_found_with_the_capital_of_a_sentence(django_assert_num_queries):
    create_term(term="alternance")

    with django_assert_num_queries(1):
        glossary = Glossary.load()

    assert glossary.link("Alternance !") == (
        '<a class="term" href="/glossaire/#alternance">Alternance</a> !'
    )


@pytest.mark.django_db
def test_the_page_defines_each_word_at_its_anchor(client, django_assert_num_queries):
    create_term(term="CESS", definition="Le certificat.")
    create_term(term="alternance", definition="École & entreprise.")

    with django_assert_num_queries(1):
        html = client.get("/glossaire/").content.decode()

    words = [html.index(f'id="{slug}"') for slug in ("alternance", "cess")]
    assert words == sorted(words)
    assert "<dd>École &amp; entreprise.</dd>" in html


@pytest.mark.django_db
def test_every_link_into_the_glossary_has_its_anchor(client, content):
    glossary = client.get("/glossaire/").content.decode()
    fiche = client.get("/metiers/infirmier/").content.decode()

    anchors = [part.partition('"')[0] for part in fiche.split('href="/glossaire/#')[1:]]
    assert len(anchors) == len(set(anchors))
    assert len(anchors) >= 3
    assert [anchor for anchor in anchors if f'id="{anchor}"' not in glossary] == []


@pytest.mark.django_db
def test_a_title_of_metier_is_no_place_for_a_link(client):
    create_term(term="Menuisier")
    create_metier(title="Menuisier")

    assert 'class="term"' not in client.get("/metiers/").content.decode()
