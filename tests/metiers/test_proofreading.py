"""The proofreader finds each kind of fault, and nothing in what is right."""

import datetime
from dataclasses import replace
from io import StringIO

import pytest
import yaml
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from metiers.proofreading import proofread, rules
from metiers.proofreading.guiding import guide_of, norms
from metiers.proofreading.reading_ease import reading_ease, syllables
from metiers.proofreading.repeats import Memory
from metiers.proofreading.rules import Guide, Names, Norms, argues_the_reverse
from tests.factories import published_norms

GUIDE = Guide(
    oldest_year=2018,
    names=[Names("maçon", "maçonne")],
    published=frozenset({"soudeur"}),
    benchmarks=frozenset({3728.0}),
    oldest_source_year=2018,
    source_years={"acerta": 2025, "vieille": 2017, "sans-date": None},
    references={"7112": [(90, 20, 30, 10, 20, 60), (0, 0, 0, 0, 0, 0)]},
)


def fiche(**fields):
    return {
        "slug": "macon",
        "status": "published",
        "name_masculine": "maçon",
        "name_feminine": "maçonne",
        "short_name": "maçon·ne",
        "introduction": "Tu poses un bloc, tu tapes du manche, tu vérifies le niveau.",
        "similar": ["soudeur"],
        "figures": [],
        "demands": [],
        "belgian_facts": [],
        "salary": None,
        "sources": [],
        "isco_code": "7112",
        "interests": None,
    } | fields


def figure(**fields):
    return {"value": 2568, "value_max": None, "year": 2025, "source": "acerta"} | {
        "is_estimate": False,
        **fields,
    }


def faults(**fields):
    """(field, rule) of what is found in a fiche that would be right without these fields."""
    findings = proofread({"macon.yaml": fiche(**fields)}, {}, GUIDE)
    return [(finding.field, finding.rule) for finding in findings]


def test_a_good_fiche_has_no_fault():
    assert faults() == []


@pytest.mark.parametrize("text", ["Vous tirez", "pour vous", "vos mains", "votre câble"])
def test_vous_is_found(text):
    assert faults(tips=[text]) == [("tips[0]", "vous au lieu de tu")]


@pytest.mark.parametrize("text", ["un rendez-vous", "tu voussoies"])
def test_a_word_that_holds_vous_is_none(text):
    assert faults(tips=[text]) == []


@pytest.mark.parametrize(
    "text", ["le métier idéal", "objectivement", "un emploi garanti", "un bon taux d’insertion"]
)
def test_a_promise_is_found(text):
    assert faults(tips=[text]) == [("tips[0]", "promesse")]


def test_the_legal_minimum_is_no_promise():
    assert faults(tips=["le revenu minimum garanti"]) == []


def test_a_straight_apostrophe_is_found_in_a_list_too():
    lists = {"areas.yaml": [{"slug": "a", "name": "Val d'Or"}]}

    [finding] = proofread({}, lists, GUIDE)

    assert (finding.file, finding.field, finding.rule) == ("areas.yaml", "[0].name", "typographie")


@pytest.mark.parametrize(
    "text, found",
    [
        (
            "Ici, garde bien l'appareil allumé",
            "garde bien l'appareil allumé → garde bien l’appareil allumé",
        ),
        ("Et donc, tu gagnes 3 728 € par mois", "donc, tu gagnes 3 728 € par mois, une espace"),
    ],
)
def test_what_is_badly_set_is_said_in_whole_words(text, found):
    lists = {"areas.yaml": [{"slug": "a", "name": text}]}

    assert [finding.found for finding in proofread({}, lists, GUIDE)] == [found]


@pytest.mark.parametrize("key", ["slug", "rome_code", "regulation_url", "synonyms"])
def test_what_only_programs_read_is_left_alone(key):
    assert faults(**{key: "d'un"}) == []


