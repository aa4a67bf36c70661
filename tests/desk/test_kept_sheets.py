"""A sheet waits for a day, for who saw its preview."""

import datetime
import os
import tempfile
import time
from pathlib import Path

import pytest
from django.core import signing

from desk.admin.sheets import GONE
from desk.kept_sheets import KEPT_FOR
from desk.models import ImportBatch
from tests.client import StrictClient
from tests.desk.bringing import bring, csv, write
from tests.desk.conftest import member
from tests.desk_editor import messages_of


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def bring_note(client, text="Une"):
    return bring(client, csv(("infirmier", "wallonia", text), headers=["metier", "region", "note"]))


def age(path, by):
    then = time.time() - by.total_seconds()
    os.utime(path, (then, then))


def test_a_preview_that_nobody_confirmed_is_removed_after_a_day(signed_in, folder):
    bring_note(signed_in)
    (old,) = folder.iterdir()
    age(old, KEPT_FOR + datetime.timedelta(minutes=1))
    stranger = Path(folder, "d-un-autre")
    stranger.touch()
    age(stranger, KEPT_FOR * 2)

    bring_note(signed_in)
    bring_note(signed_in)

    assert not old.exists()
    assert (stranger.exists(), len(list(folder.iterdir()))) == (True, 3)


def test_a_confirmed_sheet_leaves_no_file(signed_in, folder):
    write(signed_in, bring_note(signed_in))

    assert ImportBatch.objects.exists()
    assert list(folder.iterdir()) == []


def test_a_preview_is_confirmed_by_who_saw_it_only(signed_in):
    shown = bring_note(signed_in)
    other = StrictClient()
    other.force_login(member("Relecture", "nadia"))

    refused = write(other, shown)
    count = ImportBatch.objects.count()
    write(signed_in, shown)

    assert messages_of(refused) == [("error", GONE)]
    assert (count, ImportBatch.objects.count()) == (0, 1)


def test_a_preview_is_confirmed_within_a_day(signed_in, monkeypatch):
    yesterday = int(time.time() - KEPT_FOR.total_seconds() - 60)
    with monkeypatch.context() as patched:
        patched.setattr(
            signing.TimestampSigner, "timestamp", lambda _: signing.b62_encode(yesterday)
        )
        shown = bring_note(signed_in)

    refused = write(signed_in, shown)

    assert messages_of(refused) == [("error", GONE)]
    assert not ImportBatch.objects.exists()
