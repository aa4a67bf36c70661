"""Tests in a real browser: the system's Chromium, else the one that Playwright installed."""

import os
import shutil
from pathlib import Path

import pytest
from django.db import connection

from quiz.immutability import unprotect
from quiz.models import QuestionSet
from tests.conftest import fill

# Playwright keeps an event loop in this thread until the session ends, and Django then takes
# every query for an asynchronous one. It isn't: these tests are synchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

HERE = Path(__file__).parent
SYSTEM_BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first is the same browser without its own windows: it opens a page in half the time."""
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


def pytest_itemcollected(item):
    """Whatever lives here is marked `e2e`."""
    if item.path.is_relative_to(HERE):
        item.add_marker(pytest.mark.e2e)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """What only reads comes after all others."""
    items.sort(key=only_reads)


def only_reads(item):
    return item.path.is_relative_to(HERE) and not item.get_closest_marker("django_db")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    args = [*browser_type_launch_args.get("args", ()), *QUIET]
    if os.geteuid() == 0:
        args.append("--no-sandbox")  # Chromium's sandbox refuses root
    launch_args = {**browser_type_launch_args, "args": args}
    executable = next(filter(None, map(shutil.which, SYSTEM_BROWSERS)), None)
    return {**launch_args, "executable_path": executable} if executable else launch_args


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "fr-BE"}


@pytest.fixture(scope="session")
def base_url(live_server):
    """Where `page.goto("/metiers/")` goes."""
    connection.inc_thread_sharing()  # for the threads that end a moment after the server does
    return live_server.url


@pytest.fixture
def transactional_db():
    """What pytest-django asks for with a live server: it would empty the database each time."""


@pytest.fixture(autouse=True)
def content(request, content_statements, django_db_blocker):
    """The real content: read by one test after the other, or filled in anew for one that writes.

    That one is marked `django_db(transaction=True)`, and the database is emptied after it.
    """
    with django_db_blocker.unblock():
        if not QuestionSet.objects.exists():
            fill(content_statements)
        yield
        if not only_reads(request.node):
            unprotect()  # or else the flush that follows would be refused; it protects them again
