"""All published métiers at once, in memory: what lists, facets, search and suggestions read."""

from .snapshot import Catalogue, read_catalogue

__all__ = ["Catalogue", "read_catalogue"]
