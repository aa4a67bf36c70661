"""Where pictures stand under MEDIA_ROOT, each named by the digest of its clean original.

pictures/<digest>.webp is the original, pictures/<digest>/640.avif what visitors get. A name never
means other bytes, so that writing twice is writing once.
"""

import os
import re
from pathlib import Path

from django.conf import settings

from .sizes import EXTENSIONS, sizes_of, widths_of

DIGEST = re.compile(r"[0-9a-f]{64}(?![0-9a-f])")


def name_of(digest):
    """The original's name, under MEDIA_ROOT as in the content folder."""
    return f"pictures/{digest}.webp"


def digest_of(name):
    return Path(name).stem


def original(digest):
    return Path(settings.MEDIA_ROOT) / name_of(digest)


def served(digest, width, extension):
    return original(digest).with_suffix("") / f"{width}.{extension}"


def has(digest):
    return original(digest).is_file()


def keep(digest, data):
    """Write the clean original, or say by its date that it was wanted again."""
    path = original(digest)
    if path.is_file():
        os.utime(path)
    else:
        _write(path, data)


def make_sizes(digest, width):
    """The files that visitors get, unless they are all there."""
    wanted = [served(digest, w, extension) for w in widths_of(width) for extension in EXTENSIONS]
    if all(path.is_file() for path in wanted):
        return
    for scaled, extension, data in sizes_of(original(digest).read_bytes()):
        _write(served(digest, scaled, extension), data)


def digests():
    """Those of everything that stands there, a half-written file too."""
    folder = original("any").parent
    names = (path.name for path in folder.iterdir()) if folder.is_dir() else ()
    return sorted({name[:64] for name in names if DIGEST.match(name)})


def written_at(digest):
    """The time of the last write, in seconds since 1970; 0 where nothing stands."""
    return max((path.stat().st_mtime for path in _paths(digest)), default=0)


def weight(digest):
    """In bytes, the original and what was made of it."""
    return sum(path.stat().st_size for path in _paths(digest) if path.is_file())


def remove(digest):
    for path in _paths(digest):
        if path.is_file():
            path.unlink()
    folder = original(digest).with_suffix("")
    if folder.is_dir():
        folder.rmdir()


def _paths(digest):
    own = original(digest)
    return [*own.parent.glob(f"{digest}*"), *own.with_suffix("").glob("*")]


def _write(path, data):
    """All of it under its name, or nothing: a half-written file would stay for good."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.write_bytes(data)
    part.replace(path)
