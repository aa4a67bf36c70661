import unicodedata
import zipfile
from io import BytesIO

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile

from careerguide.content import yaml_files
from careerguide.content.registry import document_of
from desk import merging, workflow
from desk.batches import AlreadyWritten
from desk.content_files import CHANGED
from desk.models import ImportBatch, Revision
from metiers.content import METIER
from metiers.models import Metier, School, Sector
from quiz.models import QuestionSet
from tests.desk_editor import messages_of
from tests.pictures import create_picture

IMPORT = "/gestion/importer/"
BATCHES = "/gestion/importations/"


@pytest.fixture
def signed_in(client, reviewer):
    client.force_login(reviewer)
    return client


def upload(*files):
    return {"files": [SimpleUploadedFile(name, data) for name, data in files]}


def fiche(slug="infirmier", **changes):
    metier = Metier.objects.get(slug=slug)
    return yaml_files.dump(METIER.dump(metier) | changes).encode()


def sent_back(response):
    """What the page of a preview sends when it is confirmed."""
    files = response.context["files"]
    data = {"form-TOTAL_FORMS": len(files), "form-INITIAL_FORMS": 0}
    for number, (name, text) in enumerate(files):
        data |= {f"form-{number}-name": name, f"form-{number}-text": text}
    return data | {"told": response.context["told"]}


def confirm(client, *files):
    told = client.post(IMPORT, upload(*files))
    return client.post(IMPORT, sent_back(told), follow=True) if told.context["report"] else told


def test_a_file_is_told_before_anything_is_written(signed_in, content):
    response = signed_in.post(IMPORT, upload(("infirmier.yaml", fiche(catch_line="Autre"))))

    assert response.context["report"].changed == ["métier infirmier"]
    assert Metier.objects.get(slug="infirmier").catch_line != "Autre"
    assert not ImportBatch.objects.exists()


def test_what_was_told_is_what_is_written(signed_in, content):
    told = signed_in.post(IMPORT, upload(("infirmier.yaml", fiche(catch_line="Autre"))))

    signed_in.post(IMPORT, sent_back(told))

    assert Metier.objects.get(slug="infirmier").catch_line == "Autre"
    assert Revision.objects.of(Metier.objects.get(slug="infirmier"))[0].action == "imported"


def test_a_second_click_leads_to_what_the_first_has_written(signed_in, content):
    told = signed_in.post(IMPORT, upload(("infirmier.yaml", fiche(catch_line="Autre"))))
    signed_in.post(IMPORT, sent_back(told))

    again = signed_in.post(IMPORT, sent_back(told), follow=True)

    batch = ImportBatch.objects.get()
    assert again.redirect_chain == [(f"{BATCHES}#import-{batch.pk}", 302)]
    assert ("success", str(AlreadyWritten(batch))) in messages_of(again)


def test_the_same_file_over_the_same_state_is_written_again(signed_in, content):
    metier = Metier.objects.get(slug="infirmier")
    data, before = fiche(catch_line="Autre"), metier.catch_line
    confirm(signed_in, ("infirmier.yaml", data))
    Metier.objects.filter(pk=metier.pk).update(catch_line=before)

    confirm(signed_in, ("infirmier.yaml", data))

    metier.refresh_from_db()
    assert metier.catch_line == "Autre"
    assert ImportBatch.objects.count() == 2


def test_an_import_is_undone(signed_in, content):
    before = METIER.dump(Metier.objects.get(slug="infirmier"))
    confirm(signed_in, ("infirmier.yaml", fiche(catch_line="Autre", hours=[])))

    confirm(signed_in, ("infirmier.yaml", fiche(catch_line="Autre")))
    signed_in.post(BATCHES, {"batch": ImportBatch.objects.latest("pk").pk})

    assert METIER.dump(Metier.objects.get(slug="infirmier")) == before
    assert ImportBatch.objects.latest("pk").undone_at


