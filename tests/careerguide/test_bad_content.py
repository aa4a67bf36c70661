"""Whatever is wrong in a file, nothing of the folder is imported and the error says where."""

import pytest
import yaml

from careerguide.content.errors import ContentError
from careerguide.content.reading import import_content
from metiers.models import Metier, Sector
from metiers.models.metier import REQUIRED_LISTS
from quiz.models import QuestionSet
from tests.factories import QUESTION_SET_1, create_question_set

from .conftest import METIER, SECTOR

FILE = "metiers/menuisier.yaml"
HOUR = {"starts_at": "08:00", "title": "Sciage", "text": "On scie."}
SALARY = {"junior_low": 2400, "junior_high": 2700, "mid_low": 2800, "mid_high": 3300}
SALARY |= {"senior_low": 3200, "senior_high": 3900, "year": 2025, "is_estimate": True}
ONE_INTEREST = {"value": 50, "evidence": "On rabote.", "block": "missions"}
LINES = [f"Ligne {i}" for i in range(8)]
INTERESTS = dict.fromkeys("RIASEC", ONE_INTEREST)

pytestmark = pytest.mark.django_db


def refusal_of(folder):
    """The problems of a folder that can't be imported; its other changes are not taken over."""
    with pytest.raises(ContentError) as caught:
        import_content(folder.path)
    assert Sector.objects.get().name == "Construction"
    assert list(Metier.objects.values_list("slug", "status")) == [("menuisier", "draft")]
    return [plain(problem) for problem in caught.value.problems]


def plain(problem):
    """With ordinary spaces, whatever the typography of a message."""
    return str(problem).replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize(
    "fields, problem",
    [
        ({"study_years": "trois"}, "study_years : trouvé « trois » ; permis : un nombre entier"),
        ({"study_years": True}, "study_years : trouvé true ; permis : un nombre entier"),
        ({"study_years": -1}, "study_years : trouvé -1 ; permis : 0 ou plus"),
        ({"study_level": 6}, "study_level : trouvé 6 ; permis : 1, 2, 3, 4, 5"),
        ({"entry_level": 0}, "entry_level : trouvé 0 ; permis : 1, 2, 3, 4, 5, null"),
        ({"is_regulated": "oui"}, "is_regulated : trouvé « oui » ; permis : true ou false"),
        ({"missions": "Scier"}, "missions : trouvé « Scier » ; permis : une liste"),
        ({"synonyms": [1]}, "synonyms[0] : trouvé 1 ; permis : un texte"),
        ({"missions": ["Scier", ""]}, "missions[1] : trouvé «  » ; permis : un texte non vide"),
        ({"short_name": ""}, "short_name : trouvé «  » ; permis : un texte non vide"),
        ({"status": "publié"}, "status : trouvé « publié » ; permis : draft, review, published"),
        (
            {"catch_line": "x" * 61},
            f"catch_line : trouvé « {'x' * 61} » ; permis : 60 caractères au plus (61 trouvés)",
        ),
        (
            {"hours": [HOUR, HOUR | {"title": "x" * 41}]},
            f"hours[1].title : trouvé « {'x' * 41} » ; permis : 40 caractères au plus (41 trouvés)",
        ),
        (
            {"hours": [HOUR | {"starts_at": "25:00"}]},
            "hours[0].starts_at : trouvé « 25:00 » ; "
            "permis : la forme ^([01][0-9]|2[0-3]):[0-5][0-9]$",
        ),
        (
            {"published_at": "2026-02-30"},
            "published_at : trouvé « 2026-02-30 » ; permis : une date comme 2026-11-20",
        ),
        (
            {"areas": ["liege", "liege"]},
            'areas : trouvé ["liege", "liege"] ; permis : chaque valeur une seule fois',
        ),
        (
            {"interests": INTERESTS | {"S": ONE_INTEREST | {"is_low": "oui"}}},
            "interests.S.is_low : trouvé « oui » ; permis : true ou false",
        ),
        (
            {"interests": INTERESTS | {"S": ONE_INTEREST | {"value": 101}}},
            "interests.S.value : trouvé 101 ; permis : 100 ou moins",
        ),
        (
            {"salary": SALARY | {"year": "2025"}},
            "salary.year : trouvé « 2025 » ; permis : un nombre entier",
        ),
        ({"salary": 2800}, "salary : trouvé 2800 ; permis : des champs"),
        ({"sector": "arts"}, "sector : trouvé « arts » ; permis : construction"),
        ({"similar": ["zingueur"]}, "similar[0] : trouvé « zingueur » ; permis : menuisier"),
        (
            {"offers": [{"school": "efp", "programme": "Menuiserie"}]},
            "offers[0].school : trouvé « efp » ; permis : aucune valeur connue",
        ),
        (
            {"salary": SALARY | {"source": "statbel"}},
            "salary.source : trouvé « statbel » ; permis : aucune valeur connue",
        ),
        (
            {"slug": "menuisiere"},
            "slug : trouvé « menuisiere » ; permis : « menuisier », comme le nom du fichier",
        ),
        (
            {"regulation_url": "emploi"},
            "regulation_url : trouvé « emploi » ; "
            "permis : Écris une adresse web complète, comme https://exemple.be.",
        ),
    ],
)
def test_a_bad_value_is_named_with_what_is_allowed(imported, fields, problem):
    imported.write(FILE, METIER | fields)

    assert refusal_of(imported) == [f"{FILE} : {problem}"]


