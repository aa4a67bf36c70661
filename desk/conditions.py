"""Whether values satisfy a condition of the database, without asking it.

Django answers the same with a query for each condition of each row, thus with two hundred for the
form of a métier. As in SQL there are three answers: None says that a value is missing.
"""

import operator

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, F, Q

COMPARISONS = {
    "exact": operator.eq,
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
    "in": lambda value, allowed: value in allowed,
    "range": lambda value, bounds: bounds[0] <= value <= bounds[1],
}


def satisfies(condition, values):
    """True, False, or None where it can't be known.

    >>> satisfies(Q(low__lte=F("high")), {"low": 2, "high": 3})
    True
    >>> satisfies(Q(low__gt=0) & Q(high__gt=0), {"low": 2, "high": None})
    """
    if isinstance(condition, Q):
        answers = [satisfies(child, values) for child in condition.children]
        answer = _all(answers) if condition.connector == Q.AND else _any(answers)
        return _not(answer) if condition.negated else answer
    key, wanted = condition
    name, _, lookup = key.partition("__")
    value = values[name]
    if lookup == "isnull":
        return (value is None) == wanted
    if wanted is None:
        return value is None
    if isinstance(wanted, F):
        wanted = values[wanted.name]
    return (
        None if value is None or wanted is None else COMPARISONS[lookup or "exact"](value, wanted)
    )


def _all(answers):
    return False if False in answers else None if None in answers else True


def _any(answers):
    return True if True in answers else None if None in answers else False


def _not(answer):
    return None if answer is None else not answer


def violations(instance, *, without=()):
    """The checks of its model that an instance breaks, by name.

    Those that speak of a field named in `without` are left out.
    """
    values = {
        field.name: getattr(instance, field.attname) for field in instance._meta.concrete_fields
    }
    for constraint in instance._meta.constraints:
        if not isinstance(constraint, CheckConstraint):
            continue
        if names_in(constraint.condition) & set(without):
            continue
        if satisfies(constraint.condition, values) is False:
            message = constraint.get_violation_error_message()
            yield constraint.name, ValidationError(message, code=constraint.violation_error_code)


def names_in(condition):
    """The fields that a condition speaks of."""
    if isinstance(condition, Q):
        return set().union(*(names_in(child) for child in condition.children))
    key, wanted = condition
    return {key.partition("__")[0]} | ({wanted.name} if isinstance(wanted, F) else set())