def test_what_an_import_made_is_gone_when_undone(signed_in, content):
    data = fiche(slug="infirmier").replace(b"slug: infirmier", b"slug: infirmier-bis")
    data = data.replace(b"status: published", b"status: draft")
    confirm(signed_in, ("infirmier-bis.yaml", data))
    made = Metier.objects.filter(slug="infirmier-bis").exists()

    signed_in.post(BATCHES, {"batch": ImportBatch.objects.get().pk})

    assert made
    assert not Metier.objects.filter(slug="infirmier-bis").exists()


def test_what_was_changed_since_is_not_undone(signed_in, content, reviewer):
    confirm(signed_in, ("infirmier.yaml", fiche(catch_line="Autre")))
    metier = Metier.objects.get(slug="infirmier")
    workflow.withdraw(metier, reviewer)

    response = signed_in.post(BATCHES, {"batch": ImportBatch.objects.get().pk}, follow=True)

    assert messages_of(response)[0][1].startswith("Changé depuis")
    assert Metier.objects.get(slug="infirmier").catch_line == "Autre"


def test_a_list_goes_to_its_place(signed_in, content):
    rows = [document_of(Sector).dump(sector) for sector in Sector.objects.order_by("position")]
    rows[0]["name"] = "Soins"

    confirm(signed_in, ("sectors.yaml", yaml_files.dump(rows).encode()))

    assert Sector.objects.filter(name="Soins").exists()


def test_a_file_of_before_a_merge_names_the_one_that_is_kept(signed_in, content, reviewer):
    citing = Metier.objects.filter(offers__school__isnull=False).order_by("pk")[0]
    double = citing.offers.order_by("pk")[0].school
    kept = School.objects.exclude(offers__metier=citing).order_by("pk")[0]
    data = fiche(citing.slug, catch_line="Autre")
    lists = [document_of(School).dump(school) for school in (double, kept)]
    merging.merge(kept, [double], reviewer)
    files = ((f"{citing.slug}.yaml", data), ("schools.yaml", yaml_files.dump(lists).encode()))

    told = signed_in.post(IMPORT, upload(*files))
    signed_in.post(IMPORT, sent_back(told))

    page = told.content.decode().replace("\u00a0", " ")
    said = f"« {double.slug} » (établissement) s’appelle à présent « {kept.slug} »."
    assert said in page
    assert "schools.yaml, une ligne laissée de côté" in page
    citing.refresh_from_db()
    assert citing.catch_line == "Autre"
    assert citing.offers.filter(school=kept).exists()
    assert not School.objects.filter(slug=double.slug).exists()


BOMB = b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"


@pytest.mark.parametrize(
    "name, data, told",
    [
        ("infirmier.yaml", BOMB, "un renvoi (*nom) est refusé"),
        ("infirmier.yaml", b"slug: !!python/object/apply:os.system [ls]", "(!nom) est refusée"),
        ("infirmier.yaml", b"slug: a\nx: !!timestamp b", "ligne 2, colonne 4 : trouvé une étiq"),
        ("infirmier.yaml", b"x: !!bool b", "une étiquette (!nom) est refusée"),
        ("infirmier.yaml", b"x: !!set {b}", "une étiquette (!nom) est refusée"),
        ("infirmier.yaml", b"x: !!omap [b: c]", "une étiquette (!nom) est refusée"),
        ("infirmier.yaml", "x: !!binary é".encode(), "une étiquette (!nom) est refusée"),
        ("infirmier.yaml", b"slug: a: b", "ligne 1, colonne 8 : trouvé un « : »"),
        ("infirmier.yaml", b"a:\n\tb: c", "ligne 2, colonne 1 : trouvé une tabulation"),
        ("infirmier.yaml", b"a: 'b", "un guillemet ouvert et jamais fermé"),
        ("infirmier.yaml", b"a: [b", "un crochet ou une accolade"),
        ("infirmier.yaml", b"%YAML 2.0\n---\na: b", "une étiquette ou une directive"),
        ("infirmier.yaml", b"a: b\na: c", "ligne 2, colonne 1 : trouvé la clé « a » est donnée"),
        ("infirmier.yaml", b"study_years: " + b"9" * 5_000, "study_years"),
        ("infirmier.yaml", b"\xff\xfe\x00", "ligne 1, colonne 1 : trouvé des octets"),
        ("infirmier.yaml", b"[" * 50_000, "plus de 20 niveaux"),
        ("infirmier.yaml", b"- a\n" * 60_000, "plus de 50000 valeurs"),
        ("infirmier.yaml", b" ", "permis"),
        ("infirmier.yaml", b"slug: infirmier", "obligatoire"),
        ("infirmier.txt", b"slug: infirmier", "un fichier .yaml"),
        ("é" * 240 + ".yaml", b"slug: infirmier", "un fichier .yaml"),
        ("../../etc/passwd.yaml", b"slug: x", "permis"),
        ("autre.yaml", None, "comme le nom du fichier"),
        ("infirmier.yaml", b"x" * 1_000_001, "octets"),
    ],
)
def test_a_bad_file_is_refused_in_words(signed_in, content, name, data, told):
    response = signed_in.post(IMPORT, upload((name, data if data is not None else fiche())))

    assert told in " ".join(str(problem) for problem in response.context["problems"])
    assert response.context["report"] is None


