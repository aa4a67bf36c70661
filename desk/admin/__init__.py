"""The screens of the desk: Django's admin, one module a kind of content."""

from . import metier, question_set, reference

__all__ = ["metier", "question_set", "reference"]
