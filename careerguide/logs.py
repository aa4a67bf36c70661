"""Answers kept out of the log, as /vie-privee/ promises: those that an address holds."""

import logging
import re


def _spelled(word):
    """However an address may write it: « r », « %72 », and once more encoded, « %2572 »."""
    return "".join(rf"(?:{re.escape(letter)}|%(?:25)*{ord(letter):x})" for letter in word)


_SEPARATOR = rf"(?:{_spelled('?')}|{_spelled('&')})"
ANSWERS = re.compile(
    rf"({_spelled('/quiz/')})\S*"
    rf"|({_SEPARATOR}(?:{_spelled('r')}|{_spelled('oui')}){_spelled('=')})[^\s&]*",
    re.IGNORECASE,
)


def masked(text: str) -> str:
    """
    >>> masked("GET /metiers/?q=dehors&r=AQGx&page=2")
    'GET /metiers/?q=dehors&r=…&page=2'
    """
    return ANSWERS.sub(lambda match: f"{match[1] or match[2]}…", text)


class MaskAnswers(logging.Formatter):
    """Masks the whole entry: a traceback, too, may quote an address."""

    def format(self, record):
        return masked(super().format(record))