def test_an_hour_with_a_line_break_is_refused(signed_in, content):
    hours = METIER.dump(Metier.objects.get(slug="infirmier"))["hours"]
    hours[0]["starts_at"] = "08:00\n"

    response = signed_in.post(IMPORT, upload(("infirmier.yaml", fiche(hours=hours))))

    assert [problem.field for problem in response.context["problems"]] == ["hours[0].starts_at"]


@pytest.mark.parametrize("name", ["infirmier.YAML", "infirmier.YML", "infirmier.yml"])
def test_a_file_is_taken_whatever_the_case_of_its_ending(signed_in, content, name):
    response = signed_in.post(IMPORT, upload((name, fiche(catch_line="Autre"))))

    assert response.context["report"].changed == ["métier infirmier"]


@pytest.mark.parametrize("second", ["infirmier.yaml", "infirmier.YML"])
def test_two_files_of_one_name_do_not_mix(signed_in, content, second):
    files = [("infirmier.yaml", fiche(catch_line="Une")), (second, fiche(catch_line="Deux"))]

    response = signed_in.post(IMPORT, upload(*files))

    assert [problem.found for problem in response.context["problems"]] == [
        "un second fichier de ce nom"
    ]


def test_an_upload_that_its_confirmation_could_not_hold_is_refused(signed_in, content):
    files = [(f"fiche-{n}.yaml", b"#" * 900_000) for n in range(3)]

    response = signed_in.post(IMPORT, upload(*files))

    assert [problem.found for problem in response.context["problems"]] == ["2700000 octets"]


def test_a_key_is_looked_up_among_the_others_once(monkeypatch, tmp_path):
    """Each key is hashed, never compared with all those before it."""
    file = tmp_path / "a.yaml"
    compared = []

    class Key(str):
        __hash__ = str.__hash__

        def __eq__(self, other):
            compared.append(other)
            return str.__eq__(self, other)

    make = yaml_files.Loader.construct_scalar
    monkeypatch.setattr(yaml_files.Loader, "construct_scalar", lambda *a: Key(make(*a)))
    file.write_text("".join(f"k{n}: a\n" for n in range(300)))

    yaml_files.load(file, label="a.yaml")

    assert len(compared) < 300


def test_no_file_is_asked_for_again(signed_in, content):
    response = signed_in.post(IMPORT, {})

    assert response.context["form"].errors == {"files": ["Ce champ est obligatoire."]}


