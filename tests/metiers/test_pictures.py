"""A picture is read safely, kept clean, served in sizes, and travels in the content files."""

import io
import struct
import zlib
from contextlib import suppress
from hashlib import sha256

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin

from careerguide.content.errors import ContentError
from careerguide.content.reading import apply, import_content, read_entries
from careerguide.content.registry import document_of
from careerguide.content.writing import export_content
from careerguide.edition import current_stamp
from metiers.content import METIER
from metiers.models import Metier, Picture, School, Sector
from metiers.pictures import store
from metiers.pictures.licences import licence_url
from metiers.pictures.reading import Refused, is_clean, read_picture
from metiers.pictures.sizes import widths_of
from tests.factories import create_metier, create_sector, create_whole_metier
from tests.html import find, find_all, links, text, tree
from tests.pictures import create_picture, drawing, encoded

PICTURE = document_of(Picture)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def read(data):
    return read_picture(ContentFile(data))


def pixels(clean):
    return Image.open(io.BytesIO(clean.data)).convert("RGB")


def looks(pixel):
    red, green, blue = pixel
    return "red" if red > 200 and green < 80 and blue < 80 else "white" if green > 200 else "other"


def refusal(data):
    with pytest.raises(Refused) as refused:
        read(data)
    return str(refused.value)


# Reading


@pytest.mark.parametrize(
    "kind, mode, options",
    [
        ("JPEG", "RGB", {}),
        ("JPEG", "CMYK", {}),
        ("JPEG", "L", {"progressive": True}),
        ("PNG", "RGBA", {}),
        ("PNG", "P", {}),
        ("WEBP", "RGB", {}),
        ("AVIF", "RGB", {}),
    ],
)
def test_each_kind_becomes_a_webp_of_the_same_size(kind, mode, options):
    clean = read(encoded(drawing().convert(mode), kind, **options))

    assert Image.open(io.BytesIO(clean.data)).format == "WEBP"
    assert (clean.width, clean.height) == (400, 300)
    assert looks(pixels(clean).getpixel((390, 290))) == "white"


def test_sixteen_bits_are_brought_to_eight():
    grey = Image.new("I;16", (200, 200), 0x8000)

    assert pixels(read(encoded(grey))).getpixel((100, 100)) == (128, 128, 128)


def test_what_is_transparent_stays_so():
    image = drawing(mode="RGBA")
    image.putpixel((399, 299), (0, 0, 0, 0))

    assert Image.open(io.BytesIO(read(encoded(image)).data)).mode == "RGBA"


def test_the_place_and_the_camera_are_forgotten():
    exif = Image.Exif()
    exif[0x010F] = "Appareil de Jeanne"
    exif.get_ifd(0x8825)[2] = (50.0, 28.0, 0.0)
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "Jeanne")

    for data in (encoded(kind="JPEG", exif=exif), encoded(exif=exif, pnginfo=notes)):
        clean = read(data)
        assert b"Jeanne" in data
        assert not {b"EXIF", b"XMP ", b"ICCP"} & {clean.data[at : at + 4] for at in range(200)}
        assert Image.open(io.BytesIO(clean.data)).getexif() == {}
        assert b"Jeanne" not in clean.data


@pytest.mark.parametrize(
    "orientation, size, corner",
    [
        (1, (400, 300), (5, 5)),
        (3, (400, 300), (395, 295)),
        (6, (300, 400), (295, 5)),
        (8, (300, 400), (5, 395)),
    ],
)
def test_a_picture_is_put_the_right_way_up(orientation, size, corner):
    exif = Image.Exif()
    exif[0x0112] = orientation

    clean = read(encoded(kind="JPEG", exif=exif, quality=95))

    assert pixels(clean).size == size
    assert looks(pixels(clean).getpixel(corner)) == "red"


def test_colours_of_another_space_are_brought_to_srgb():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    for profile in (srgb, lab, b"no profile"):
        clean = read(encoded(kind="PNG", icc_profile=profile))
        assert looks(pixels(clean).getpixel((10, 10))) == "red"
        assert "icc_profile" not in Image.open(io.BytesIO(clean.data)).info


