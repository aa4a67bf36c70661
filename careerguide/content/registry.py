"""The documents of every app, in the order in which they can be imported."""

from functools import cache
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule


@cache
def documents():
    """`DOCUMENTS` of each installed app that has a module `content`, in the apps' order."""
    found = []
    for config in apps.get_app_configs():
        if module_has_submodule(config.module, "content"):
            module = import_module(f"{config.name}.content")
            found.extend(getattr(module, "DOCUMENTS", []))
    return tuple(found)


def document_of(model):
    """The document that holds a model's instances; LookupError where none does."""
    for document in documents():
        if document.model is model:
            return document
    raise LookupError(f"no document holds {model._meta.label}")