def lines(size):
    """A fiche that changes one, with comments up to a size in bytes."""
    data = fiche(catch_line="Autre")
    comment = b"# " + b"x" * 37 + b"\n"
    data += comment * ((size - len(data)) // len(comment))
    return data + b"#" * (size - len(data))


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_largest_file_is_confirmed_from_a_browser(signed_in, content, newline):
    shown = signed_in.post(IMPORT, upload(("infirmier.yaml", lines(1_000_000))))
    data = sent_back(shown)
    data["form-0-text"] = data["form-0-text"].replace("\n", newline)

    response = signed_in.post(IMPORT, data, follow=True)

    assert response.redirect_chain == [(BATCHES, 302)]
    assert Metier.objects.get(slug="infirmier").catch_line == "Autre"


def test_an_upload_counts_as_a_browser_sends_it_back(signed_in, content):
    files = [(f"fiche-{n}.yaml", b"\n" * 900_000) for n in range(2)]

    response = signed_in.post(IMPORT, upload(*files))

    assert [problem.found for problem in response.context["problems"]] == ["3600000 octets"]


def test_a_confirmation_that_is_damaged_writes_nothing(signed_in, content):
    response = signed_in.post(IMPORT, {"form-TOTAL_FORMS": "x"})

    assert response.context["problems"]
    assert not ImportBatch.objects.exists()


def test_what_changed_since_it_was_told_is_told_anew(signed_in, content):
    told = signed_in.post(IMPORT, upload(("infirmier.yaml", fiche(catch_line="Autre"))))
    Metier.objects.filter(slug="infirmier").update(catch_line="Entre-temps")

    anew = signed_in.post(IMPORT, sent_back(told))
    between = Metier.objects.get(slug="infirmier").catch_line
    signed_in.post(IMPORT, sent_back(anew))

    assert anew.context["problems"] == [CHANGED]
    assert (between, ImportBatch.objects.count()) == ("Entre-temps", 1)
    assert Metier.objects.get(slug="infirmier").catch_line == "Autre"


@pytest.mark.parametrize(
    "told", ["", "inventé", signing.dumps("a")], ids=["nothing", "made up", "signed elsewhere"]
)
def test_what_was_not_told_is_not_written(signed_in, content, told):
    shown = signed_in.post(IMPORT, upload(("infirmier.yaml", fiche(catch_line="Autre"))))

    response = signed_in.post(IMPORT, sent_back(shown) | {"told": told})

    assert response.context["problems"] == [CHANGED]
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize("address", [IMPORT, BATCHES])
def test_a_writer_imports_by_no_road(client, content, writer, address):
    client.force_login(writer)

    statuses = [client.get(address).status_code, client.post(address, {"batch": 1}).status_code]

    assert statuses == [403, 403]


def test_a_writer_confirms_no_import(client, content, writer):
    client.force_login(writer)

    data = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 0, "form-0-name": "infirmier.yaml"}
    response = client.post(IMPORT, data | {"form-0-text": fiche(catch_line="Autre").decode()})

    assert response.status_code == 403
    assert Metier.objects.get(slug="infirmier").catch_line != "Autre"


@pytest.mark.parametrize("key", ["", "x", "999", "9" * 30])
def test_an_unknown_import_is_not_undone(signed_in, db, key):
    assert signed_in.post(BATCHES, {"batch": key}).status_code == 404


def test_the_export_holds_every_file(signed_in, content):
    response = signed_in.get("/gestion/exporter/")

    packed = zipfile.ZipFile(BytesIO(response.content))
    assert {"metiers/infirmier.yaml", "sectors.yaml", "question_sets/1.yaml"} <= set(
        packed.namelist()
    )


# A ZIP


def zipped(*files, method=zipfile.ZIP_DEFLATED):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as packed:
        for name, data in files:
            packed.writestr(name, data)
    return buffer.getvalue()


def test_what_is_exported_comes_in_as_it_is(signed_in, content):
    create_picture()
    archive = signed_in.get("/gestion/exporter/").content
    Metier.objects.filter(slug="infirmier").update(catch_line="Autre")
    before = signed_in.post(IMPORT, upload(("contenu.zip", archive)))

    response = signed_in.post(IMPORT, sent_back(before), follow=True)

    assert before.context["report"].changed == ["métier infirmier"]
    assert "C’est importé" in response.content.decode()
    assert Metier.objects.get(slug="infirmier").catch_line != "Autre"


