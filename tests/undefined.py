import sys
from pathlib import Path

from django.template.base import Node

OUR_TEMPLATES = Path(__file__).parent.parent / "templates"


class Undefined(str):
    """What an undefined variable becomes: an error as soon as it would be shown.

    It is an empty string until then, so that `default` and `{% if %}` mean what they mean in
    production. Django's own templates (the admin's) are left alone: they rely on silence.
    """

    __slots__ = ()

    def __str__(self):
        return self._shown()

    def __html__(self):
        return self._shown()

    def _shown(self):
        node = _rendering_node()
        if node and OUR_TEMPLATES in Path(node.origin.name).parents:
            raise AssertionError(f"undefined in {node.origin.name}: {node!r}")
        return ""


def _rendering_node():
    frame = sys._getframe()
    while frame:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and hasattr(node, "origin"):
            return node
        frame = frame.f_back
    return None
