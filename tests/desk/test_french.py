"""The desk says « tu », with a printer's spaces and apostrophes, where Django speaks for it too."""

import re
from functools import cache
from pathlib import Path

import axes
import django
import pytest
from axes.models import AccessAttempt
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import settings
from django.utils import translation
from django.utils.translation.trans_real import DjangoTranslation

from careerguide.typography import typeset
from tests.desk.conftest import member
from tests.desk_editor import messages_of
from tests.factories import create_metier, create_source
from tests.html import find, find_all, text, tree

DOMAINS = ("django", "djangojs")
OURS = settings.BASE_DIR / "locale"
FORMAL = re.compile(r"\b(?:vous|votre|vos|(?!assez\b|chez\b)\w+ez)\b", re.IGNORECASE)
CLUMSY = re.compile(r"\bobjets?\b|\(e\)", re.IGNORECASE)
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{\w*\}")

# How the messages begin that nobody meets here, and why.
UNMET = {
    "no words: the signs after which a label takes no colon": (":?.!",),
    "a password is not reset by mail: no address does it": (
        "Your password has been set.",
        "Please enter your new password twice",
        "The password reset link was invalid",
        "We’ve emailed you instructions",
        "If you don’t receive an email",
        "You're receiving this email",
        "Please go to the following page",
        "In case you’ve forgotten",
        "Thanks for using our site!",
        "Forgotten your password? Enter your email",
        "Forgotten your login credentials?",
        "Enter new password",
    ),
    "the site has its own page for a form without its token": (
        "You are seeing this message because this",
        "If you have configured your browser to disable",
        "If you are using the <meta",
    ),
    "Django's own page of a project without addresses": (
        "The install worked successfully!",
        'View <a href="https://docs',
        "You are seeing this page because",
        "Tutorial: A Polling App",
    ),
    "what a kind of field is called in a manual for programmers": (
        "String (up to",
        "Slug (up to",
        "A JSON object",
    ),
    "no view is one of Django's generic ones": (
        "No %(verbose_name)s found",
        "Page is not “last”",
        "Empty list and “%(class_name)s",
    ),
    "the admin's journal and the sessions are nowhere listed": (
        "object id",
        "object repr",
        "LogEntry Object",
        "expire date",
    ),
    "the site has its own pages of what is not found, and of its failures": (
        "Content type %(ct_id)s object",
        "%(ct_name)s objects don’t have",
        "There’s been an error.",
    ),
    "a user name has its accents": ("Enter a valid username. This value may contain only unacc",),
    "the desk has its own import, and exports without asking": (
        "Import finished: ",
        "%(exc_name)s encountered",
        "No valid data to import.",
        "Export selected %(verbose_name_plural)s",
        "Select at least 1 field",
        "Select all",
        "The following fields are declared",
        "call to force_str() on instance",
        "This exporter will export",
        "Below is a preview of data",
        "Please correct these errors in your data",
        "This importer will import",
    ),
    "the code is asked by the desk's own form, and never sent": (
        "Please enter your OTP token.",
        "Invalid token.",
        "Verification temporarily disabled",
        "Please correct the error below.",  # the admin's is another, of one or more
        "Please correct the errors below.",
        "Forgotten your password or username?",
        "sent by email",
    ),
}
EXCUSED = tuple(beginning for beginnings in UNMET.values() for beginning in beginnings)


@cache
def catalogue(path):
    with path.open("rb") as file:
        return [message for message in read_po(file, ignore_obsolete=True) if message.id]


def folders():
    """Of everything that stands in the desk and speaks French by itself."""
    roots = [Path(django.__file__).parent / "conf", *(Path(a.path) for a in apps.get_app_configs())]
    return [root / "locale" for root in roots if (root / "locale" / "fr").exists()]


def stock(domain):
    paths = (folder / "fr" / "LC_MESSAGES" / f"{domain}.po" for folder in folders())
    return [message for path in paths if path.exists() for message in catalogue(path)]


def ours(domain):
    return catalogue(OURS / "fr" / "LC_MESSAGES" / f"{domain}.po")


