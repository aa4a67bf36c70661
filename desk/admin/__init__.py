"""The screens of the desk: Django's admin, one module a kind of content."""

from . import accounts, journal, metier, pictures, question_set, reference, sheets, visitors

__all__ = [
    "accounts",
    "journal",
    "metier",
    "pictures",
    "question_set",
    "reference",
    "sheets",
    "visitors",
]
