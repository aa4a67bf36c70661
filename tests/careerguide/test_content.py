from io import StringIO

import pytest
import yaml
from django.conf import settings
from django.core.management import CommandError, call_command

from careerguide.content.reading import import_content
from careerguide.content.registry import documents
from careerguide.content.writing import export_content, schema_files
from metiers.models import Metier, Sector
from quiz.immutability import unprotect
from tests.factories import create_metier, create_whole_metier

from .conftest import SECTOR

pytestmark = pytest.mark.django_db


def dumps():
    """All content of the database as plain data, by model."""
    return {
        document.model._meta.label: [
            document.dump(instance)
            for instance in document.model.objects.order_by(*document.order())
        ]
        for document in documents()
    }


def bytes_of(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.yaml"))
    }


def run(*arguments, **options):
    out = StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue()


def test_an_import_says_what_it_created(folder):
    report = import_content(folder.path)

    assert report.created == ["secteur construction", "métier menuisier"]
    assert (report.changed, report.left) == ([], [])
    assert Metier.objects.get().sector.name == "Construction"


def test_a_second_import_leaves_everything(folder):
    import_content(folder.path)
    before = Metier.objects.values().get()

    report = import_content(folder.path)

    assert report.left == ["secteur construction", "métier menuisier"]
    assert (report.created, report.changed) == ([], [])
    assert Metier.objects.values().get() == before


def test_a_third_import_changes_what_the_files_changed(folder):
    import_content(folder.path)
    key = Sector.objects.get().pk
    folder.write("sectors.yaml", [SECTOR | {"name": "Bâtiment"}])

    report = import_content(folder.path)

    assert report.changed == ["secteur construction"]
    assert report.left == ["métier menuisier"]
    assert Sector.objects.values_list("pk", "name").get() == (key, "Bâtiment")


def test_a_row_taken_out_of_a_file_goes(folder):
    questions = [{"question": f"Question {i} ?", "answer": "Oui."} for i in range(3)]
    folder.write_metier(faq=questions)
    import_content(folder.path)
    folder.write_metier(faq=[questions[2], questions[0]])

    import_content(folder.path)

    rows = Metier.objects.get().faq.order_by("position", "pk")
    assert [row.question for row in rows] == ["Question 2 ?", "Question 0 ?"]


def test_neighbours_may_name_each_other(folder):
    folder.write_metier(similar=["charpentier"])
    folder.write_metier(slug="charpentier", similar=["menuisier"])

    import_content(folder.path)

    pairs = Metier.objects.values_list("slug", "similar__slug").order_by("slug")
    assert list(pairs) == [("charpentier", "menuisier"), ("menuisier", "charpentier")]


def test_a_dry_run_says_the_same_and_writes_nothing(folder):
    import_content(folder.path)
    folder.write("sectors.yaml", [SECTOR | {"name": "Bâtiment"}])
    folder.write_metier(slug="charpentier")
    before = dumps()

    dry = import_content(folder.path, dry_run=True)

    assert dumps() == before
    assert dry == import_content(folder.path)
    assert dumps() != before


def test_the_command_imports_and_counts(folder):
    assert run("import_content", folder.path).splitlines() == [
        "créé : secteur construction",
        "créé : métier menuisier",
        "2 créés, 0 changés, 0 laissés tels quels",
    ]
    assert Metier.objects.count() == 1


def test_the_command_tries_without_writing(folder):
    out = run("import_content", folder.path, dry_run=True)

    assert out.splitlines()[-1] == (
        "2 créés, 0 changés, 0 laissés tels quels (à blanc : rien n’a été écrit)"
    )
    assert Metier.objects.count() == 0


def test_the_command_says_that_nothing_was_imported(folder):
    folder.write_metier(study_level=6)

    with pytest.raises(CommandError) as caught:
        run("import_content", folder.path)

    assert str(caught.value).splitlines() == [
        "Rien n’a été importé.",
        "metiers/menuisier.yaml : study_level : trouvé 6 ; permis : 1, 2, 3, 4, 5",
    ]
    assert Sector.objects.count() == 0


def test_the_content_exported_imports_into_the_same_database(content, tmp_path):
    before = dumps()
    assert before["metiers.Metier"]
    assert before["quiz.QuestionSet"]

    run("export_content", tmp_path)
    report = import_content(tmp_path)

    assert (report.created, report.changed) == ([], [])
    assert dumps() == before


