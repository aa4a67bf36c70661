"""A sheet as people and spreadsheets write it: read as it was meant, or refused by its place."""

import datetime

import pytest

from desk.spreadsheets.cells import Choice
from metiers.models import Demand, Figure, Metier, Region, School
from tests.desk.bringing import (
    FIGURES,
    SCHOOLS,
    bring,
    bring_and_write,
    csv,
    plan_of,
    workbook,
)
from tests.factories import create_school

HEADERS = ["metier", "label", "scope", "value", "note"]


@pytest.fixture
def figure(content):
    return Metier.objects.get(slug="infirmier").figures.order_by("position")[0]


def text_of(*rows, separator=",", end="\n"):
    return "".join(separator.join(row) + end for row in rows)


NOTES = (("metier", "region", "note"), ("infirmier", "wallonia", "Été à Liège"))


def note():
    return Demand.objects.get(
        metier__slug="infirmier", metier__draft_of=None, region="wallonia"
    ).note


@pytest.mark.parametrize(
    "data",
    [
        text_of(*NOTES).encode(),
        text_of(*NOTES).encode("utf-8-sig"),
        text_of(*NOTES).encode("cp1252"),
        text_of(*NOTES, separator="\t").encode("utf-16"),
        text_of(*NOTES, separator=";").encode(),
        text_of(*NOTES, separator=";", end="\r\n").encode("cp1252"),
        ("sep=;\r\n" + text_of(*NOTES, separator=";", end="\r\n")).encode(),
        text_of(("Metier ", " REGION", "note", ""), (*NOTES[1], "")).encode(),
        text_of(*NOTES).replace("Été à Liège", "  Été à Liège ").encode(),
        text_of(*NOTES).replace("é", "e\u0301").encode(),
        ("\n" + text_of(*NOTES)).lstrip("\n").replace("\ninf", "\n\n,,\ninf").encode(),
    ],
    ids=[
        "utf-8",
        "bom",
        "cp1252",
        "utf-16",
        ";",
        "excel",
        "sep=",
        "titles",
        "spaces",
        "nfd",
        "blank",
    ],
)
def test_a_csv_is_read_as_it_was_meant(signed_in, data):
    bring_and_write(signed_in, data, name="NOTES.CSV", kind="")

    assert note() == "Été à Liège"


def test_a_workbook_is_known_by_its_content_whatever_its_name(signed_in):
    data = workbook(NOTES[1], headers=list(NOTES[0]))

    bring_and_write(signed_in, data, name="NOTES.XLSX", kind="")

    assert note() == "Été à Liège"


def test_accents_read_as_those_of_windows_are_told(signed_in):
    told = bring(signed_in, text_of(*NOTES).encode("cp1252"))

    assert "vérifie-les" in told.content.decode()


@pytest.mark.parametrize(
    "data, fault",
    [
        (text_of(*NOTES).encode("mac_roman"), "Ligne 2\u00a0: «\u00a0ƒ\u00a0» n’est pas ce qui"),
        (text_of(*NOTES).encode("cp850"), "Ligne 2\u00a0: «\u00a0�\u00a0» n’est pas ce qui"),
        (text_of(*NOTES).encode("utf-16")[:-1], "Ce fichier est coupé"),
        (text_of(NOTES[1], NOTES[1]).encode(), "La première ligne ne nomme aucune colonne"),
        (text_of(("metier", "note"), ("infirmier", "x")).encode(), "Il manque ce qui nomme"),
        (
            text_of((*NOTES[0], "ailleurs"), (*NOTES[1], "")).encode(),
            "«\u00a0ailleurs\u00a0» (D)",
        ),
        (text_of((*NOTES[0], "note"), (*NOTES[1], "x")).encode(), "plusieurs fois\u00a0: C, D"),
        (text_of(NOTES[0], (*NOTES[1], "x")).encode(), "Ligne 2, colonne D\u00a0: une valeur sous"),
        (text_of(NOTES[0], NOTES[1][:2]).encode(), "Ligne 2\u00a0: 2 cellules pour 3 colonnes"),
        (text_of(NOTES[0], ("a", "b", '"c')).encode(), "Ligne 2\u00a0: un guillemet"),
        (text_of(NOTES[0], ("a", "b", '"c"d')).encode(), "Ligne 2\u00a0: un guillemet"),
        (text_of(NOTES[0], ("a", "b", "c" * 140_000)).encode(), "Ligne 2\u00a0"),
        (text_of(NOTES[0]).encode(), "aucune ligne sous les titres"),
        (b"\n\n", "La première ligne ne nomme aucune colonne"),
        (b"PK\x05\x06" + bytes(18), "Ce classeur est abîmé"),
    ],
)
def test_a_sheet_that_cannot_be_right_is_refused_whole(signed_in, data, fault):
    response = bring(signed_in, data, kind="")

    assert fault in " ".join(response.context["faults"])
    assert response.context["confirm_form"] is None