def test_a_large_picture_is_reduced():
    clean = read(encoded(drawing(4000, 1000), "JPEG"))

    assert (clean.width, clean.height) == (2400, 600)


def test_the_same_file_has_the_same_digest():
    assert read(encoded()).digest == read(encoded()).digest
    assert read(encoded()).digest != read(encoded(drawing(401))).digest


SCRIPTS = [
    b"<script>alert(1)</script>",
    b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    b"GIF89a=1;alert(1)",
    b"%PDF-1.7",
    b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 500 500\n",
    b"\x89PNG\r\n\x1a\n",
    b"PK\x03\x04",
    b"#!/bin/sh\n",
]


@pytest.mark.parametrize("data", SCRIPTS)
def test_what_is_no_picture_is_refused_whatever_its_name(data):
    file = ContentFile(data, name="photo.png")

    with pytest.raises(Refused, match="pas une image JPEG, PNG, WebP ou AVIF"):
        read_picture(file)


def test_a_picture_of_a_kind_not_taken_is_refused():
    assert "pas une image" in refusal(encoded(kind="TIFF"))
    assert "pas une image" in refusal(encoded(kind="GIF"))


def test_a_script_behind_the_pixels_is_left_behind():
    clean = read(encoded() + b"<script>alert(1)</script>")

    assert b"script" not in clean.data


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, *chunks):
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + b"".join(chunks) + chunk(b"IEND", b"")


@pytest.mark.parametrize("width, height", [(9000, 6000), (12_000, 9000), (100_000, 100_000)])
def test_a_bomb_is_refused_before_it_is_decoded(width, height):
    data = png(width, height, chunk(b"IDAT", zlib.compress(bytes(1_000_000))))

    assert len(data) < 2000
    assert refusal(data) == ("Cette image a plus de 52 millions de pixels\u00a0: réduis-la.")


def test_a_bomb_in_the_notes_of_a_picture_is_refused():
    note = b"Comment\0\0" + zlib.compress(bytes(100_000_000))

    assert "image" in refusal(png(400, 300, chunk(b"zTXt", note), chunk(b"IDAT", b"")))


def test_a_heavy_file_is_refused_unread():
    class Heavy(io.BytesIO):
        size = 100_000_000

        def read(self, *args):
            raise AssertionError("read")

    with pytest.raises(Refused) as refused:
        read_picture(Heavy())

    assert str(refused.value) == (
        "Ce fichier pèse 100\u00a0Mo\u202f; une image pèse 15\u00a0Mo au plus."
    )


def test_a_tiny_picture_is_refused():
    assert refusal(encoded(drawing(1, 1000))) == (
        "Cette image fait 1 × 1000 pixels\u202f; il en faut 160 au moins de chaque côté."
    )


@pytest.mark.parametrize("width, height", [(160, 2600), (20_000, 1300)])
def test_a_picture_that_is_a_thread_once_reduced_is_refused(width, height):
    assert "Recadre-la." in refusal(encoded(drawing(width, height), "PNG"))


@pytest.mark.parametrize("width, height", [(160, 2400), (4800, 320)])
def test_a_long_picture_keeps_its_shortest_side(width, height):
    clean = read(encoded(drawing(width, height), "JPEG"))

    assert sorted((clean.width, clean.height)) == [160, 2400]


