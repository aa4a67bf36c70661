"""The text index forgives how a name is written, and marks what it understood."""

from io import StringIO

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from metiers.management.commands.bench_search import QUERIES
from metiers.search.index import TextIndex
from metiers.search.indexed import Absent, Document, Wish
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
ABSENTS = (
    Absent("vétérinaire", ("vétérinaire",), (2,)),
    Absent("secrétaire médicale", ("secrétaire médicale",), (3, 2)),
    Absent("cuisiniste", ("cuisiniste",), ()),
    Absent("chaudronnier", ("chaudronnier",), (1,)),
)
INDEX = TextIndex(DOCUMENTS.values(), WISHES, ABSENTS)


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


@pytest.mark.parametrize(
    "text",
    ["ne pas travailler la nuit", "je ne veux vraiment pas bosser la nuit", "jamais la nuit"],
)
def test_a_refusal_reaches_across_words_that_say_nothing(text):
    assert found(text) == ["soudeur", "secretaire"]


@pytest.mark.parametrize("text", ["pas le bruit, la nuit", "pas le bruit mais la nuit"])
def test_a_refusal_ends_with_what_it_refuses(text):
    assert found(text) == ["cuisinier", "aide-soignant"]


def test_a_refused_word_that_is_no_wish_says_nothing():
    assert found("cuisinier sans chalumeau") == found("cuisinier")
    assert not INDEX.find("pas de chalumeau").understood


def test_a_phrase_takes_the_negation_that_it_holds():
    assert [wish.key for wish in INDEX.find("pas d’études, la nuit").wishes] == ["court", "nuit"]


@pytest.mark.parametrize(
    "text, read",
    [
        ("4 000 €", ("4000", "euros")),
        ("je sais pas dehors", ("dehors",)),
        ("aucune idée", ()),
        ("je n’étudie plus", ("etudie", "pas")),
        ("trois ans de plus", ("trois", "ans", "plus")),
    ],
)
def test_a_query_is_read_as_it_is_meant(text, read):
    assert Query.read(text).words == read


def test_a_metier_named_stays_whatever_rarer_word_stands_beside():
    assert found("cuisinier chalumeau meule") == ["cuisinier", "soudeur"]


@pytest.mark.parametrize("text", ["vétérinaire", "veterinère", "devenir vétérinaire"])
def test_a_metier_without_a_fiche_is_named_with_those_near(text):
    assert INDEX.find(text).absent == "vétérinaire"
    assert found(text) == ["aide-soignant"]


def test_a_longer_name_goes_before_a_shorter_one():
    assert INDEX.find("secrétaire médicale").absent == "secrétaire médicale"
    assert INDEX.find("secrétaire de direction").absent == ""


def test_a_name_that_a_fiche_bears_is_not_absent():
    assert INDEX.find("chaudronnier").absent == ""
    assert found("chaudronnier") == ["soudeur"]


def test_an_absent_name_is_not_taken_for_a_word_of_its_family():
    assert INDEX.find("cuisine").absent == ""


def test_an_exact_sound_comes_before_keystrokes():
    index = TextIndex([Document(("maçon",), (), ()), Document(("maison",), (), ())])

    assert index.find("masson").corrections == [("masson", "maçon")]


def test_a_spelling_comes_before_a_family():
    index = TextIndex([Document(("comptable",), (), ()), Document(("comptoir",), (), ())])

    assert index.find("comptabel").corrections == [("comptabel", "comptable")]


@pytest.mark.parametrize("text", ["secretariat", "souris", "cuisse", "serveur"])
def test_a_word_that_everybody_knows_is_not_corrected(text):
    assert INDEX.find(text).corrections == []


@pytest.mark.parametrize("text", ["cui", "so", "12", "12345"])
def test_a_short_beginning_or_a_number_finds_nothing(text):
    assert found(text) == []
    assert INDEX.find(text).understood


def test_a_word_like_others_while_typed_is_not_dropped():
    index = TextIndex([Document(("maçon",), (), ()), Document(("médecin",), (), ())])

    assert index.find("ma", typing=True).best(2).tolist() == [0]
    assert index.find("mé", typing=True).best(2).tolist() == [1]
    assert not index.find("ma").found.any()


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
