"""The screens of the desk: Django's admin, one module a kind of content."""

from . import journal, metier, question_set, reference

__all__ = ["journal", "metier", "question_set", "reference"]