def test_a_picture_that_moves_is_refused():
    frames = [drawing(), drawing(mode="L").convert("RGB")]

    for kind in ("PNG", "WEBP"):
        data = encoded(frames[0], kind, save_all=True, append_images=[frames[1]])
        assert refusal(data) == "Cette image est animée\u00a0: envoie une image fixe."


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_cut_picture_is_refused(kind):
    data = encoded(drawing(800, 600), kind)

    assert "abîmée" in refusal(data[: len(data) // 2])


WHOLE = {kind: encoded(kind=kind) for kind in ("JPEG", "PNG", "WEBP", "AVIF")}


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@given(
    kind=st.sampled_from(sorted(WHOLE)),
    cut=st.floats(0, 1),
    changes=st.lists(st.tuples(st.integers(0, 600), st.integers(0, 255)), max_size=6),
)
def test_any_bytes_are_read_or_refused(kind, cut, changes):
    data = bytearray(WHOLE[kind][: int(len(WHOLE[kind]) * cut)])
    for place, value in changes:
        if place < len(data):
            data[place] = value

    with suppress(Refused):
        clean = read(bytes(data))
        assert is_clean(clean.data, clean.digest, (clean.width, clean.height))


def test_only_what_reading_made_is_clean():
    clean = read(encoded())
    size = (clean.width, clean.height)
    with_place = encoded(kind="WEBP", exif=b"Exif\0\0MM\0*\0\0\0\x08\0\0")

    assert is_clean(clean.data, clean.digest, size)
    assert not is_clean(clean.data + b"<script>", clean.digest, size)
    assert not is_clean(clean.data, clean.digest, (300, 400))
    for other in (with_place, encoded(), SCRIPTS[0], encoded(drawing(2500, 200), kind="WEBP")):
        assert not is_clean(other, sha256(other).hexdigest(), size)


# Sizes and what is kept


def test_four_widths_of_two_kinds_are_made_once(db, media):
    picture = create_picture(image=drawing(1600, 400))

    folder = media / "pictures" / picture.digest
    made = {path.name: path for path in folder.iterdir()}
    sizes = {name: Image.open(io.BytesIO(path.read_bytes())) for name, path in made.items()}
    assert {name: (image.format, image.size) for name, image in sizes.items()} == {
        f"{width}.{kind.lower()}": (kind, (width, width // 4))
        for width in (320, 640, 960, 1440)
        for kind in ("AVIF", "WEBP")
    }
    before = {name: path.stat().st_mtime_ns for name, path in made.items()}
    store.make_sizes(picture.digest, picture.width)
    assert {name: path.stat().st_mtime_ns for name, path in made.items()} == before


def test_a_picture_is_never_enlarged():
    assert widths_of(2400) == (320, 640, 960, 1440)
    assert widths_of(1440) == (320, 640, 960, 1440)
    assert widths_of(700) == (320, 640, 700)
    assert widths_of(200) == (200,)


def test_a_size_that_is_gone_is_made_again(db):
    picture = create_picture()
    store.served(picture.digest, 320, "avif").unlink()

    store.make_sizes(picture.digest, picture.width)

    assert store.served(picture.digest, 320, "avif").is_file()


@pytest.mark.django_db
@pytest.mark.parametrize("alternative, is_decorative", [("", False), ("Une soudeuse", True)])
def test_a_picture_is_described_or_decorative(alternative, is_decorative):
    with pytest.raises(IntegrityError):
        Picture.objects.create(
            slug="a",
            file="pictures/a.webp",
            width=1,
            height=1,
            alternative=alternative,
            is_decorative=is_decorative,
        )


# Served


@pytest.mark.parametrize("extension", ["avif", "webp"])
def test_a_size_is_served_for_good(client, db, extension):
    picture = create_picture()

    path = f"/images/{picture.digest}/320.{extension}"
    response = client.get(path, headers={"Accept-Encoding": "gzip"})

    data = b"".join(response.streaming_content)
    assert data == store.served(picture.digest, 320, extension).read_bytes()
    assert response["Content-Type"] == f"image/{extension}"
    assert response["Content-Length"] == str(len(data))
    assert set(response["Cache-Control"].split(", ")) == {"public", "max-age=31536000", "immutable"}
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "Content-Encoding" not in response
    assert "Vary" not in response


def test_a_size_already_there_is_not_sent_again(client, db):
    path = create_picture().address(320, "webp")
    first = client.get(path)
    first.close()

    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    again.close()

    assert (again.status_code, b"".join(again)) == (304, b"")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/images/{digest}/321.webp",
        "/images/{digest}/320.png",
        "/images/{digest}/0320.webp",
        "/images/{digest}.webp",
        "/images/{digest}/../{digest}.webp",
        "/images/{digest}/..%2F{digest}.webp",
        "/images/../../../etc/passwd",
        "/images/" + "0" * 64 + "/320.webp",
        "/images/",
    ],
)
def test_nothing_else_is_served(client, path):
    response = client.get(path.format(digest=create_picture().digest))

    assert response.status_code == 404
    assert "immutable" not in response.get("Cache-Control", "")


# Shown


@pytest.fixture
def shown(db):
    picture = create_picture(image=drawing(1500, 200), origin="https://example.org/photo")
    sector = create_sector(picture=picture)
    create_whole_metier(sector=sector, picture=picture)
    School.objects.update(picture=picture)
    return picture


PAGES = ["/metiers/menuisier/", "/secteurs/construction/", "/ecoles/menuisier-0/"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_shows_its_picture_in_sizes(client, shown, path):
    figure = find(tree(client.get(path)), css="picture")

    widths = (320, 640, 960, 1440)
    assert [(s.get("type"), s.get("srcset")) for s in find_all(figure, tag="source")] == [
        (
            f"image/{kind}",
            ", ".join(f"/images/{shown.digest}/{w}.{kind} {w}w" for w in widths),
        )
        for kind in ("avif", "webp")
    ]
    assert find(figure, tag="img").attrib == {
        "src": f"/images/{shown.digest}/640.webp",
        "width": "1500",
        "height": "200",
        "alt": "Une soudeuse règle son poste",
        "loading": "lazy",
        "decoding": "async",
    }


@pytest.mark.parametrize("path", PAGES)
def test_a_picture_says_whose_it_is(client, shown, path):
    caption = find(tree(client.get(path)), tag="figcaption")

    assert text(caption) == "Image : Jeanne Exemple, CC BY 4.0"
    assert links(caption) == [
        ("Jeanne Exemple", "https://example.org/photo"),
        ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/deed.fr"),
    ]


def test_a_decorative_picture_says_nothing_to_who_does_not_see_it(client, db):
    create_metier(picture=create_picture(is_decorative=True))

    figure = find(tree(client.get("/metiers/menuisier/")), css="picture")

    assert find(figure, tag="img").get("alt") == ""


@pytest.mark.parametrize("path", PAGES)
def test_a_page_without_a_picture_has_nothing_of_one(client, shown, path):
    with_picture = client.get(path).content.decode()
    for model in (Metier, Sector, School):
        model.objects.update(picture=None)

    without = client.get(path).content.decode()

    start, end = with_picture.index('<figure class="picture'), with_picture.index("</figure>")
    figure = with_picture[start : end + len("</figure>\n")]
    assert without == with_picture.replace(figure, "")


@pytest.mark.parametrize("path, queries", list(zip(PAGES, (5, 3, 3), strict=True)))
def test_a_picture_costs_no_query(client, shown, django_assert_num_queries, path, queries):
    client.get("/")

    with django_assert_num_queries(queries):
        client.get(path)


def test_a_picture_that_changes_renews_the_content(db):
    picture = create_picture()
    before = current_stamp()

    Picture.objects.update(credit="Jean Autre")

    assert current_stamp() not in (None, before)
    assert picture.digest


@pytest.mark.parametrize(
    "name, address",
    [
        ("CC BY-NC-SA 4.0", "https://creativecommons.org/licenses/by-nc-sa/4.0/deed.fr"),
        ("CC BY 2.0", "https://creativecommons.org/licenses/by/2.0/deed.fr"),
        ("CC0", "https://creativecommons.org/publicdomain/zero/1.0/deed.fr"),
        ("© HELMo, avec son accord", ""),
        ("CC BY 4.0 ou presque", ""),
    ],
)
def test_a_known_licence_is_linked(name, address):
    assert licence_url(name) == address


# In the content files


def held():
    documents = (PICTURE, METIER, document_of(Sector), document_of(School))
    return [[d.dump(row) for row in d.model.objects.order_by("-slug")] for d in documents]


def travelled(folder):
    """Written in the folder and gone from the database: what it held, its fiche not published.

    A published one that lacks so much would be refused.
    """
    Metier.objects.update(status="draft")
    before = held()
    export_content(folder)
    for model in (Metier, Sector, School, Picture):
        model.objects.all().delete()
    return before


def test_pictures_travel_with_their_bytes(shown, tmp_path, settings):
    before = travelled(tmp_path / "content")
    settings.MEDIA_ROOT = tmp_path / "elsewhere"

    import_content(tmp_path / "content")

    assert held() == before
    assert [rows[-1]["picture"] for rows in before[1:]] == ["soudeuse"] * 3
    picture = Picture.objects.get()
    assert (picture.digest, picture.width) == (shown.digest, 1500)
    assert store.served(picture.digest, 1440, "avif").is_file()


def test_a_second_import_leaves_a_picture(shown, tmp_path):
    export_content(tmp_path)

    report = import_content(tmp_path)

    assert (report.created, report.changed) == ([], [])


def test_an_export_names_the_files_of_its_pictures(shown, tmp_path):
    stale = tmp_path / "pictures" / f"{'0' * 64}.webp"
    stale.parent.mkdir()
    stale.write_bytes(b"")

    lines = export_content(tmp_path, prune=True)

    assert lines[:3] == [
        "pictures.yaml",
        f"pictures/{shown.digest}.webp",
        f"pictures/{'0' * 64}.webp (retiré)",
    ]
    assert [path.name for path in stale.parent.iterdir()] == [f"{shown.digest}.webp"]


def test_an_export_names_what_is_lost_and_goes_on(shown, tmp_path):
    store.remove(shown.digest)

    lines = export_content(tmp_path)

    assert lines[1] == f"pictures/{shown.digest}.webp (introuvable)"
    assert (tmp_path / "metiers/menuisier.yaml").is_file()


@pytest.mark.parametrize("data", [b"<script>alert(1)</script>", encoded(kind="WEBP"), b""])
def test_a_file_of_another_digest_imports_nothing(shown, tmp_path, data, settings):
    travelled(tmp_path)
    (tmp_path / "pictures" / f"{shown.digest}.webp").write_bytes(data)
    settings.MEDIA_ROOT = tmp_path / "elsewhere"

    with pytest.raises(ContentError) as refused:
        import_content(tmp_path)

    assert str(refused.value) == (
        f"pictures.yaml : [0].file : trouvé « pictures/{shown.digest}.webp » ; "
        "permis : un WebP de 1500 × 200, de cette empreinte"
    )
    assert not settings.MEDIA_ROOT.exists()
    assert not Picture.objects.exists()


def test_a_file_that_is_missing_imports_nothing_unless_it_is_kept(shown, tmp_path, settings):
    travelled(tmp_path)
    (tmp_path / "pictures" / f"{shown.digest}.webp").unlink()

    with pytest.raises(ContentError, match="un fichier du dossier"):
        read_entries(tmp_path, alone=True)
    import_content(tmp_path)
    assert Picture.objects.get().digest == shown.digest

    settings.MEDIA_ROOT = tmp_path / "elsewhere"
    with pytest.raises(ContentError, match="un fichier du dossier"):
        import_content(tmp_path)


def test_a_name_that_leads_elsewhere_is_refused(shown, tmp_path):
    travelled(tmp_path)
    listed = (tmp_path / "pictures.yaml").read_text(encoding="utf-8")
    name = f"pictures/{shown.digest}.webp"
    (tmp_path / "pictures.yaml").write_text(listed.replace(name, "../secret"), encoding="utf-8")

    with pytest.raises(ContentError, match="permis : la forme"):
        import_content(tmp_path)


def test_a_dry_run_keeps_no_file(shown, tmp_path, settings):
    travelled(tmp_path)
    settings.MEDIA_ROOT = tmp_path / "elsewhere"

    report = import_content(tmp_path, dry_run=True)

    assert report.created[0] == "image soudeuse"
    assert not settings.MEDIA_ROOT.exists()


def test_an_older_state_whose_file_is_gone_is_refused(shown):
    data = PICTURE.dump(shown) | {"file": f"pictures/{'0' * 64}.webp"}

    with pytest.raises(ValidationError, match="n’est plus là"):
        apply(PICTURE, shown, data)