def ids(message):
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def forms(message):
    """All that a translation says: one text, or one for 1 and one for more."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def said(message, spoken):
    """What is read for it here: a text for one, and one for more if there are two."""
    if len(ids(message)) == 2:
        return [spoken.ngettext(*message.id, n) for n in (1, 2)]
    if message.context:
        return [spoken.pgettext(message.context, message.id)]
    return [spoken.gettext(message.id)]


def is_wrong(french):
    french = french.strip(" ")
    return bool(FORMAL.search(french) or CLUMSY.search(french) or typeset(french) != french)


def is_faulty(message, spoken):
    is_untranslated = not any(forms(message)) and said(message, spoken) == list(ids(message))
    return is_untranslated or any(map(is_wrong, said(message, spoken)))


def spoken_by(domain):
    if domain == "django":
        return translation
    return DjangoTranslation("fr", domain=domain, localedirs=[str(path) for path in folders()])


def test_the_packages_are_found():
    """A guard that looks nowhere would find nothing."""
    names = {folder.parent.name for folder in folders()}

    assert names >= {"conf", "admin", "auth", "axes", "import_export", "django_otp"}


@pytest.mark.parametrize(
    "french",
    [
        "Saisissez une date.",
        "Votre compte",
        "Veuillez attendre.",
        "L'eau",
        "Supprimer ?",
        "Note : rien",
        "« oui »",
        "L’objet source est là.",
    ],
)
def test_what_the_desk_would_not_say_is_seen(french):
    assert is_wrong(french)


@pytest.mark.parametrize("domain", DOMAINS)
def test_no_message_says_vous_or_is_badly_set(domain):
    spoken = spoken_by(domain)
    met = [message for message in stock(domain) if not ids(message)[0].startswith(EXCUSED)]

    assert [said(message, spoken) for message in met if is_faulty(message, spoken)] == []


def test_each_excuse_is_needed():
    faulty = [ids(message)[0] for message in stock("django") if is_faulty(message, translation)]

    assert [start for start in EXCUSED if not any(id.startswith(start) for id in faulty)] == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_our_messages_are_set_as_the_site_is(domain):
    assert [text for message in ours(domain) for text in forms(message) if is_wrong(text)] == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_each_of_our_messages_is_one_of_theirs(domain):
    """Renamed there, it would speak no more: an upgrade says so here."""
    theirs = {(message.context, message.id) for message in stock(domain)}
    unlisted = [message for message in ours(domain) if (message.context, message.id) not in theirs]
    source = "".join(path.read_text() for path in Path(axes.__file__).parent.glob("*.py"))

    assert [message.id for message in unlisted if f'_("{message.id}")' not in source] == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_placeholders_are_kept(domain):
    def placeholders(text):
        return set(PLACEHOLDER.findall(text))

    assert [
        (message.id, text)
        for message in ours(domain)
        for text in forms(message)
        if placeholders(text) != placeholders(ids(message)[-1])
    ] == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_what_is_compiled_is_what_is_written(domain):
    """`make messages` was run."""
    with (OURS / "fr" / "LC_MESSAGES" / f"{domain}.mo").open("rb") as file:
        compiled = {(m.context, *ids(m)): forms(m) for m in read_mo(file) if m.id}

    assert compiled == {(m.context, *ids(m)): forms(m) for m in ours(domain)}


@pytest.mark.parametrize("domain", DOMAINS)
def test_our_messages_are_those_that_are_read(domain):
    spoken = spoken_by(domain)

    assert [m.id for m in ours(domain) if said(m, spoken) != list(forms(m))] == []


def heading(response):
    return text(find(find(tree(response), id="content"), tag="h1"))


def shown_messages(response):
    return [(level, re.sub("<[^>]*>", "", message)) for level, message in messages_of(response)]


def warnings_of(response):
    return [text(note) for note in find_all(tree(response), css="errornote")]


SOURCES = "/gestion/metiers/source/"
SOURCE = {"slug": "onem", "title": "Chômage", "publisher": "ONEM"}


@pytest.mark.parametrize(
    "address, title",
    [
        (SOURCES, "Sources"),
        (f"{SOURCES}add/", "Ajouter : source"),
        ("/gestion/metiers/school/add/", "Ajouter : établissement"),
        ("/gestion/desk/revision/", "Révisions"),
        ("/gestion/auth/", "Authentification et autorisation"),
    ],
)
def test_a_page_is_titled_without_an_article(editor, address, title):
    assert heading(editor.open(address)) == title


def test_a_page_of_one_thing_says_what_it_does(editor):
    source = create_source()

    assert heading(editor.open(f"{SOURCES}{source.pk}/change/")) == "Modifier : source"


def test_the_buttons_of_a_form_say_what_comes_next(editor):
    buttons = find_all(tree(editor.open(f"{SOURCES}add/")), tag="input")

    assert [b.get("value") for b in buttons if b.get("type") == "submit"] == [
        "Enregistrer",
        "Enregistrer et en ajouter d’autres",
        "Enregistrer et continuer",
    ]


@pytest.mark.parametrize(
    "button, next_step",
    [
        ({}, ""),
        ({"_continue": "1"}, " Tu peux continuer ci-dessous."),
        ({"_addanother": "1"}, " Tu peux en ajouter d’autres ci-dessous."),
    ],
)
def test_what_is_added_is_named(editor, button, next_step):
    response = editor.save(f"{SOURCES}add/", **SOURCE, **button)

    done = "C’est ajouté\u00a0: source «\u00a0ONEM, Chômage\u00a0»."
    assert shown_messages(response) == [("success", done + next_step)]


def test_what_is_changed_is_named(editor):
    page = f"{SOURCES}{create_source(**SOURCE).pk}/change/"

    response = editor.save(page, year="2024", _continue="1")

    assert shown_messages(response) == [
        (
            "success",
            "C’est enregistré\u00a0: source «\u00a0ONEM, Chômage\u00a0». "
            "Tu peux continuer ci-dessous.",
        )
    ]


def test_a_key_that_is_taken_says_what_to_change(editor):
    create_source(**SOURCE)

    response = editor.save(f"{SOURCES}add/", **SOURCE, url="onem", year="l’an dernier")

    errors = [str(error) for errors in response.context["errors"] for error in errors]
    assert errors == [
        "Écris un nombre entier.",
        "Écris une adresse web complète, comme https://exemple.be.",
        "Cela existe déjà (Source)\u00a0: change «\u00a0Clé\u00a0».",
    ]
    assert warnings_of(response) == ["Il y a des erreurs à corriger ci-dessous."]


def test_a_deletion_is_asked_and_said(editor):
    page = f"{SOURCES}{create_source(**SOURCE).pk}/delete/"

    asked = text(find(tree(editor.open(page)), id="content"))
    done = editor.client.post(page, {"post": "yes"}, follow=True)

    question = "Supprimer « ONEM, Chômage » (source) ? Voici tout ce qui partirait :"
    assert question in asked
    assert "Non, revenir en arrière" in asked
    assert shown_messages(done) == [
        ("success", "C’est supprimé\u00a0: source «\u00a0ONEM, Chômage\u00a0».")
    ]


def test_what_still_serves_is_not_deleted(editor):
    sector = create_metier().sector

    asked = text(
        find(tree(editor.open(f"/gestion/metiers/sector/{sector.pk}/delete/")), id="content")
    )

    assert f"Impossible de supprimer « {sector} » (secteur) tant que ceci s’en sert" in asked


def test_many_are_deleted_at_once(editor):
    rows = [create_source(slug=slug) for slug in ("forem", "actiris")]
    data = {"action": "delete_selected", "_selected_action": [row.pk for row in rows]}

    asked = text(find(tree(editor.client.post(SOURCES, data)), id="content"))
    done = editor.client.post(SOURCES, data | {"post": "yes"}, follow=True)

    assert "Supprimer ce qui est coché (sources) ?" in asked
    assert shown_messages(done) == [("success", "C’est supprimé\u00a0: 2 sources.")]


def test_an_action_wants_rows(editor):
    create_source()

    response = editor.client.post(SOURCES, {"action": "delete_selected", "index": "0"}, follow=True)

    assert shown_messages(response) == [
        ("warning", "Coche d’abord les lignes concernées. Rien n’a changé.")
    ]


def test_a_wrong_password_is_said_with_tact(client, db):
    member("Rédaction")

    response = client.post("/gestion/login/", {"username": "rédaction", "password": "faux"})

    assert warnings_of(response) == [
        "Ce nom d’utilisateur et ce mot de passe n’ouvrent pas la rédaction. "
        "Vérifie les deux, majuscules comprises."
    ]


def test_a_password_is_changed_with_tu(editor):
    page = "/gestion/password_change/"
    new = {"new_password1": "une phrase à moi", "new_password2": "une phrase à moi"}

    asked = text(find(tree(editor.open(page)), id="content"))
    refused = editor.client.post(page, new | {"old_password": "faux"})
    done = editor.client.post(page, new | {"old_password": "secret"}, follow=True)

    assert "Écris d’abord ton mot de passe actuel, puis deux fois le nouveau" in asked
    assert "Le mot de passe doit avoir au moins 12 caractères." in asked
    assert refused.context["form"].errors == {
        "old_password": ["Ce n’est pas ton mot de passe actuel. Essaie encore."]
    }
    assert "Ton mot de passe est changé." in text(find(tree(done), id="content"))


def test_the_scripts_of_the_admin_say_tu(editor):
    script = editor.open("/gestion/jsi18n/").content.decode()

    written = re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), script)
    assert "Tu cherches sans doute le bouton «\u00a0Appliquer\u00a0»" in written
    assert "Coché\u00a0: %(sel)s sur %(cnt)s" in written
    assert not FORMAL.search(written)


def test_the_failed_logins_are_listed_in_french(editor):
    AccessAttempt.objects.create(username="léa", ip_address="127.0.0.1", failures_since_start=5)
    AccessAttempt.objects.create(username="noé", ip_address="127.0.0.1", failures_since_start=2)

    page = tree(editor.open("/gestion/axes/accessattempt/"))

    assert [text(cell) for cell in find_all(page, css="field-status")] == [
        "3 encore avant le blocage",
        "connexion bloquée",
    ]
    assert "Effacer les tentatives expirées" in [text(one) for one in find_all(page, tag="option")]
