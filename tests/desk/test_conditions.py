"""The checks answered in memory are those of the database."""

import datetime

import pytest
from django.apps import apps
from django.db import models
from django.db.models import F, Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.conditions import names_in, satisfies

CHECKS = [
    pytest.param(model, constraint, id=constraint.name)
    for model in apps.get_app_config("metiers").get_models()
    for constraint in model._meta.constraints
    if isinstance(constraint, models.CheckConstraint)
]


def values_of(field):
    """What may stand in a column, the edges that conditions speak of above all."""
    if isinstance(field, models.BooleanField):
        return st.booleans()
    if isinstance(field, models.JSONField):
        return st.sampled_from([[], ["Scier"]])
    if isinstance(field, models.DateField):
        dates = st.sampled_from([datetime.date(2025, 1, 1), datetime.date(2026, 1, 1)])
        return st.none() | dates if field.null else dates
    if field.choices and field.get_internal_type() == "CharField":
        return st.sampled_from(["", *[value for value, _ in field.choices]])
    if field.get_internal_type() in ("CharField", "TextField", "URLField"):
        return st.sampled_from(["", "x"])
    numbers = st.sampled_from([0, 1, 2, 5, 6, 100, 101])
    return st.none() | numbers if field.null else numbers


@pytest.mark.parametrize("model, constraint", CHECKS)
def test_a_check_is_answered_as_the_database_does(db, model, constraint):
    names = names_in(constraint.condition)
    columns = {name: values_of(model._meta.get_field(name)) for name in names}

    @settings(max_examples=25, suppress_health_check=list(HealthCheck), database=None)
    @given(st.fixed_dictionaries(columns))
    def check(values):
        against = {
            name: models.Value(value, output_field=plain(model._meta.get_field(name)))
            for name, value in values.items()
        }
        assert (satisfies(constraint.condition, values) is not False) == constraint.condition.check(
            against
        )

    check()


def plain(field):
    return field.target_field if field.is_relation else field


@pytest.mark.parametrize(
    "condition, answer",
    [
        (Q(low__lt=F("high")), True),
        (~Q(low__lt=F("high")), False),
        (Q(none__gt=3), None),
        (~Q(none__gt=3), None),
        (Q(none__gt=3) & Q(low=9), False),
        (Q(none__gt=3) | Q(low=1), True),
        (Q(none__isnull=True), True),
        (Q(none=None), True),
        (Q(low__in=[1, 5]) & Q(high__range=(2, 3)), True),
    ],
)
def test_a_condition_has_three_answers(condition, answer):
    assert satisfies(condition, {"low": 1, "high": 2, "none": None}) is answer