def test_a_zip_repacked_on_a_macintosh_comes_in(signed_in, content):
    beside = [
        (name, b"\0\x05\x16\x07")
        for name in ("__MACOSX/._infirmier.yaml", "metiers/._macon.yaml", ".cache/infirmier.yaml")
    ]
    archive = zipped(("metiers/infirmier.yaml", fiche(catch_line="Autre")), *beside)

    told = signed_in.post(IMPORT, upload(("contenu.zip", archive)))

    assert told.context["report"].changed == ["métier infirmier"]


def test_a_list_with_nothing_in_it_is_named_as_it_was_sent(signed_in, content):
    response = signed_in.post(IMPORT, upload(("c.zip", zipped(("moved_addresses.yaml", b"[]")))))

    assert [str(problem) for problem in response.context["problems"]] == [
        "moved_addresses.yaml : le contenu : trouvé une liste vide ; permis : une ligne ou plus"
    ]


@pytest.mark.parametrize("is_packed", [False, True])
def test_accents_of_a_macintosh_are_told_and_written_alike(signed_in, content, is_packed):
    typed = "Soigner, écouter, être là"
    name, data = "infirmier.yaml", fiche(catch_line="XX").replace(b"XX", typed.encode())
    apart = unicodedata.normalize("NFD", data.decode()).encode()
    file = ("c.zip", zipped((name, apart))) if is_packed else (name, apart)

    told = signed_in.post(IMPORT, upload(file))
    signed_in.post(IMPORT, sent_back(told))

    [change] = told.context["report"].written
    differing = {key for key, value in change.after.items() if value != change.before[key]}
    assert differing == {"catch_line"}
    assert Metier.objects.get(slug="infirmier").catch_line == typed


def test_chosen_fiches_are_taken_out_and_come_in(signed_in, content):
    chosen = Metier.objects.filter(slug__in=["infirmier", "macon"]).order_by("slug")
    data = {"action": "export_chosen", "_selected_action": [one.pk for one in chosen]}
    several = signed_in.post("/gestion/metiers/metier/", data)
    data["_selected_action"] = [chosen[0].pk]
    one = signed_in.post("/gestion/metiers/metier/", data)

    told = signed_in.post(IMPORT, upload(("metiers.zip", several.content)))

    assert one["Content-Disposition"] == 'attachment; filename="infirmier.yaml"'
    assert one.content.endswith(fiche())
    assert told.context["report"].left == ["métier infirmier", "métier macon"]


@pytest.mark.parametrize(
    "archive, said",
    [
        (b"PK nothing", "une archive abîmée"),
        (zipped(("metiers/a.yaml", b"a: 1"))[:-40], "une archive abîmée"),
        (zipped(("metiers/bombe.yaml", b"a: 1\n" * 4_000_000)), "le poids"),
        (zipped(*((f"metiers/m{n}.yaml", b"a: 1") for n in range(210))), "le nombre"),
        (zipped(("readme.txt", b"rien")), "aucun fichier YAML"),
        (zipped(("../../etc/m é.yaml", b"a: 1")), "le nom"),
        (zipped(("metiers/a.yaml", b"a: 1")).replace(b"a.yaml", b"\xff.yaml"), "le nom"),
        (zipped(("metiers/a.yaml", b"a: 1"))[:-6] + b"\xff\xff\xff\xff\0\0", "une archive abîmée"),
    ],
    ids=["no zip", "cut", "bomb", "many", "nothing", "odd name", "no text", "odd place"],
)
def test_a_zip_that_cannot_be_right_is_refused(signed_in, content, archive, said):
    response = signed_in.post(IMPORT, upload(("contenu.zip", archive)))

    assert response.status_code == 200
    assert said in " ".join(map(str, response.context["problems"]))


def test_no_import_publishes_a_set_for_ever(signed_in, content):
    published = QuestionSet.objects.get()
    document = document_of(QuestionSet)
    data = document.dump(published) | {"number": published.number + 1}

    response = confirm(signed_in, (f"{published.number + 1}.yaml", yaml_files.dump(data).encode()))

    assert "un jeu se publie depuis sa page" in " ".join(map(str, response.context["problems"]))
    assert QuestionSet.objects.count() == 1