def figures(figure, *cells, columns=("value",)):
    row = ("infirmier", figure.label, figure.scope, *cells)
    return csv(row, headers=["metier", "label", "scope", *columns])


@pytest.mark.parametrize(
    "typed, value",
    [
        ("35 000", "35000"),
        ("35\u00a0000", "35000"),
        ("35\u202f000", "35000"),
        ("1 234 567,5", "1234567.5"),
        ("2443,50", "2443.5"),
        ("2443.50", "2443.5"),
        ("−12", "-12"),
        (" 7 ", "7"),
    ],
)
def test_a_number_is_read_as_typed(signed_in, figure, typed, value):
    Figure.objects.filter(pk=figure.pk).update(value_max=None)

    bring_and_write(signed_in, figures(figure, typed), address=FIGURES)

    figure.refresh_from_db()
    assert figure.value == figure._meta.get_field("value").to_python(value)


@pytest.mark.parametrize(
    "typed, fault",
    [
        ("35.000", "«\u00a035.000\u00a0» se lit de deux façons\u00a0: écris 35000"),
        ("35,000", "«\u00a035,000\u00a0» se lit de deux façons"),
        ("1.234,56", "n’est pas un nombre"),
        ("3 5 0", "n’est pas un nombre"),
        ("35 000 €", "n’est pas un nombre"),
        ("12 %", "écris le nombre, et «\u00a0%\u00a0» comme unité"),
        ("2,06E+05", "n’est pas un nombre"),
        ("1_000", "n’est pas un nombre"),
        ("٣٥", "n’est pas un nombre"),
        ("NaN", "n’est pas un nombre"),
        ("20/11/2026", "n’est pas un nombre"),
        ("#N/A", "est une erreur du tableur"),
        ("1,255", "se lit de deux façons"),
        ("0,125", "2 chiffres"),
        ("", "Vide, alors qu’il faut une valeur."),
        ("9" * 12, "chiffres"),
        ("9" * 13, "n’est pas un nombre"),
    ],
)
def test_a_number_that_is_unsure_is_refused_by_its_place(signed_in, figure, typed, fault):
    response = bring(signed_in, figures(figure, typed), address=FIGURES)

    [(line, place, sentence)] = response.context["plan"].faults
    assert (line, place) == (2, "colonne D (value)")
    assert fault in sentence
    assert (
        f"Ligne 2, colonne D (value)\u00a0: {sentence}".split("«")[0] in response.content.decode()
    )


@pytest.mark.parametrize(
    "typed, is_estimate",
    [("VRAI", True), ("oui", True), ("1", True), ("Faux", False), ("non", False)],
)
def test_a_yes_is_read_in_french(signed_in, figure, typed, is_estimate):
    Figure.objects.filter(pk=figure.pk).update(is_estimate=not is_estimate)

    data = figures(figure, typed, columns=["is_estimate"])
    bring_and_write(signed_in, data, address=FIGURES)

    figure.refresh_from_db()
    assert figure.is_estimate == is_estimate


@pytest.mark.parametrize(
    "typed, fault",
    [
        ("", "Vide\u00a0: cette colonne demande oui ou non."),
        ("peut-être", "«\u00a0peut-être\u00a0»\u00a0: écris oui ou non."),
        ("x", "«\u00a0x\u00a0»\u00a0: écris oui ou non."),
    ],
)
def test_what_is_neither_yes_nor_no_is_refused(signed_in, figure, typed, fault):
    response = bring(signed_in, figures(figure, typed, columns=["is_estimate"]), address=FIGURES)

    assert plan_of(response)[0] == [(2, "colonne D (is_estimate)", fault)]