def test_the_content_exported_fills_an_empty_database_with_the_same(content, tmp_path):
    before = dumps()
    list(export_content(tmp_path / "first"))
    unprotect()  # a database that keeps its published sets is never emptied
    call_command("flush", interactive=False, verbosity=0)
    assert not any(dumps().values())

    import_content(tmp_path / "first")
    list(export_content(tmp_path / "second"))

    assert dumps() == before
    assert bytes_of(tmp_path / "second") == bytes_of(tmp_path / "first")


def test_an_export_leaves_a_file_without_a_metier_and_names_it(tmp_path):
    create_metier()
    (tmp_path / "metiers").mkdir()
    (tmp_path / "metiers/zingueur.yaml").write_text("slug: zingueur\n")

    names = run("export_content", tmp_path).splitlines()

    assert names[-1] == "metiers/zingueur.yaml (sans fiche)"
    assert (tmp_path / "metiers/zingueur.yaml").read_text() == "slug: zingueur\n"


def test_a_pruning_export_names_its_files_and_removes_those_without_a_metier(tmp_path):
    create_metier()
    (tmp_path / "metiers").mkdir()
    (tmp_path / "metiers/zingueur.yaml").write_text("slug: zingueur\n")

    names = run("export_content", tmp_path, "--prune").splitlines()

    assert names == [
        "pictures.yaml",
        "sources.yaml",
        "sectors.yaml",
        "criteria.yaml",
        "areas.yaml",
        "schools.yaml",
        "glossary.yaml",
        "pay_benchmarks.yaml",
        "moved_addresses.yaml",
        "metiers/menuisier.yaml",
        "metiers/zingueur.yaml (retiré)",
    ]
    assert [path.name for path in (tmp_path / "metiers").iterdir()] == ["menuisier.yaml"]


def test_an_export_holds_every_row_of_a_metier(tmp_path):
    create_whole_metier(rows=3, published=False)
    before = dumps()

    list(export_content(tmp_path))
    Metier.objects.all().delete()
    import_content(tmp_path)

    assert dumps() == before
    [metier] = before["metiers.Metier"]
    counts = {key: len(value) for key, value in metier.items() if isinstance(value, list)}
    kinds = "hours belgian_facts training_steps faq figures demands offers areas criteria sources"
    assert {key: counts[key] for key in kinds.split()} == dict.fromkeys(kinds.split(), 3)
    assert metier["salary"]["mid_low"] == 2800
    assert metier["testimony"]["kind"] == "composite"


def test_a_sentence_of_what_is_missing_says_so_and_no_other_does(folder):
    said = {"value": 12, "evidence": "On ne scie rien.", "block": "missions"}
    folder.write_metier(
        interests={
            "R": said | {"is_low": True},
            "I": said | {"is_low": False},
            "A": said,
            "S": {"value": 12, "evidence": None, "block": None, "is_low": True},
        }
    )
    import_content(folder.path)

    list(export_content(folder.path))

    written = yaml.safe_load((folder.path / "metiers/menuisier.yaml").read_text("utf-8"))
    assert {letter: one.get("is_low") for letter, one in written["interests"].items()} == {
        "R": True,
        "I": None,
        "A": None,
        "S": None,
    }
    again = import_content(folder.path)
    assert (again.created, again.changed) == ([], [])


def test_the_committed_schemas_are_those_of_the_models():
    committed = {
        str(path.relative_to(settings.CONTENT_DIR)): path.read_text(encoding="utf-8")
        for path in (settings.CONTENT_DIR / "schema").glob("*.json")
    }

    assert committed == dict(schema_files())


def test_the_command_writes_the_schemas(tmp_path):
    names = run("content_schema", tmp_path).splitlines()

    assert names == [path for path, _ in schema_files()]
    assert {name: (tmp_path / name).read_text(encoding="utf-8") for name in names} == dict(
        schema_files()
    )


@pytest.mark.parametrize("document", documents(), ids=lambda document: document.path)
def test_many_are_dumped_as_each_is(content, document):
    instances = list(document.model._base_manager.order_by("pk"))

    assert list(document.dump_all(instances)) == [document.dump(one) for one in instances]
