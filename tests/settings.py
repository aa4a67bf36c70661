"""The settings of production; nothing of the caller's environment decides what a test sees."""

import os

for _name in ("DEBUG", "HTTPS", "ALLOWED_HOSTS", "SITE_NAME", "CONTACT_EMAIL", "CONTENT_DIR"):
    os.environ.pop(_name, None)
os.environ["SECRET_KEY"] = "for-tests-only"

from careerguide.settings import *  # noqa: E402, F403
from careerguide.settings import BASE_DIR, STORAGES, TEMPLATES  # noqa: E402
from tests.undefined import Undefined  # noqa: E402

# Hashed names need a manifest, thus collectstatic.
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
STATIC_ROOT = BASE_DIR / "static"  # must exist: WhiteNoise warns, and warnings are errors
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = Undefined()

MEDIA_ROOT = BASE_DIR / "var" / "test-media"  # a test that writes there takes a folder of its own

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast; no secret is here

TALLY_EVERY = None  # tests write what was counted when they want to read it
