"""The stamp of the content, and the triggers that renew it.

What a process keeps in memory (the catalogue, its search index, the questionnaire) is good for as
long as the stamp is the one it was built under. Random stamps, since a transaction that is rolled
back gives its number back, and a number given twice would make two states look like one.
"""

from django.db import DEFAULT_DB_ALIAS, connection, connections

from .models import Edition

ROW = 1
SUFFIX = "_renews_edition"

_READ = f"SELECT stamp FROM {Edition._meta.db_table} WHERE id = {ROW}"  # noqa: S608 — our own names
_SQLITE_RENEW = """
    INSERT INTO {edition} (id, stamp) VALUES ({row}, hex(randomblob(16)))
    ON CONFLICT (id) DO UPDATE SET stamp = excluded.stamp
"""
_POSTGRESQL_FIRST = """
    INSERT INTO {edition} (id, stamp) VALUES ({row}, gen_random_uuid()::text)
    ON CONFLICT (id) DO NOTHING
"""
_POSTGRESQL_FUNCTION = """
    CREATE OR REPLACE FUNCTION renew_edition() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO {edition} (id, stamp) VALUES ({row}, gen_random_uuid()::text)
        ON CONFLICT (id) DO UPDATE SET stamp = excluded.stamp;
        RETURN NULL;
    END $$
"""


def current_stamp() -> str | None:
    """The stamp of this moment, one query; None in a database that was just emptied.

    Every page asks for it: as SQL, it costs a quarter of what the ORM takes to write the same.
    """
    with connection.cursor() as cursor:
        cursor.execute(_READ)
        row = cursor.fetchone()
    return row and row[0]


def watch_tables(sender, *, using=DEFAULT_DB_ALIAS, **kwargs):
    """Make every write to the sender's tables renew the stamp; a receiver of `post_migrate`.

    Not a migration: SQLite rebuilds a table that is altered, and its triggers are gone then.
    Tables that no migration has made yet are left for their own turn.
    """
    connection = connections[using]
    existing = set(connection.introspection.table_names())
    if Edition._meta.db_table not in existing:
        return
    models = sender.get_models(include_auto_created=True)
    tables = sorted({model._meta.db_table for model in models} & existing)
    statements = {"sqlite": _on_sqlite, "postgresql": _on_postgresql}[connection.vendor]
    names = {"edition": Edition._meta.db_table, "row": ROW}
    with connection.cursor() as cursor:
        for statement in statements(tables, names):
            cursor.execute(statement)


def unwatch_tables(sender=None, *, using=DEFAULT_DB_ALIAS, **kwargs):
    """Take the triggers of SQLite away; a receiver of `pre_migrate`.

    They name the table of the stamp, and SQLite alters a table by making it anew: it can't rename
    the new one while a trigger of another table names the old. Found by their names, since a
    migration may know a table by another one than the models do. PostgreSQL alters in place.
    """
    connection = connections[using]
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name GLOB %s", [f"*{SUFFIX}"]
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")


def _on_sqlite(tables, names):
    renew = _SQLITE_RENEW.format(**names)
    yield renew
    for table in tables:
        for event in ("INSERT", "UPDATE", "DELETE"):
            name = f"{table}_{event.lower()}{SUFFIX}"
            yield f"DROP TRIGGER IF EXISTS {name}"
            yield f"CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN {renew}; END"


def _on_postgresql(tables, names):
    yield _POSTGRESQL_FUNCTION.format(**names)
    yield _POSTGRESQL_FIRST.format(**names)
    for table in tables:
        yield f"DROP TRIGGER IF EXISTS renews_edition ON {table}"
        yield (
            f"CREATE TRIGGER renews_edition AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION renew_edition()"
        )
