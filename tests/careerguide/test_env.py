import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from careerguide.env import Environment

ROOT = Path("/srv/www")


@pytest.mark.parametrize(
    "reader, raw, default, value",
    [
        ("string", "Aiguillage", "Guide", "Aiguillage"),
        ("string", "", "Guide", ""),
        ("boolean", "1", False, True),
        ("boolean", "True", False, True),
        ("boolean", "YES", False, True),
        ("boolean", "on", False, True),
        ("boolean", "0", True, False),
        ("boolean", "false", True, False),
        ("boolean", "no", True, False),
        ("boolean", "off", True, False),
        ("integer", "-12", 3, -12),
        ("path", "/var/lib/guide", ROOT, Path("/var/lib/guide")),
        ("words", "a.be, b.be", [], ["a.be", "b.be"]),
        ("words", "a.be,,", [], ["a.be"]),
        ("words", "", ["localhost"], []),
    ],
)
def test_reads_a_value_of_the_type(reader, raw, default, value):
    assert getattr(Environment({"NAME": raw}), reader)("NAME", default) == value


@pytest.mark.parametrize(
    "reader, default",
    [
        ("string", "Guide"),
        ("boolean", True),
        ("boolean", False),
        ("integer", 3),
        ("path", ROOT),
        ("words", ["localhost"]),
    ],
)
def test_gives_the_default_of_an_absent_variable(reader, default):
    assert getattr(Environment({"OTHER": "1"}), reader)("NAME", default) == default


@pytest.mark.parametrize(
    "reader, raw, default, message",
    [
        (
            "boolean",
            "maybe",
            False,
            "NAME must be a boolean (1, true, yes, on, 0, false, no, off), not 'maybe'; "
            "its default is False.",
        ),
        ("boolean", "", True, "a boolean (1, true, yes, on, 0, false, no, off), not ''"),
        ("integer", "12.5", 3, "NAME must be a whole number, not '12.5'; its default is 3."),
        (
            "path",
            "www",
            ROOT,
            f"NAME must be an absolute path, not 'www'; its default is {ROOT!r}.",
        ),
    ],
)
def test_names_variable_type_and_default_of_what_it_cannot_read(reader, raw, default, message):
    with pytest.raises(ImproperlyConfigured) as caught:
        getattr(Environment({"NAME": raw}), reader)("NAME", default)

    assert message in str(caught.value)


def test_prefers_the_secret_given_to_the_one_of_development():
    assert Environment({"KEY": "given"}).secret("KEY", development_value="dev") == "given"


def test_falls_back_on_the_secret_of_development():
    assert Environment({}).secret("KEY", development_value="dev") == "dev"


@pytest.mark.parametrize("variables", [{}, {"KEY": ""}])
def test_has_no_secret_outside_development(variables):
    with pytest.raises(ImproperlyConfigured) as caught:
        Environment(variables).secret("KEY", development_value=None)

    assert str(caught.value) == "KEY must be a long random text; it has no default outside DEBUG."


def started(expression, **variables):
    """Another Python that reads the settings with these variables and no other."""
    code = f"from careerguide import settings; print({expression})"
    command = [sys.executable, "-c", code]
    return subprocess.run(  # noqa: S603 (our own code)
        command, cwd=settings.BASE_DIR, env=variables, capture_output=True, text=True, check=False
    )


def test_production_without_secret_key_refuses_to_start():
    run = started("settings.SECRET_KEY")

    assert run.returncode == 1
    assert run.stdout == ""
    assert run.stderr.splitlines()[-1].endswith(
        "SECRET_KEY must be a long random text; it has no default outside DEBUG."
    )


def test_production_starts_with_a_secret_key_alone():
    run = started("settings.SECRET_KEY, settings.DEBUG", SECRET_KEY="s")

    assert run.stdout == "s False\n"


def test_development_starts_with_debug_alone():
    run = started("bool(settings.SECRET_KEY), settings.DEBUG", DEBUG="1")

    assert run.stdout == "True True\n"


@pytest.mark.parametrize("https, redirects", [("1", "True"), ("0", "False")])
def test_https_turns_everything_secure_at_once(https, redirects):
    run = started(
        "settings.SECURE_SSL_REDIRECT, settings.SESSION_COOKIE_SECURE, "
        "settings.CSRF_COOKIE_SECURE, settings.SECURE_HSTS_SECONDS > 0",
        SECRET_KEY="s",
        HTTPS=https,
    )

    assert run.stdout == " ".join([redirects] * 4) + "\n"