@pytest.mark.parametrize(
    "field, text",
    [
        ("missions", ["m" * 101]),
        ("introduction", " ".join(["bloc"] * 41)),
    ],
)
def test_what_is_too_long_to_read_is_found(field, text):
    assert [rule for _, rule in faults(**{field: text})] == ["trop long à lire"]


@pytest.mark.parametrize(
    "fields, place",
    [
        ({"name_feminine": ""}, "name_feminine"),
        ({"short_name": "maçon"}, "short_name"),
        ({"regulation": "Les maçons s’inscrivent."}, "regulation"),
        ({"faq": [{"question": "Q", "answer": "Un maçon le peut."}]}, "faq[0].answer"),
    ],
)
def test_a_missing_gender_is_found(fields, place):
    assert faults(**fields) == [(place, "un seul genre")]


@pytest.mark.parametrize(
    "text",
    [
        "Maçons et maçonnes.",
        "Le ou la maçon·ne.",
        "La maçonnerie.",
        "Le titre «\u00a0maçon qualifié\u00a0».",
    ],
)
def test_both_genders_are_found_in_order(text):
    assert faults(regulation=text) == []


@pytest.mark.parametrize(
    "fields",
    [{"source": None}, {"year": None}, {"is_estimate": True}],
)
def test_an_amount_has_a_source_or_is_an_estimate(fields):
    assert faults(figures=[figure(**fields)]) == [("figures[0]", "chiffre sans source")]


@pytest.mark.parametrize("fields", [{}, {"source": None, "is_estimate": True}])
def test_a_sourced_amount_and_an_estimate_are_right(fields):
    assert faults(figures=[figure(**fields)]) == []


@pytest.mark.parametrize(
    "amount, is_known",
    [("2 568 €", True), ("3 728 €", True), ("2 600 €", False), ("12,5 %", False)],
)
def test_an_amount_in_the_prose_stands_among_the_figures(amount, is_known):
    amount = amount.replace(" €", "\u00a0€").replace(" %", "\u00a0%").replace(" ", "\u202f")

    found = faults(figures=[figure()], tips=[f"Compte {amount} brut."])

    assert found == ([] if is_known else [("tips[0]", "chiffre sans source")])


def test_an_amount_of_a_fact_with_its_year_explains_the_prose():
    fact = {"text": "Le quart, 25\u00a0%.", "year": 2024, "source": "forem"}

    assert faults(belgian_facts=[fact], tips=["Un sur quatre, 25\u00a0%."]) == []
    assert faults(belgian_facts=[fact | {"year": None}]) == [
        ("belgian_facts[0]", "chiffre sans source")
    ]


@pytest.mark.parametrize("year, is_old", [(2017, True), (2018, False)])
def test_a_year_too_old_is_found(year, is_old):
    assert faults(figures=[figure(year=year)]) == (
        [("figures[0]", "année dépassée")] if is_old else []
    )


@pytest.mark.parametrize(
    "text, year, is_old",
    [
        ("Un infirmier gagne 99\u00a0€.", 1950, True),
        ("Un infirmier gagne 99\u00a0€.", 2018, False),
        ("Depuis la loi du 7\u00a0décembre 1998, il y a une seule police.", 1998, False),
    ],
)
def test_an_amount_of_an_old_fact_is_found(text, year, is_old):
    fact = {"text": text, "year": year, "source": "acerta"}

    assert faults(belgian_facts=[fact]) == (
        [("belgian_facts[0]", "année dépassée")] if is_old else []
    )


def in_days(count):
    return None if count is None else timezone.localdate() + datetime.timedelta(count)


@pytest.mark.parametrize(
    "published_at, withdrawn_at, is_read",
    [
        (-1, None, True),
        (0, None, True),
        (1, None, False),
        (-1, 1, True),
        (-1, 0, False),
    ],
)
def test_a_neighbour_is_read_from_its_day_until_that_of_its_withdrawal(
    published_at, withdrawn_at, is_read
):
    days = {"published_at": in_days(published_at), "withdrawn_at": in_days(withdrawn_at)}

    guide = guide_of([fiche(**days)], [], [])

    assert guide.published == ({"macon"} if is_read else set())


