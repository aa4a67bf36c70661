"""The text index forgives how a name is written, and marks what it understood."""

from io import StringIO

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from metiers.management.commands.bench_search import QUERIES
from metiers.search.index import Document, TextIndex, Wish
from metiers.search.marking import mark
from metiers.search.query import LONGEST_QUERY, Query, clean

DOCUMENTS = {
    "soudeur": Document(
        ("soudeur", "soudeuse"),
        ("chaudronnier", "TIG"),
        ((2, "Souder une tuyauterie au chalumeau"), (1, "Le bruit de la meule")),
    ),
    "cuisinier": Document(
        ("cuisinier", "cuisinière"), ("commis de cuisine",), ((2, "Émincer, saisir, dresser"),)
    ),
    "aide-soignant": Document(
        ("aide-soignant", "aide-soignante"), (), ((2, "Laver, habiller, lever un résident"),)
    ),
    "secretaire": Document(
        ("secrétaire de direction", "secrétaire de direction"),
        ("assistante",),
        ((2, "Ranger des dossiers de soudeurs"),),
    ),
}
KEYS = list(DOCUMENTS)
WISHES = (
    Wish("critere", "nuit", "La nuit", ("la nuit", "travail de nuit"), frozenset({1, 2})),
    Wish("critere", "court", "Études courtes", ("études courtes", "sans études"), frozenset({0})),
)
INDEX = TextIndex(DOCUMENTS.values(), WISHES)


def found(text, **options):
    return [KEYS[number] for number in INDEX.find(text, **options).best(len(KEYS))]


@pytest.mark.parametrize(
    "text",
    [
        "cuisinier",
        "cuisinière",
        "cuisinieres",
        "CUISINIÈRE",
        "cuisinnier",
        "cuizinier",
        "kuisinier",
        "cuisnier",
        "comment devenir cuisinier",
        "métier de cuisinière",
        "études de cuisinier",
        "l’cuisinier",
        "commis cuisine",
        "cuisine commis",
    ],
)
def test_a_name_is_found_first_however_it_is_written(text):
    assert found(text)[0] == "cuisinier"


@pytest.mark.parametrize(
    "text", ["aide soignant", "aide-soignante", "aidesoignant", "soignant aide", "aides-soignants"]
)
def test_words_may_be_split_glued_or_turned(text):
    assert found(text)[0] == "aide-soignant"


def test_a_name_weighs_more_than_the_same_word_in_a_text():
    assert found("soudeur") == ["soudeur", "secretaire"]


def test_a_word_of_the_missions_is_found():
    assert found("chalumeau") == ["soudeur"]


def test_a_short_acronym_is_found_whole_only():
    assert found("TIG") == ["soudeur"]
    assert found("TAG") == []


@pytest.mark.parametrize("text", ["qsdfgh", "xyzzy", "!!!", "😀", ""])
def test_nonsense_finds_nothing(text):
    assert found(text) == []


def test_a_word_that_is_not_known_is_named_beside_what_is_found():
    hits = INDEX.find("soudeur zorglub")

    assert [KEYS[number] for number in hits.best(1)] == ["soudeur"]
    assert hits.unknown == ["zorglub"]


def test_a_typing_error_says_what_was_understood():
    assert INDEX.find("cuisinnière").corrections == [("cuisinnière", "cuisinière")]
    assert INDEX.find("cuisinière").corrections == []


def test_a_wish_finds_those_that_share_it():
    assert found("la nuit") == ["cuisinier", "aide-soignant"]
    assert [wish.key for wish in INDEX.find("nuit").wishes] == ["nuit"]


def test_a_refused_wish_finds_the_others():
    assert found("sans nuit") == ["soudeur", "secretaire"]


def test_a_wish_that_is_a_refusal_is_one_wish():
    assert found("sans études")[0] == "soudeur"
    assert [wish.key for wish in INDEX.find("sans études").wishes] == ["court"]


def test_while_typing_the_last_word_may_be_a_beginning():
    assert found("cu", typing=True) == ["cuisinier"]
    assert found("cu") == []


@pytest.mark.parametrize("text", ["un métier", "je cherche un travail", "emploi"])
def test_a_query_that_says_nothing_is_not_understood(text):
    assert not INDEX.find(text).understood


@given(st.permutations(["commis", "de", "cuisine", "nuit"]))
def test_the_order_of_the_words_does_not_matter(words):
    assert found(" ".join(words)) == found("commis de cuisine nuit")


@given(st.text(max_size=300))
def test_any_text_gives_scores_that_are_numbers(text):
    hits = INDEX.find(text)

    assert hits.score.shape == (len(KEYS),)
    assert (hits.score >= 0).all()


@given(st.text(max_size=2_000))
def test_only_the_beginning_of_a_long_query_is_read(text):
    assert Query.read(text) == Query.read(text[:LONGEST_QUERY])
    assert len(clean(text)) <= LONGEST_QUERY
    assert clean(text).isprintable()


@pytest.mark.parametrize(
    "text, words, marked",
    [
        ("Tirer les câbles", {"cables"}, "Tirer les <mark>câbles</mark>"),
        ("Un œuvre d’art", {"oeuvre"}, "Un <mark>œuvre</mark> d’art"),
        ("<b> & câble", {"cable"}, "&lt;b&gt; &amp; <mark>câble</mark>"),
        ("des câblages", {"cable"}, "des câblages"),
        ("rien", set(), "rien"),
    ],
)
def test_a_found_word_is_marked_where_it_stands(text, words, marked):
    assert mark(text, words) == marked


@given(st.text(), st.sets(st.text(min_size=1), max_size=3))
def test_marking_adds_marks_and_nothing_else(text, words):
    html = mark(text, words)

    plain = html.replace("<mark>", "").replace("</mark>", "")
    assert plain == mark(text, set())


def test_the_search_bench_times_each_query_at_each_size():
    out = StringIO()

    call_command("bench_search", "--repeats", "1", "--sizes", "3", "30", stdout=out)

    head, *rows = out.getvalue().splitlines()
    assert head.split() == ["métiers", "3", "30"]
    assert len(rows) == len(QUERIES)
    assert all(float(row.split()[-1]) > 0 for row in rows)


def test_a_phrase_of_idle_words_is_known_in_its_order_only():
    wish = Wish("secteur", "bien-etre", "Bien-être", ("bien-être",), frozenset({0}))
    index = TextIndex(DOCUMENTS.values(), [wish])

    assert index.find("bien être").wishes == [wish]
    assert not index.find("être bien payé").understood
