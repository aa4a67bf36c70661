"""The committed content keeps its promises, file by file."""

import csv
import re
from decimal import ROUND_HALF_UP, Decimal

import pytest
import yaml
from django.conf import settings

from metiers.completeness import count_words
from metiers.riasec import LETTERS

FIXTURES = settings.BASE_DIR / "fixtures"
METIERS = sorted((FIXTURES / "metiers").glob("*.yaml"))
PROMISED = {
    *("infirmier", "electricien", "developpeur-logiciels", "comptable", "graphiste"),
    *("directeur-marketing", "aide-soignant", "medecin-generaliste", "kinesitherapeute"),
    *("educateur-specialise", "puericulteur", "instituteur-primaire", "macon", "architecte"),
    *("soudeur", "electromecanicien", "conducteur-poids-lourds", "cuisinier", "avocat"),
    *("boulanger-patissier", "journaliste", "agriculteur", "inspecteur-police", "coiffeur"),
}

# The name in the reference list, where the fiche has another for the same O*NET occupation.
SAME_WORK = {
    "directeur-marketing": "responsable marketing",
    "boulanger-patissier": "boulanger",
    "conducteur-poids-lourds": "chauffeur poids lourd",
    # In Belgium an « inspecteur » is the officer on patrol, not the detective of O*NET's 33-3021.
    "inspecteur-police": "policier",
}


def read(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def reference():
    with (FIXTURES / "reference_metiers.csv").open(encoding="utf-8", newline="") as lines:
        return {row["title"]: row for row in csv.DictReader(lines)}


each_metier = pytest.mark.parametrize("path", METIERS, ids=lambda path: path.stem)


def test_the_metiers_promised_are_published():
    published = {path.stem for path in METIERS if read(path)["status"] == "published"}

    assert published >= PROMISED


@each_metier
@pytest.mark.parametrize(
    "key, minimum",
    [
        ("missions", 8),
        ("tools", 8),
        ("hours", 6),
        ("belgian_facts", 5),
        ("training_steps", 5),
        ("workplaces", 6),
        ("strengths", 6),
        ("weaknesses", 6),
        ("tips", 6),
        ("self_assessment", 6),
        ("faq", 6),
        ("offers", 5),
        ("areas", 6),
        ("criteria", 6),
        ("similar", 3),
        ("demands", 3),
        ("figures", 1),
    ],
)
def test_a_fiche_holds_enough_of_each_kind(path, key, minimum):
    rows = read(path)[key]

    assert len(rows) >= minimum
    assert len({str(row) for row in rows}) == len(rows)


@each_metier
def test_an_introduction_has_120_to_200_words(path):
    assert 120 <= count_words(read(path)["introduction"]) <= 200


@each_metier
def test_an_answer_has_40_to_90_words(path):
    counts = {row["question"]: count_words(row["answer"]) for row in read(path)["faq"]}

    assert {question: count for question, count in counts.items() if not 40 <= count <= 90} == {}


@each_metier
def test_the_interests_are_those_of_o_net_from_0_to_100(path):
    data = read(path)
    row = reference()[SAME_WORK.get(path.stem, data["name_masculine"])]

    given = {letter: data["interests"][letter]["value"] for letter in LETTERS}
    assert given == {letter: rescaled(row[letter]) for letter in LETTERS}
    assert data["isco_code"] == row["isco"]
    assert "onet-29-3" in data["sources"]


def rescaled(rating):
    """« 2.83 » on the scale 1–7 is 30.5, thus 31."""
    return int(((Decimal(rating) - 1) / 6 * 100).quantize(Decimal(1), ROUND_HALF_UP))


@each_metier
def test_each_interest_has_a_proof_of_its_own(path):
    proofs = read(path)["interests"].values()

    assert len({proof["evidence"] for proof in proofs}) == 6


@each_metier
def test_a_testimony_that_nobody_gave_is_composite(path):
    testimony = read(path)["testimony"]

    assert testimony["kind"] == "composite" or testimony["consent_date"]


@each_metier
def test_a_fiche_speaks_to_somebody(path):
    assert re.search(r"\b[Tt]u\b", read(path)["introduction"] + read(path)["teaser"])


@pytest.mark.parametrize("path", sorted((FIXTURES / "question_sets").glob("*.yaml")))
def test_no_statement_names_a_metier(path):
    names = {row[key] for row in reference().values() for key in ("title", "feminine_title")}
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})s?\b", re.IGNORECASE)

    texts = [question["text"] for question in read(path)["questions"]]
    assert [text for text in texts if pattern.search(text)] == []


@pytest.mark.parametrize("path", sorted((FIXTURES / "question_sets").glob("*.yaml")))
def test_a_set_asks_six_of_each_type_three_of_them_first(path):
    questions = read(path)["questions"]
    core = [question["dimension"] for question in questions if question["is_core"]]

    assert [question["dimension"] for question in questions] == list(LETTERS) * 6
    assert core == list(LETTERS) * 3
    assert all(question["is_core"] for question in questions[:18])
    assert len({question["text"] for question in questions}) == 36
