"""Texts are set as a French printer would set them."""

import re

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from careerguide.typography import NARROW, WIDE, typeset


def shown(text):
    return text.replace(WIDE, "_").replace(NARROW, "~")


@pytest.mark.parametrize(
    "typed, set_right",
    [
        ("l'os", "l’os"),
        ("et puis...", "et puis…"),
        ('dit "oui" et part', "dit «_oui_» et part"),
        ("dit «oui»", "dit «_oui_»"),
        ("dit « oui »", "dit «_oui_»"),
        ("Tu viens ?", "Tu viens~?"),
        ("Tu viens?", "Tu viens~?"),
        ("trois ; quatre", "trois~; quatre"),
        ("Outils : scie", "Outils_: scie"),
        ("à 8:30", "à 8:30"),
        ("3 728 €", "3~728_€"),
        ("3728 €", "3~728_€"),
        ("1234567 €", "1~234~567_€"),
        ("en 2025", "en 2025"),
        ("la CP 124 et 149.01", "la CP 124 et 149.01"),
        ("20 % des gens", "20_% des gens"),
        ("50% de plus, 7,5%.", "50_% de plus, 7,5_%."),
        ("/a%20b/", "/a%20b/"),
        ("à 7 h 30", "à 7_h 30"),
        ("2 hommes", "2 hommes"),
        ("des oeufs, un coeur, la main-d'oeuvre", "des œufs, un cœur, la main-d’œuvre"),
        ("la coexistence, un poète", "la coexistence, un poète"),
        ("A la fin, Ecole et Etat.", "À la fin, École et État."),
        ("deux  espaces , et un point .", "deux espaces, et un point."),
    ],
)
def test_a_text_is_set(typed, set_right):
    assert shown(typeset(typed)) == set_right


@given(st.text(alphabet="aeoE '\".,;:!?«»0123456789€%h…’\u00a0\u202f\n", max_size=40))
def test_setting_twice_changes_nothing_more(text):
    once = typeset(text)

    assert typeset(once) == once


TAGS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", re.DOTALL)
TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_no_line_of_a_page_begins_with_a_sign(path):
    """A space that doesn't break stands before « : ; ? ! » », and after « « »."""
    words = TAGS.sub("x", path.read_text(encoding="utf-8"))

    assert re.findall(r"\S+ [:;?!»](?=\s|$)|« \S+", words) == []