def test_each_missing_field_is_named(imported):
    imported.write(
        FILE, {key: METIER[key] for key in METIER if key not in ("sector", "name_feminine")}
    )

    assert refusal_of(imported) == [
        f"{FILE} : name_feminine : trouvé rien ; permis : ce champ est obligatoire",
        f"{FILE} : sector : trouvé rien ; permis : ce champ est obligatoire",
    ]


def test_each_missing_field_of_a_row_is_named(imported):
    imported.write_metier(
        salary={name: SALARY[name] for name in SALARY if name not in ("mid_low", "year")}
    )

    assert refusal_of(imported) == [
        f"{FILE} : salary.mid_low : trouvé rien ; permis : ce champ est obligatoire",
        f"{FILE} : salary.year : trouvé rien ; permis : ce champ est obligatoire",
    ]


def test_each_unknown_field_is_named_beside_the_known_ones(imported):
    imported.write_metier(hours=[HOUR | {"titre": "Sciage", "texte": "On scie."}])

    assert refusal_of(imported) == [
        f"{FILE} : hours[0].{name} : trouvé un champ inconnu ; permis : starts_at, title, text"
        for name in ("texte", "titre")
    ]


def test_every_problem_of_every_file_is_told_at_once(imported):
    imported.write_metier(study_level=6, short_name="")
    imported.write("sectors.yaml", [SECTOR | {"line": "beige"}])

    assert [problem.partition(" : trouvé")[0] for problem in refusal_of(imported)] == [
        "sectors.yaml : [0].line",
        f"{FILE} : short_name",
        f"{FILE} : study_level",
    ]


def test_a_slug_stands_once_in_a_list(imported):
    imported.write("sectors.yaml", [SECTOR | {"name": "Bâtiment"}, SECTOR])

    assert refusal_of(imported) == [
        "sectors.yaml : [1].slug : trouvé « construction » ; permis : une seule fois par liste"
    ]


@pytest.mark.parametrize(
    "raw, problem",
    [
        (b"slug: a\nslug: b\n", "ligne 2, colonne 1 : trouvé la clé « slug » est donnée deux fois"),
        (b"slug: [\n", "ligne 2, colonne 1 : trouvé une valeur manque"),
        (b"slug: *a\n", "ligne 1, colonne 7 : trouvé un renvoi (*nom) est refusé"),
        (b"? [a]\n: b\n", "ligne 1, colonne 3 : trouvé une clé est un mot, pas une liste"),
        (
            b"slug: !!python/object/apply:os.system [ls]\n",
            "ligne 1, colonne 7 : trouvé une étiquette (!nom) est refusée",
        ),
        ("a: b\nslug: é\n".encode("latin-1"), "ligne 2, colonne 7 : trouvé des octets"),
        ("slug: é\n".encode("utf-16"), "ligne 1, colonne 1 : trouvé des octets"),
        (b"[" * 10_000, "ligne 1, colonne 21 : trouvé plus de 20 niveaux"),
    ],
)
def test_a_file_that_is_no_yaml_in_utf_8_is_named(imported, raw, problem):
    (imported.path / FILE).write_bytes(raw)

    [found] = refusal_of(imported)

    assert found.startswith(f"{FILE} : {problem}")
    assert found.endswith(" ; permis : du YAML valide, en UTF-8")


@pytest.mark.parametrize("raw", [b"", b"null\n"])
def test_an_empty_file_is_named(imported, raw):
    (imported.path / FILE).write_bytes(raw)

    assert refusal_of(imported) == [f"{FILE} : le fichier : trouvé null ; permis : des champs"]