def test_a_neighbour_that_is_not_published_is_found():
    assert faults(similar=["fantome"]) == [("similar[0]", "lien mort")]
    assert faults(similar=["fantome"], status="draft") == []


def test_a_sentence_that_stands_in_two_fiches_is_found():
    said = "Le soir, tu ranges ton sac et tu rentres chez toi."
    nearly = "Le soir, tu ranges ton sac et tu retournes chez toi."
    fiches = {
        "a.yaml": fiche(introduction=said),
        "b.yaml": fiche(introduction=f"Tu soudes. {nearly}"),
        "c.yaml": fiche(introduction="La nuit, la presse tourne encore et l’équipe se relaie."),
    }

    [finding] = proofread(fiches, {}, GUIDE)

    assert (finding.file, finding.field) == ("b.yaml", "introduction")
    assert finding.rule == "déjà dans a.yaml, introduction"
    assert finding.found == nearly


def test_a_sentence_said_twice_in_one_fiche_is_found():
    said = "Tu poses un bloc, tu tapes du manche, tu vérifies le niveau."

    assert faults(tips=[said]) == [("tips[0]", "déjà dans macon.yaml, introduction")]


def check(*args):
    out = StringIO()
    call_command("check_content", *args, stdout=out)
    return out.getvalue()


def test_the_content_of_the_guide_has_no_fault():
    assert "rien à dire" in check(settings.CONTENT_DIR)


def test_the_command_names_what_it_finds_and_fails(tmp_path):
    write_area(tmp_path, "Val d'Or")

    with pytest.raises(CommandError, match="1 choses à corriger"):
        check(tmp_path)


def test_fix_sets_the_typography_right(tmp_path):
    path = write_area(tmp_path, "Val d'Or")

    check(tmp_path, "--fix")

    assert yaml.safe_load(path.read_text(encoding="utf-8"))[0]["name"] == "Val d’Or"


def write_area(folder, name):
    path = folder / "areas.yaml"
    area = {"slug": "val-d-or", "name": name, "region": "wallonia"}
    path.write_text(yaml.safe_dump([area], allow_unicode=True), encoding="utf-8")
    return path


@pytest.mark.parametrize("source, found", [("vieille", True), ("sans-date", False)])
def test_an_old_source_is_found(source, found):
    rule = [("figures[0]", "source dépassée")] if found else []

    assert faults(figures=[figure(source=source)]) == rule


def test_an_old_source_of_the_fiche_itself_is_found():
    assert faults(sources=["acerta", "vieille"]) == [("sources[1]", "source dépassée")]


def interests(*values, evidence="La preuve."):
    one = {"evidence": evidence, "block": "missions"}
    return {letter: one | {"value": x} for letter, x in zip("RIASEC", values, strict=True)}


def test_interests_are_held_against_the_nearest_reference():
    assert faults(interests=interests(90, 46, 30, 10, 45, 60)) == [
        ("interests.I.value", "loin de la mesure O*NET")
    ]


def test_interests_without_a_reference_stray_from_nothing():
    assert faults(interests=interests(0, 100, 100, 100, 100, 0), isco_code="9999") == []


def test_a_value_without_evidence_is_found():
    data = interests(90, 20, 30, 10, 20, 60) | {"S": {"value": 10, "evidence": None, "block": None}}

    assert faults(interests=data) == [("interests.S", "intérêt sans preuve")]


NORMS = Norms((50, 50, 50, 50, 50, 50), (20, 20, 20, 20, 20, 20))


