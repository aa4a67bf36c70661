"""Sheets that were shown and wait for their confirmation, in the temporary folder, for a day."""

import datetime
import os
import tempfile
import time
from pathlib import Path

from import_export.tmp_storages import TempFolderStorage

KEPT_FOR = datetime.timedelta(days=1)
PREFIX = "aiguillage-feuille-"


class KeptSheet(TempFolderStorage):
    """A file of ours by its name, so that those that nobody confirmed are found and removed."""

    def __init__(self, name=None):
        super().__init__(name=name, read_mode="rb")

    def save(self, data):
        remove_old()
        with tempfile.NamedTemporaryFile(prefix=PREFIX, delete=False) as file:
            file.write(data)
        self.name = os.path.basename(file.name)


def remove_old():
    """Two workers may find the same file, and one of them no more."""
    oldest = time.time() - KEPT_FOR.total_seconds()
    for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        try:
            if path.stat().st_mtime < oldest:
                path.unlink()
        except (FileNotFoundError, PermissionError):
            continue