def test_an_empty_folder_is_no_content(tmp_path):
    with pytest.raises(ContentError) as caught:
        import_content(tmp_path)

    assert str(caught.value) == (
        f"{tmp_path} : le dossier : trouvé aucun fichier ; permis : pictures.yaml, "
        "sources.yaml, sectors.yaml, criteria.yaml, areas.yaml, schools.yaml, glossary.yaml, "
        "pay_benchmarks.yaml, moved_addresses.yaml, metiers/*.yaml, question_sets/*.yaml"
    )


@pytest.mark.parametrize(
    "changes, reason",
    [
        ({"mid_low": 2300}, "Le salaire ne baisse pas avec l’expérience."),
        ({"senior_high": 3100}, "Chaque fourchette monte, à partir d’un euro."),
        ({"is_estimate": False}, "Il faut la source et l’année, ou cocher « estimation »."),
    ],
)
def test_a_salary_out_of_order_is_refused(imported, changes, reason):
    imported.write_metier(salary=SALARY | changes)

    [problem] = refusal_of(imported)

    assert problem.startswith(f'{FILE} : salary : trouvé {{"junior_low": 2400, ')
    assert reason in problem.partition(" ; permis : ")[2]


def test_an_entry_level_above_the_usual_one_is_named(imported):
    imported.write_metier(study_level=2, entry_level=4)

    assert refusal_of(imported) == [
        f"{FILE} : entry_level : trouvé 4 ; permis : "
        "Le niveau à l’entrée ne dépasse pas le niveau d’études habituel."
    ]


@pytest.mark.parametrize("address", ["12", "sectors"])
def test_a_metier_has_not_the_name_of_another_file(imported, address):
    imported.write_metier(slug=address)

    assert refusal_of(imported) == [
        f"metiers/{address}.yaml : slug : trouvé « {address} » ; permis : Cette adresse est le nom "
        "d’un autre fichier de contenu : prends le nom du métier."
    ]


def test_an_incomplete_metier_is_not_published(imported):
    imported.write_metier(status="published")

    assert refusal_of(imported) == [
        f"{FILE} : l’ensemble : trouvé « menuisier » ; permis : Pour publier, il faut les deux "
        "dates, les six intérêts, tous les textes et une ligne au moins dans chaque liste."
    ]


def test_a_metier_with_too_few_rows_is_not_published(imported):
    dates = dict.fromkeys(("published_at", "reviewed_date"), "2026-11-20")
    imported.write_metier(
        status="published",
        interests=INTERESTS,
        **dates,
        **dict.fromkeys(REQUIRED_LISTS, LINES),
    )

    problems = refusal_of(imported)

    assert f"{FILE} : hours : trouvé « 0 ligne » ; permis : 6 ou plus" in problems
    assert f"{FILE} : salary : trouvé « rien » ; permis : obligatoire pour publier" in problems
    assert f"{FILE} : introduction : trouvé « 2 mots » ; permis : 120 à 200 mots" in problems


@pytest.fixture
def question_set(folder):
    """The first set as a mapping; whatever it becomes is what the folder's file then says."""
    data = yaml.safe_load(QUESTION_SET_1.read_text(encoding="utf-8"))
    data["published_at"] = data["published_at"].isoformat()
    (folder.path / "question_sets").mkdir()
    return data


def change_statement(data):
    data["questions"][0]["text"] = "Réparer une vieille camionnette."


def change_item(data):
    data["questions"][0]["item"] = "r9"


def change_norms(data):
    data["norms"]["match_sd"] = 0.4


def take_back(data):
    data["status"] = "draft"


@pytest.mark.parametrize("change", [change_statement, change_item, change_norms, take_back])
def test_a_published_set_of_questions_never_changes(folder, question_set, change):
    create_question_set()
    change(question_set)
    folder.write("question_sets/1.yaml", question_set)

    with pytest.raises(ContentError) as caught:
        import_content(folder.path)

    assert plain(caught.value) == (
        "question_sets/1.yaml : l’ensemble : trouvé 1 ; permis : Un jeu publié ne change jamais : "
        "des liens partagés en dépendent. Crée un nouveau jeu."
    )
    assert Sector.objects.count() == 0


def test_norms_that_the_scoring_cannot_use_are_refused(folder, question_set):
    question_set["norms"]["match_sd"] = -0.4
    folder.write("question_sets/1.yaml", question_set)

    with pytest.raises(ContentError) as caught:
        import_content(folder.path)

    [problem] = map(plain, caught.value.problems)
    assert problem.startswith("question_sets/1.yaml : norms : trouvé {")
    assert problem.endswith(
        " ; permis : Ces normes ne peuvent servir : norms: loadings, variances and deviations are "
        "positive"
    )
    assert QuestionSet.objects.count() == 0
