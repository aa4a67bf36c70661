"""Takes the pictures of docs/editeurs/ from the desk itself: run by `make manual`.

It serves the database that it is given, as an editor of each group, and draws nothing.
"""

import os
import shutil
import sys
from pathlib import Path
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, make_server

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "careerguide.settings"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop is not Django's

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth.models import Group, User  # noqa: E402
from django.contrib.staticfiles.handlers import StaticFilesHandler  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.test import Client  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

from desk import workflow  # noqa: E402
from metiers.models import Metier  # noqa: E402
from quiz.models import QuestionSet  # noqa: E402

FOLDER = ROOT / "docs" / "editeurs"
WIDTH, HEIGHT = 1180, 860


class Silent(WSGIRequestHandler):
    def log_message(self, *args):
        pass


def member(group):
    user, _ = User.objects.get_or_create(username=group.lower(), is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


def pages():
    """(name of the picture, group, address) in the manual's order."""
    writer, reviewer = member("Rédaction"), member("Relecture")
    sets = QuestionSet.objects
    public = Metier.objects.get(slug="infirmier")
    draft = workflow.start_draft(public, writer)
    draft.teaser = draft.teaser.replace("Tu", "Chaque jour, tu", 1)
    draft.save()
    workflow.ask_review(draft, writer, "Chapeau revu")
    change = f"/gestion/metiers/metier/{draft.pk}"
    yield "accueil", reviewer, "/gestion/"
    yield "fiche", writer, f"{change}/change/"
    yield "interets", writer, f"{change}/change/#bloc-interets"
    yield "apercu", writer, f"{change}/apercu/"
    yield "publier", reviewer, f"{change}/publier/"
    yield "historique", reviewer, f"{change}/history/"
    yield "image", writer, "/gestion/metiers/picture/add/"
    yield "importer", reviewer, "/gestion/importer/"
    yield "ecoles", reviewer, "/gestion/metiers/school/"
    yield "jeu", reviewer, f"/gestion/quiz/questionset/{sets.order_by('number')[0].pk}/essayer/"


def cookie_of(user):
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def main():
    server = make_server(
        "127.0.0.1", 0, StaticFilesHandler(get_wsgi_application()), handler_class=Silent
    )
    Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}"
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for name, user, address in pages():
            context = browser.new_context(
                viewport={"width": WIDTH, "height": HEIGHT}, locale="fr-BE", color_scheme="light"
            )
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": cookie_of(user), "url": base}
            context.add_cookies([cookie])
            page = context.new_page()
            page.goto(base + address)
            page.screenshot(path=FOLDER / f"{name}.png")
            context.close()
            print(f"docs/editeurs/{name}.png")
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    main()
