from datetime import date, time
from decimal import Decimal

import pytest

from careerguide.french import both, is_singular, of, the
from careerguide.templatetags.french import accord, capfirst_fr, day, euros, hour, number, pair


@pytest.mark.parametrize(
    "name, expected",
    [
        ("infirmier", "d’infirmier"),
        ("Architecte", "d’Architecte"),
        ("électricien", "d’électricien"),
        ("Éducatrice", "d’Éducatrice"),
        ("œnologue", "d’œnologue"),
        ("ouvrier", "d’ouvrier"),
        ("urbaniste", "d’urbaniste"),
        ("hôtelier", "d’hôtelier"),
        ("horloger", "d’horloger"),
        ("huissier", "d’huissier"),
        ("herboriste", "d’herboriste"),
        ("ypérois", "d’ypérois"),
        ("graphiste", "de graphiste"),
        ("handballeur", "de handballeur"),
        ("hacker éthique", "de hacker éthique"),
        ("harpiste", "de harpiste"),
        ("hockeyeuse", "de hockeyeuse"),
        ("yachtman", "de yachtman"),
        ("youtubeuse", "de youtubeuse"),
        ("onzième violon", "de onzième violon"),
        ("UX designer", "de UX designer"),
        ("UI designer", "de UI designer"),
    ],
)
def test_of_elides_before_a_vowel_that_is_heard(name, expected):
    assert of(name) == expected


@pytest.mark.parametrize(
    "name, feminine, expected",
    [
        ("graphiste", False, "le graphiste"),
        ("graphiste", True, "la graphiste"),
        ("infirmier", False, "l’infirmier"),
        ("infirmière", True, "l’infirmière"),
        ("hôtesse", True, "l’hôtesse"),
        ("harpiste", False, "le harpiste"),
        ("harpiste", True, "la harpiste"),
    ],
)
def test_the_agrees_and_elides(name, feminine, expected):
    assert the(name, feminine=feminine) == expected


def test_both_says_a_common_word_once():
    assert both("comptable", "comptable") == "comptable"
    assert both("acteur", "actrice") == "acteur, actrice"
    assert both("acteur", "actrice", separator=" ou ") == "acteur ou actrice"


@pytest.mark.parametrize(
    "count, expected",
    [(0, True), (1, True), (1.5, True), (-1, True), (1.99, True), (2, False), (-2, False)],
)
def test_a_count_is_singular_below_two(count, expected):
    assert is_singular(count) == expected


@pytest.mark.parametrize("count, expected", [(0, "métier"), (1, "métier"), (2, "métiers")])
def test_zero_is_singular_on_the_screen(count, expected):
    assert accord(count, "métier,métiers") == expected


@pytest.mark.parametrize(
    "value, expected",
    [
        (0, "0"),
        (999, "999"),
        (3728, "3\u202f728"),
        (206444, "206\u202f444"),
        (1234567, "1\u202f234\u202f567"),
        (13.5, "13,5"),
        (Decimal("13.50"), "13,5"),
        (Decimal("13.00"), "13"),
        (Decimal("2111.89000000"), "2\u202f111,89"),
        (100, "100"),
        (Decimal("100.00"), "100"),
    ],
)
def test_a_number_has_french_separators_and_no_idle_zero(value, expected):
    assert number(value) == expected


def test_euros_stay_beside_their_amount():
    assert euros(3728) == "3\u202f728\u00a0€"


@pytest.mark.parametrize(
    "value, expected",
    [
        (time(8, 0), "8\u00a0h"),
        (time(9, 30), "9\u00a0h\u00a030"),
        (time(0, 5), "0\u00a0h\u00a005"),
    ],
)
def test_an_hour_is_said_as_one_says_it(value, expected):
    assert hour(value) == expected


@pytest.mark.parametrize(
    "value, expected",
    [
        (date(2026, 12, 1), "1er décembre 2026"),
        (date(2026, 12, 2), "2 décembre 2026"),
        (date(2026, 12, 11), "11 décembre 2026"),
    ],
)
def test_only_the_first_of_a_month_is_an_ordinal(value, expected):
    assert day(value) == expected


@pytest.mark.parametrize(
    "value, expected",
    [("électricien", "Électricien"), ("UX designer", "UX designer"), ("", "")],
)
def test_a_capital_changes_nothing_else(value, expected):
    assert capfirst_fr(value) == expected


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f"])
def test_a_line_is_cut_at_its_first_colon(space):
    assert pair(f"Mesure{space}: mètre : laser") == {"head": "Mesure", "tail": "mètre : laser"}


def test_a_line_without_colon_has_no_head():
    assert pair("De 8:00 à 9:30") == {"head": "", "tail": "De 8:00 à 9:30"}
