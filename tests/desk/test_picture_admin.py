"""An editor sends, describes, uses and throws away pictures; what is wrong is said beside it."""

import datetime
import os
from io import StringIO

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from desk import workflow
from desk.models import Revision
from metiers.models import Metier, Picture, Sector
from metiers.pictures import store
from tests.desk_editor import messages_of, shown_fields
from tests.factories import create_metier, create_sector
from tests.html import find, find_all, text, tree
from tests.pictures import create_picture, drawing, encoded

ADD = "/gestion/metiers/picture/add/"
WORDS = {
    "alternative": "Une soudeuse règle son poste",
    "slug": "soudeuse",
    "credit": "Jeanne Exemple",
    "licence": "CC BY 4.0",
}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def member(group):
    user = User.objects.create_user(group.lower(), is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


def change_page(row):
    return reverse(f"admin:metiers_{row._meta.model_name}_change", args=[row.pk])


def upload(data=None, name="photo.jpg"):
    return SimpleUploadedFile(name, encoded() if data is None else data)


def field_errors(response):
    return {name: list(said) for name, said in response.context["adminform"].form.errors.items()}


def test_a_picture_is_sent_described_and_kept(editor):
    response = editor.save(ADD, **WORDS, upload=upload())

    picture = Picture.objects.get()
    assert messages_of(response)[0][0] == "success"
    assert (picture.width, picture.height, picture.alternative) == (
        400,
        300,
        "Une soudeuse règle son poste",
    )
    assert picture.file.name == f"pictures/{picture.digest}.webp"
    assert store.served(picture.digest, 400, "avif").is_file()
    assert [row.action for row in Revision.objects.of(picture)] == ["created"]


@pytest.mark.parametrize(
    "data, said",
    [
        (b"<script>alert(1)</script>", "pas une image JPEG, PNG, WebP ou AVIF"),
        (encoded()[:400], "abîmée"),
        (encoded(drawing(20, 20)), "20 × 20 pixels"),
        (b"", "vide"),
    ],
)
def test_what_is_no_good_picture_is_refused_beside_its_field(editor, media, data, said):
    response = editor.save(ADD, **WORDS, upload=upload(data))

    errors = field_errors(response)
    assert list(errors) == ["upload"]
    assert len(errors["upload"]) == 1
    assert said in errors["upload"][0]
    sent_back = shown_fields(response.content.decode())
    assert {name: sent_back[name] for name in WORDS} == WORDS
    assert not Picture.objects.exists()
    assert not media.exists()


def test_a_hundred_megabytes_are_refused_and_nothing_else_is_lost(editor, media):
    response = editor.save(ADD, **WORDS, upload=upload(bytes(100_000_000)))

    assert field_errors(response) == {
        "upload": ["Ce fichier pèse 100\u00a0Mo\u202f; une image pèse 15\u00a0Mo au plus."]
    }
    sent_back = shown_fields(response.content.decode())
    assert {name: sent_back[name] for name in WORDS} == WORDS
    assert not media.exists()


def test_an_upload_takes_no_more_disk_than_is_allowed(editor, settings, rf):
    settings.LARGEST_UPLOAD = 1_000_000
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0

    request = rf.post("/", {"name": "a", "upload": upload(bytes(3_000_000))})

    with request.FILES["upload"] as file:
        assert request.POST["name"] == "a"
        assert file.size == 3_000_000
        assert os.path.getsize(file.temporary_file_path()) == 1_000_000


def test_a_picture_without_a_file_is_refused(editor):
    response = editor.save(ADD, **WORDS)

    assert field_errors(response) == {"upload": ["Choisis un fichier."]}


def test_a_picture_is_described_or_marked_decorative(editor):
    undescribed = editor.save(ADD, **WORDS | {"alternative": ""}, upload=upload())
    both = editor.save(ADD, **WORDS, is_decorative="on", upload=upload())
    decorative = WORDS | {"alternative": "", "is_decorative": "on"}
    editor.save(ADD, **decorative, upload=upload())

    assert field_errors(undescribed) == {
        "alternative": ["Écris ce que montre l’image, ou coche «\u00a0décorative\u00a0»."]
    }
    assert list(field_errors(both)) == ["alternative"]
    assert Picture.objects.get().is_decorative


def test_a_picture_without_credit_or_licence_is_refused(editor):
    response = editor.save(ADD, **WORDS | {"credit": "", "licence": " "}, upload=upload())

    assert list(field_errors(response)) == ["credit", "licence"]


def test_a_good_file_is_not_asked_for_again_when_a_word_is_wrong(editor):
    first = editor.save(ADD, **WORDS | {"credit": ""}, upload=upload())
    sent_back = shown_fields(first.content.decode())
    seen = find(tree(first), css="picture-preview").get("src")

    sent_back.pop("upload")
    editor.client.post(ADD, sent_back | WORDS)

    picture = Picture.objects.get()
    assert seen == picture.thumbnail
    assert (
        b"".join(editor.client.get(seen)) == store.served(picture.digest, 320, "webp").read_bytes()
    )


@pytest.mark.parametrize("token", ["", "x", '["0000", 1, 1]:x:y'])
def test_a_forged_file_is_refused(editor, token):
    response = editor.save(ADD, **WORDS, received=token)

    assert list(field_errors(response)) == ["upload"]
    assert not Picture.objects.exists()


def test_the_words_change_without_the_file(editor):
    picture = create_picture()

    editor.save(change_page(picture), credit="Jean Autre")

    changed = Picture.objects.get()
    assert (changed.credit, changed.digest) == ("Jean Autre", picture.digest)


def test_another_file_takes_the_place_of_the_first(editor):
    picture = create_picture()
    create_metier(picture=picture)

    editor.save(change_page(picture), upload=upload(encoded(drawing(500, 300))))

    changed = Picture.objects.get()
    fiche = tree(editor.client.get("/metiers/menuisier/"))
    assert (changed.pk, changed.width) == (picture.pk, 500)
    assert changed.digest in find(find(fiche, css="picture"), tag="img").get("src")


def test_a_picture_names_the_pages_that_show_it(editor):
    picture = create_picture()
    sector = create_sector(picture=picture)
    metier = create_metier(sector=sector, picture=picture)
    draft = workflow.start_draft(metier, User.objects.get())

    page = tree(editor.open(change_page(picture)))

    pages = find(page, css="field-shown_on")
    assert [(text(a), a.get("href")) for a in find_all(pages, tag="a")] == [
        ("menuisier", change_page(metier)),
        ("menuisier (brouillon)", change_page(draft)),
        ("Construction", change_page(sector)),
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_runs_the_same_queries_however_long(editor, django_assert_num_queries, rows):
    for i in range(rows):
        create_metier(title=f"Métier {i}", picture=create_picture(slug=f"a{i}"))
    editor.open("/gestion/metiers/picture/")

    with django_assert_num_queries(6):
        page = tree(editor.open("/gestion/metiers/picture/"))

    assert [text(cell) for cell in find_all(page, css="field-used")] == ["1 fois"] * rows


def test_a_picture_in_use_is_not_deleted_even_by_a_draft(editor):
    picture = create_picture()
    draft = workflow.start_draft(create_metier(), User.objects.get())
    Metier.with_drafts.filter(pk=draft.pk).update(picture=picture)
    one = change_page(picture).replace("change", "delete")

    page = editor.client.post(one, {"post": "yes"})
    many = {"action": "delete_selected", "_selected_action": picture.pk, "post": "yes"}
    editor.client.post("/gestion/metiers/picture/", many)

    assert "menuisier" in page.content.decode()
    assert Picture.objects.filter(pk=picture.pk).exists()


def test_a_picture_thrown_away_stays_in_the_history(editor):
    picture = create_picture()

    editor.client.post(change_page(picture).replace("change", "delete"), {"post": "yes"})

    assert not Picture.objects.exists()
    assert Revision.objects.get().data["file"] == picture.file.name
    assert store.has(picture.digest)


def test_a_draft_carries_its_picture_to_visitors(editor, content):
    picture, metier = create_picture(), Metier.objects.get(slug="infirmier")
    draft = workflow.start_draft(metier, User.objects.get())
    Metier.with_drafts.filter(pk=draft.pk).update(picture=picture)
    before = editor.client.get("/metiers/infirmier/").content

    workflow.publish(draft, User.objects.get())

    assert picture.digest.encode() not in before
    assert picture.digest.encode() in editor.client.get("/metiers/infirmier/").content


@pytest.mark.parametrize("model", ["metier", "sector", "school"])
def test_a_picture_is_searched_for_where_it_is_used(editor, model):
    create_picture()

    page = editor.open(f"/gestion/metiers/{model}/add/").content.decode()
    found = editor.client.get(
        "/gestion/autocomplete/",
        {"app_label": "metiers", "model_name": model, "field_name": "picture", "term": "soud"},
    )

    assert 'data-field-name="picture"' in page
    assert [row["text"] for row in found.json()["results"]] == ["Une soudeuse règle son poste"]


def test_who_writes_sends_and_does_not_delete(client, db):
    client.force_login(member("Rédaction"))
    picture = create_picture(slug="autre")

    client.post(ADD, WORDS | {"upload": upload()})
    refused = client.post(change_page(picture).replace("change", "delete"), {"post": "yes"})

    assert Picture.objects.filter(slug="soudeuse").exists()
    assert refused.status_code == 403
    assert Picture.objects.filter(pk=picture.pk).exists()


def test_who_only_looks_sees_the_picture_and_sends_none(client, media, db):
    client.force_login(member("Administration"))
    picture = create_picture()
    files = sorted(media.rglob("*"))

    page = tree(client.get(change_page(picture)))
    other = upload(encoded(drawing(500, 300)))
    refused = client.post(change_page(picture), WORDS | {"upload": other})

    assert find(page, css="picture-preview").get("src") == picture.thumbnail
    assert find(page, id="id_upload") is None
    assert refused.status_code == 403
    assert sorted(media.rglob("*")) == files


# Orphans


def clean(*options):
    out = StringIO()
    call_command("clean_pictures", *options, stdout=out)
    return out.getvalue().splitlines()


def grow_old(media):
    """All that stands there was written two days ago."""
    before = timezone.now().timestamp() - 2 * 86_400
    for path in media.rglob("*"):
        os.utime(path, (before, before))


def test_a_file_without_a_picture_is_named_then_removed(db, media):
    orphan, kept = create_picture(), create_picture(slug="autre", image=drawing(500, 300))
    create_sector(picture=kept)
    orphan.delete()
    grow_old(media)
    size = store.weight(orphan.digest) // 1000

    named, removed, after = clean(), clean("--delete"), clean()

    assert named == [f"sans image : pictures/{orphan.digest}.webp ({size} ko)"]
    assert removed == [f"supprimé : pictures/{orphan.digest}.webp ({size} ko)"]
    assert after == []
    assert store.digests() == [kept.digest]


def test_a_file_just_sent_is_left(db, media):
    create_picture().delete()

    assert clean("--delete") == []
    assert len(store.digests()) == 1


def test_a_half_written_file_is_removed(db, media):
    path = media / "pictures" / f"{'0' * 64}.webp.12.part"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"half")
    grow_old(media)

    clean("--delete")

    assert list(path.parent.iterdir()) == []


def test_a_file_of_the_wastebasket_is_left_for_ninety_days(editor, media):
    picture = create_picture()
    editor.client.post(change_page(picture).replace("change", "delete"), {"post": "yes"})
    grow_old(media)
    while_recent = clean("--delete")

    Revision.objects.update(at=timezone.now() - datetime.timedelta(days=91))

    assert while_recent == []
    assert len(clean("--delete")) == 1
    assert store.digests() == []


def test_a_picture_shown_nowhere_is_named_then_thrown_away(db, media):
    create_picture()
    create_metier(picture=create_picture(slug="autre", image=drawing(500, 300)))
    grow_old(media)

    assert clean() == ["montrée nulle part : soudeuse"]
    assert clean("--unused") == ["à la corbeille : soudeuse"]
    assert [picture.slug for picture in Picture.objects.all()] == ["autre"]
    assert Revision.objects.get().data["slug"] == "soudeuse"


def test_a_picture_of_a_draft_is_shown_somewhere(editor):
    draft = workflow.start_draft(create_metier(), User.objects.get())
    Metier.with_drafts.filter(pk=draft.pk).update(picture=create_picture())

    assert clean() == []


def test_a_file_that_is_missing_is_named(db):
    picture = create_picture()
    Sector.objects.create(slug="a", name="A", line="sante", picture=picture)
    store.remove(picture.digest)

    assert clean() == [f"fichier manquant : soudeuse (pictures/{picture.digest}.webp)"]
