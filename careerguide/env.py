"""The one road from the environment into the settings.

Every reader names the variable, its type and its default when the value can't be read, so that a
wrong deployment says what to change: « DEBUG must be a boolean (1, true, yes, on, 0, false, no,
off), not 'maybe'; its default is False. »
"""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from django.core.exceptions import ImproperlyConfigured

T = TypeVar("T")

BOOLEANS = dict.fromkeys(("1", "true", "yes", "on"), True) | dict.fromkeys(
    ("0", "false", "no", "off"), False
)


class Environment:
    """Typed values of a mapping such as `os.environ`."""

    def __init__(self, variables: Mapping[str, str] = os.environ):
        self.variables = variables

    def string(self, name: str, default: str) -> str:
        return self._read(name, str, "a text", default)

    def boolean(self, name: str, default: bool) -> bool:
        names = ", ".join(BOOLEANS)
        return self._read(name, lambda raw: BOOLEANS[raw.lower()], f"a boolean ({names})", default)

    def integer(self, name: str, default: int) -> int:
        return self._read(name, int, "a whole number", default)

    def path(self, name: str, default: Path) -> Path:
        return self._read(name, _absolute_path, "an absolute path", default)

    def words(self, name: str, default: list[str]) -> list[str]:
        """A comma-separated list: `"a.be, b.be"` is `["a.be", "b.be"]`."""
        return self._read(name, _split_words, "a comma-separated list", default)

    def secret(self, name: str, *, development_value: str | None) -> str:
        """A value without which production must not start."""
        value = self.variables.get(name) or development_value
        if not value:
            raise ImproperlyConfigured(
                f"{name} must be a long random text; it has no default outside DEBUG."
            )
        return value

    def _read(self, name: str, parse: Callable[[str], T], type_name: str, default: T) -> T:
        raw = self.variables.get(name)
        if raw is None:
            return default
        try:
            return parse(raw)
        except (ValueError, KeyError):
            raise ImproperlyConfigured(
                f"{name} must be {type_name}, not {raw!r}; its default is {default!r}."
            ) from None


def _absolute_path(raw: str) -> Path:
    path = Path(raw)
    if not path.is_absolute():
        raise ValueError(raw)
    return path


def _split_words(raw: str) -> list[str]:
    return [word.strip() for word in raw.split(",") if word.strip()]