@pytest.mark.parametrize(
    "value, is_low, is_found",
    [
        *[(57, True, True), (56, True, False), (50, True, False), (43, True, False)],
        *[(57, False, False), (44, False, False), (43, False, True), (None, True, False)],
    ],
)
def test_a_sentence_that_argues_the_reverse_is_found(value, is_low, is_found):
    low = {"is_low": True} if is_low else {}
    one = {"value": value, "evidence": "La preuve.", "block": "missions"} | low

    found = [place for place, _ in argues_the_reverse(fiche(interests={"S": one}), with_norms())]

    assert found == (["interests.S"] if is_found else [])


def test_a_value_without_a_sentence_argues_nothing():
    one = {"value": 0, "evidence": None, "block": None}

    assert [*argues_the_reverse(fiche(interests={"S": one}), with_norms())] == []


def with_norms():
    return replace(GUIDE, norms=NORMS)


def test_a_sentence_that_argues_the_reverse_is_among_the_faults_of_a_fiche():
    data = {"macon.yaml": fiche(interests=interests(90, 20, 30, 10, 20, 60))}

    found = list(proofread(data, {}, with_norms()))

    rule = "preuve à contresens"
    assert [(one.field, one.rule) for one in found] == [
        (f"interests.{letter}", rule) for letter in "IASE"
    ]
    assert found[0].found == "20, bas, et la phrase ne le dit pas"


def test_what_is_much_of_an_interest_is_what_the_questions_hold_for_much():
    published = published_norms()

    assert norms().interest_mean == pytest.approx(published.interest_mean, abs=1e-4)
    assert norms().interest_sd == pytest.approx(published.interest_sd, abs=1e-4)


HARD = (
    "La réglementation communautaire conditionne l’homologation. "
    "Une commission interministérielle détermine annuellement les qualifications indispensables. "
    "Les établissements universitaires organisent collectivement l’accompagnement individualisé "
    "des candidatures internationales. Toute administration sollicite préalablement "
    "l’autorisation gouvernementale."
)


def test_a_text_of_long_words_is_hard_to_read():
    assert faults(weaknesses=HARD.split(". ")) == [("weaknesses", "difficile à lire")]


def test_a_few_long_words_are_not_judged():
    assert faults(weaknesses=HARD.split(". ")[:2]) == []


@pytest.mark.parametrize(
    "word, count", [("porte", 1), ("menuiserie", 4), ("le", 1), ("clés", 1), ("TVA", 1)]
)
def test_syllables_are_counted_by_vowels(word, count):
    assert syllables(word) == count


def test_reading_ease_is_kandel_and_moles():
    assert reading_ease("Le bois sent bon. Tu scies.") == pytest.approx(207 - 1.015 * 3 - 73.6)


@pytest.mark.parametrize(
    "sentence, is_found",
    [
        ("Tu poses un seau, tu tapes du manche, tu vérifies le niveau.", True),
        ("Tu poses un seau, puis tu remplis la cuve avant le niveau.", False),
    ],
)
def test_one_fiche_is_held_against_those_remembered(sentence, is_found):
    memory = Memory([("macon", fiche()), ("autre", fiche(introduction=sentence))])

    found = [finding.rule for finding in memory.like("autre", fiche(introduction=sentence))]

    assert found == (["déjà dans macon, introduction"] if is_found else [])


def test_a_name_is_looked_for_where_its_first_word_is_said():
    """However many métiers there are, and whatever their case, number or signs."""
    names = [Names(f"métier {number}", f"métière {number}") for number in range(2_000)]
    names += [Names("agent de police", "agente de police"), Names("chef·fe", "cheffe")]
    names += [Names("maçon", "maçonne"), Names("aide-soignant", "aide-soignante")]
    names += [Names("(sous-)chef", "(sous-)cheffe"), Names("…", "?")]
    guide = Guide(oldest_year=2020, names=names)
    text = "Les Maçons parlent à un AGENT DE POLICE, à une aide-soignante, au métier 1999. "

    assert [m.group() for m in rules._one_gender(text, guide)] == [
        "AGENT DE POLICE",
        "Maçons",
        "métier 1999",
    ]
    assert len(guide.names_by_word["métier"]) == 2_000