@pytest.mark.parametrize(
    "cell, shape, fault",
    [
        (0.12, "0%", "C’est un pourcentage"),
        (datetime.date(2026, 11, 20), None, "C’est une date"),
        (datetime.time(8, 30), None, "C’est une date"),
        (datetime.timedelta(hours=30), None, "C’est une date"),
        ("#REF!", None, "«\u00a0#REF!\u00a0» est une erreur du tableur"),
        ("=1+1", None, "est une formule"),
        (True, None, "n’est pas un nombre"),
    ],
)
def test_a_cell_of_a_workbook_that_is_no_number_is_refused(signed_in, figure, cell, shape, fault):
    row = ("infirmier", figure.label, figure.scope, cell)
    data = workbook(row, headers=["metier", "label", "scope", "value"], shapes={"D2": shape})

    response = bring(signed_in, data, address=FIGURES, kind="")

    [(line, place, sentence)] = response.context["plan"].faults
    assert (line, place) == (2, "colonne D (value)")
    assert fault in sentence


def test_a_number_of_a_workbook_is_the_one_that_it_shows(signed_in, figure):
    Figure.objects.filter(pk=figure.pk).update(value_max=None)
    row = ("infirmier", figure.label, figure.scope, 2443.4999999999995)
    data = workbook(row, headers=["metier", "label", "scope", "value"])

    bring_and_write(signed_in, data, address=FIGURES, kind="")

    figure.refresh_from_db()
    assert str(figure.value) == "2443.50"


def test_a_title_missing_amid_a_workbook_moves_no_cell(signed_in):
    data = workbook(
        ("infirmier", None, "wallonia", "Été"), headers=["metier", None, "region", "note"]
    )
    stray = workbook(
        ("infirmier", "x", "wallonia", "Été"), headers=["metier", None, "region", "note"]
    )

    refused = bring(signed_in, stray, kind="")
    bring_and_write(signed_in, data, kind="")

    assert refused.context["faults"] == ("Ligne 2, colonne B\u00a0: une valeur sous aucun titre.",)
    assert note() == "Été"


def test_lines_are_counted_as_the_spreadsheet_counts_them(signed_in):
    rows = [(), (), ("infirmier", "wallonia", "x"), (), ("dompteur", "wallonia", "x")]
    data = workbook(*rows, headers=["metier", "region", "note"])

    response = bring(signed_in, data, kind="")

    assert [line for line, _, _ in response.context["plan"].faults] == [6]


def test_a_row_after_many_blank_lines_is_not_lost(signed_in):
    rows = [*[()] * 2_500, ("infirmier", "wallonia", "Tout en bas")]

    bring_and_write(signed_in, workbook(*rows, headers=list(NOTES[0])), kind="")

    assert note() == "Tout en bas"


def test_two_lines_of_one_name_are_refused(signed_in):
    rows = [("infirmier", "wallonia", "a"), ("infirmier", "brussels", "b")]

    response = bring(signed_in, csv(*rows, rows[0], headers=list(NOTES[0])))

    assert plan_of(response)[0] == [
        (4, "colonne B (region)", "La ligne 2 porte déjà ce nom\u00a0: une seule fois par feuille.")
    ]


def test_two_figures_of_one_name_are_changed_in_their_fiche(signed_in, figure):
    figure.pk = None
    figure.save()

    response = bring(signed_in, figures(figure, "5"), address=FIGURES)

    [(_, _, sentence)] = response.context["plan"].faults
    assert sentence.startswith("2 lignes du site portent ce nom")


def test_a_choice_that_is_none_lists_those_that_are(signed_in):
    row = ("infirmier", "wallonia", "bof")

    response = bring(signed_in, csv(row, headers=["metier", "region", "status"]))

    [(_, place, sentence)] = response.context["plan"].faults
    assert place == "colonne C (status)"
    assert "Permis\u00a0: «\u00a0En pénurie\u00a0», «\u00a0Fonction critique\u00a0», " in sentence


def test_a_text_with_what_nothing_shows_is_refused(signed_in):
    row = ("infirmier", "wallonia", "a\x00b")

    response = bring(signed_in, csv(row, headers=list(NOTES[0])))

    [(_, place, sentence)] = response.context["plan"].faults
    assert (place, sentence) == (
        "colonne C (note)",
        "Un caractère que rien ne montre, ou illisible.",
    )


