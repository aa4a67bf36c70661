"""« ecole » finds « École » in the lists and the choices of the desk."""

from django.db.backends.signals import connection_created
from django.db.models import CharField, TextField
from django.db.models.lookups import IContains

from metiers.search.words import fold

FUNCTION = "desk_folded"


class Folded(IContains):
    """`name__folded="ecole"`: without accents, capitals or the shape of the apostrophe.

    SQLite knows the capitals of ASCII alone, and no accents; it is lent a function. A stored column
    would be a second truth to keep in step, for lists of some hundreds of rows.
    """

    lookup_name = "folded"

    def as_sqlite(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        searched, values = self.process_rhs(compiler, connection)
        contains = connection.operators["contains"] % searched
        return f"{FUNCTION}({column}) {contains}", [*params, *map(folded, values)]

    def as_sql(self, compiler, connection):
        return IContains(self.lhs, self.rhs).as_sql(compiler, connection)


def folded(text):
    """The text as it is compared; None stays."""
    if text is None:
        return None
    return text.lower() if text.isascii() else fold(text).replace("’", "'")


def lend_function(sender, connection, **kwargs):
    if connection.vendor == "sqlite":
        connection.connection.create_function(FUNCTION, 1, folded, deterministic=True)


def prepare():
    """For every connection that is opened from now on."""
    connection_created.connect(lend_function, dispatch_uid="desk.searching")
    for field in (CharField, TextField):
        field.register_lookup(Folded)
