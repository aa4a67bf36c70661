"""Where a rule found something, « faq[2].answer », as the page of a métier knows it."""

import re

from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist

from metiers.models import Metier

from .numbers import number_in

PLACE = re.compile(r"(\w+)(?:\[(\d+)\])?(?:\.(\w+))?")
ROW = re.compile(r"\[(\d+)\](?:\.(\w+))?")
WITHOUT_FIELD = {
    **{"areas": "bloc-zones", "criteria": "bloc-criteres", "sources": "bloc-sources"},
    **{"interests": "bloc-interets", "reviewed_date": "bloc-adresse"},
}
"""Where one chooses rather than types, the block is what a link can lead to."""
ROWS = {"hours", "belgian_facts", "training_steps", "faq", "figures", "demands", "offers"}
SINGLE = {"salary", "testimony"}


def block_of(place: str) -> str:
    """« faq » of « faq[2].answer »."""
    return PLACE.match(place)[1]


def anchor_of(place: str) -> str:
    """The id, in the page of a métier, of what a rule speaks of.

    >>> anchor_of("faq[2].answer"), anchor_of("missions[3]"), anchor_of("interests.I.value")
    ('id_faq-2-answer', 'id_missions', 'id_interest_i')
    """
    key, number, name = PLACE.match(place).groups()
    if key == "interests" and name:
        return f"id_interest_{name.lower()}" if place.endswith(".value") else f"interet-{name}"
    if key == "similar":
        return f"similar_rows-{number}"
    if key in SINGLE and name:
        return f"id_{key}-0-{name}"
    if key in ROWS and number:
        return f"id_{key}-{number}-{name}" if name else f"{key}-{number}"
    return WITHOUT_FIELD.get(key) or (f"bloc-{key}" if key in ROWS | SINGLE else f"id_{key}")


def label_of(place: str) -> str:
    """The same in an editor's words.

    >>> label_of("faq[2].answer"), label_of("missions[3]"), label_of("interests.I.value")
    ('questions fréquentes n°\\xa03', 'missions n°\\xa04', 'intérêt I')
    """
    key, number, name = PLACE.match(place).groups()
    if key == "interests" and name:
        return f"intérêt {name}"
    names = {"interests": "evidence", "similar": "similar_rows"}
    field = Metier._meta.get_field(names.get(key, key))
    if key in SINGLE:
        label = field.related_model._meta.verbose_name
    elif field.auto_created:
        label = field.related_model._meta.verbose_name_plural
    else:
        label = field.verbose_name
    return f"{label} n°\u00a0{int(number) + 1}" if number else str(label)


def label_of_input(model, name: str) -> str:
    """What the form of a model calls one of its fields, or one of a row's; else its bare name.

    >>> label_of_input(Metier, "catch_line"), label_of_input(Metier, "faq-0-answer")
    ('accroche', 'réponse (questions fréquentes n°\xa01)')
    """
    prefix, _, rest = name.partition("-")
    number, _, column = rest.partition("-")
    place = number_in(number)
    try:
        if place is None:
            return str(model._meta.get_field(name).verbose_name)
        rows = model._meta.get_field(prefix).related_model._meta
        label = rows.get_field(column).verbose_name
    except (FieldDoesNotExist, AttributeError):
        return name
    return f"{label} ({rows.verbose_name_plural} n°\u00a0{place + 1})"


def sentences_of(model, error):
    """« niveau d’études : La valeur « 9 » n’est pas un choix valide. », of each that is refused."""
    for name, texts in getattr(error, "message_dict", {NON_FIELD_ERRORS: error.messages}).items():
        label = "" if name == NON_FIELD_ERRORS else _label_in(model, name)
        yield from (f"{label}\u00a0: {text}" if label else text for text in texts)


def _label_in(model, name):
    """« [2].unit », of a row whose list is not said, is « unit (n° 3) »."""
    if row := ROW.fullmatch(name):
        number, column = row.groups()
        return f"{column or 'ligne'} (n°\u00a0{int(number) + 1})"
    return label_of(name) if model is Metier else label_of_input(model, name)