def test_a_number_in_a_column_of_text_is_written_as_shown(signed_in):
    data = workbook(("infirmier", "wallonia", 2026.0), headers=list(NOTES[0]))

    bring_and_write(signed_in, data, kind="")

    assert note() == "2026"


def test_another_sheet_of_the_workbook_is_told_to_be_unread(signed_in):
    told = bring(signed_in, workbook(NOTES[1], headers=list(NOTES[0]), others=["Bis"]), kind="")

    assert "Seule la feuille «\u00a0Sheet\u00a0» est lue." in told.content.decode()


def test_the_summary_speaks_french(signed_in):
    response = bring_and_write(signed_in, csv(NOTES[1], headers=list(NOTES[0])))

    said = [str(message) for message in response.context["messages"]]
    assert said == ["C’est importé\u00a0: 1 ligne changée."]


def test_nothing_new_has_no_confirmation(signed_in):
    row = ("infirmier", "wallonia", note())

    response = bring(signed_in, csv(row, headers=list(NOTES[0])))

    assert response.context["confirm_form"] is None
    assert "rien à importer" in response.content.decode()


def test_a_school_needs_what_the_model_needs(signed_in):
    headers = ["slug", "name", "kind", "place", "website"]
    row = ("pas un slug", "", "university", "Liège", "nulle part")

    response = bring(signed_in, csv(row, headers=headers), address=SCHOOLS)

    places = [place for _, place, _ in response.context["plan"].faults]
    assert places == ["colonne A (slug)", "colonne B (name)", "colonne E (website)"]
    assert not School.objects.filter(name="").exists()


@pytest.mark.parametrize("mark", [b"PK\x01\x02", b"PK\x03\x04"])
def test_a_damaged_workbook_is_refused_in_words(signed_in, mark):
    data = workbook(NOTES[1], headers=list(NOTES[0])).replace(mark, b"PK\x00\x00")

    response = bring(signed_in, data, kind="")

    assert "Ce classeur est abîmé" in response.content.decode()
    assert response.context["confirm_form"] is None


def test_a_choice_that_is_refused_is_not_repeated_whole(signed_in):
    row = ("infirmier", "wallonia", "z" * 900)

    response = bring(signed_in, csv(row, headers=["metier", "region", "status"]))

    [(_, _, sentence)] = response.context["plan"].faults
    assert sentence.startswith(
        f"«\u00a0{'z' * 40}\u00a0» n’en est pas. Permis\u00a0: «\u00a0En pénurie"
    )


def test_a_year_beyond_all_is_refused_in_human_figures(signed_in):
    row = ("infirmier", "wallonia", 10**11)

    response = bring(signed_in, csv(row, headers=["metier", "region", "year"]))

    [(_, place, sentence)] = response.context["plan"].faults
    assert (place, sentence) == (
        "colonne C (year)",
        "«\u00a0100000000000\u00a0» est démesuré\u00a0: 999\u202f999\u202f999 au plus.",
    )


@pytest.mark.parametrize("typed, slug", [(0, "0"), (2026.0, "2026"), (True, "vrai")])
def test_a_key_that_a_workbook_has_as_no_text_is_found(signed_in, typed, slug):
    create_school(name=slug)
    data = workbook((typed, "Après"), headers=["slug", "name"])

    bring_and_write(signed_in, data, kind="", address=SCHOOLS)

    assert School.objects.get(slug=slug).name == "Après"


@pytest.mark.parametrize("apostrophe", ["'", "’"])
def test_the_apostrophe_of_a_keyboard_is_that_of_the_screens(signed_in, figure, apostrophe):
    Figure.objects.filter(pk=figure.pk).update(value=1, value_max=None)
    titles = ["métier", "intitulé", "territoire", f"Jusqu{apostrophe}à"]
    row = ("infirmier", figure.label, figure.scope, "7")

    bring_and_write(signed_in, csv(row, headers=titles), address=FIGURES)

    figure.refresh_from_db()
    assert figure.value_max == 7
    assert Choice(Region.choices).read(f"à l{apostrophe}étranger") == Region.ABROAD
