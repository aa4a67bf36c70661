import pytest
from django.contrib.auth.models import Group, User

from desk import quality
from metiers.models import Metier
from tests.desk_editor import Editor


def member(group, name=""):
    """An account of one of the three groups."""
    user = User.objects.create_user(name or group.lower(), password="motdepasse", is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture(autouse=True)
def sentences(monkeypatch):
    """Those of this test's database: a process has one."""
    monkeypatch.setattr(quality, "sentences_of_today", quality.Sentences())


@pytest.fixture
def writer(db):
    return member("Rédaction")


@pytest.fixture
def reviewer(db):
    return member("Relecture")


@pytest.fixture
def administrator(db):
    return member("Administration")


@pytest.fixture
def writing(client, content, writer):
    """A member of the Rédaction, logged in, and the content of the guide."""
    client.force_login(writer)
    return writer


@pytest.fixture
def signed_in(client, content, reviewer):
    """A member of the Relecture at the desk, and the content of the guide."""
    client.force_login(reviewer)
    return client


@pytest.fixture
def infirmier(content):
    return Metier.objects.get(slug="infirmier")


@pytest.fixture
def editor(client, db):
    """A superuser at the desk."""
    return Editor(client)
