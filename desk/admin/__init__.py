"""The screens of the desk: Django's admin, one module a kind of content."""

from . import metier, pictures, question_set, reference

__all__ = ["metier", "pictures", "question_set", "reference"]
