"""The triggers by which the database itself refuses to publish half a set of questions, and to
change a published one.

Links carry the number of a set, so that its statements, words and norms must stay what they were
for whoever followed them; a bulk update, a cascade or a line of SQL is refused as an editor is.
"""

from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections

from metiers.riasec import LETTERS

from .completeness import CORE_PER_DIMENSION, PER_DIMENSION
from .models import Question, QuestionSet

REFUSAL = "Un jeu publié ne change jamais\u00a0: des liens partagés en dépendent."
INCOMPLETE = (
    f"Un jeu publié a {PER_DIMENSION} phrases par type, dont {CORE_PER_DIMENSION} dans le noyau."
)
SETS, QUESTIONS = QuestionSet._meta.db_table, Question._meta.db_table
PUBLISHED = QuestionSet.Status.PUBLISHED.value

_IS_PUBLISHED = f"EXISTS (SELECT 1 FROM {SETS} WHERE id = {{key}} AND status = '{PUBLISHED}')"  # noqa: S608 — our own names
_OF_OLD = _IS_PUBLISHED.format(key="OLD.question_set_id")
_OF_NEW = _IS_PUBLISHED.format(key="NEW.question_set_id")

# « INSERT OR REPLACE » and « UPDATE OR REPLACE » of SQLite delete the row that is in the way and
# fire no trigger of DELETE: the row that would take a published one's place is refused instead.
_TAKES_A_SET = (
    f"EXISTS (SELECT 1 FROM {SETS} WHERE status = '{PUBLISHED}'"  # noqa: S608 — our own names
    " AND (id = NEW.id OR number = NEW.number))"
)
_TAKES_A_QUESTION = (
    f"EXISTS (SELECT 1 FROM {QUESTIONS} AS taken JOIN {SETS} ON {SETS}.id = taken.question_set_id"  # noqa: S608
    f" WHERE taken.id = NEW.id AND {SETS}.status = '{PUBLISHED}')"
)

# The order of the core is the desk's and the import's to check: SQL has no words for it.
_IS_INCOMPLETE = (
    f"NEW.status = '{PUBLISHED}' AND {len(LETTERS)} <> (SELECT COUNT(*) FROM ("  # noqa: S608
    f"SELECT dimension FROM {QUESTIONS} WHERE question_set_id = NEW.id GROUP BY dimension"
    f" HAVING COUNT(*) = {PER_DIMENSION}"
    f" AND SUM(CASE WHEN is_core THEN 1 ELSE 0 END) = {CORE_PER_DIMENSION}) AS whole)"
)


class Rule(NamedTuple):
    """What a trigger watches, when it refuses, and what it says then."""

    table: str
    event: str
    refused: str
    message: str = REFUSAL


RULES = {
    "published_set_insert": Rule(SETS, "INSERT", _TAKES_A_SET),
    "published_set_update": Rule(SETS, "UPDATE", f"OLD.status = '{PUBLISHED}' OR {_TAKES_A_SET}"),
    "published_set_delete": Rule(SETS, "DELETE", f"OLD.status = '{PUBLISHED}'"),
    "whole_set_insert": Rule(SETS, "INSERT", _IS_INCOMPLETE, INCOMPLETE),
    "whole_set_update": Rule(SETS, "UPDATE", _IS_INCOMPLETE, INCOMPLETE),
    "question_of_published_insert": Rule(QUESTIONS, "INSERT", f"{_OF_NEW} OR {_TAKES_A_QUESTION}"),
    "question_of_published_update": Rule(
        QUESTIONS,
        "UPDATE",
        f"{_OF_OLD} OR {_OF_NEW} OR {_TAKES_A_QUESTION}",
    ),
    "question_of_published_delete": Rule(QUESTIONS, "DELETE", _OF_OLD),
}

# PostgreSQL empties a table without firing a trigger of DELETE; SQLite has no TRUNCATE.
_ANY = f"EXISTS (SELECT 1 FROM {SETS} WHERE status = '{PUBLISHED}')"  # noqa: S608
TRUNCATES = {
    "published_set_truncate": Rule(SETS, "TRUNCATE", _ANY),
    "question_of_published_truncate": Rule(QUESTIONS, "TRUNCATE", _ANY),
}


# On PostgreSQL a question added while another transaction publishes its set would see the draft of
# before. The trigger takes the row of the set first: it waits for the other, or makes it wait. Not
# FOR SHARE, which two writers could hold at once, each then waiting for the other to publish.
_LOCK = f"PERFORM 1 FROM {SETS} WHERE id IN ({{keys}}) ORDER BY id FOR NO KEY UPDATE;"
_KEYS = {
    "INSERT": "NEW.question_set_id",
    "UPDATE": "OLD.question_set_id, NEW.question_set_id",
    "DELETE": "OLD.question_set_id",
}


def protect(sender, *, using=DEFAULT_DB_ALIAS, **kwargs):
    """Install the triggers anew; a receiver of `post_migrate`, as `careerguide.edition` is."""
    connection = connections[using]
    if not {SETS, QUESTIONS} <= set(connection.introspection.table_names()):
        return
    install = {"sqlite": _on_sqlite, "postgresql": _on_postgresql}[connection.vendor]
    _run(connection, [*_drops(connection.vendor), *install()])


def unprotect(sender=None, *, using=DEFAULT_DB_ALIAS, **kwargs):
    """Take the triggers away: to empty a database of tests, and as a receiver of `pre_migrate`.

    SQLite alters a table by making it anew, and can't rename the new one while a trigger of
    another table names the old. `post_migrate` protects the tables again.
    """
    connection = connections[using]
    _run(connection, _drops(connection.vendor))


def _run(connection, statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _drops(vendor):
    rules = RULES | TRUNCATES if vendor == "postgresql" else RULES
    for name, rule in rules.items():
        on_table = f" ON {rule.table}" if vendor == "postgresql" else ""
        yield f"DROP TRIGGER IF EXISTS {name}{on_table}"


def _on_sqlite():
    for name, (table, event, refused, message) in RULES.items():
        yield (
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {refused}"
            f" BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )


def _on_postgresql():
    # A condition with a subquery can't stand in WHEN there: the function asks for it.
    for name, (table, event, refused, message) in (RULES | TRUNCATES).items():
        level = "STATEMENT" if event == "TRUNCATE" else "ROW"
        kept = "OLD" if event == "DELETE" else "NEW"
        locks = table == QUESTIONS and event in _KEYS
        lock = _LOCK.format(keys=_KEYS[event]) if locks else ""
        yield (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$"
            f" BEGIN {lock} IF {refused} THEN RAISE EXCEPTION '{message}'"
            f" USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {kept}; END $$"
        )
        yield (
            f"CREATE TRIGGER {name} BEFORE {event} ON {table}"
            f" FOR EACH {level} EXECUTE FUNCTION {name}()"
        )
