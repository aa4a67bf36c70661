"""What a form was refused for, each fault with the field that it leads to."""

from dataclasses import dataclass

from .numbers import number_in

LAST = float("inf")


@dataclass(frozen=True)
class Fault:
    """« Réponse (questions fréquentes n° 1) », « Ce champ est obligatoire. », « id_faq-0-answer ».

    What is said of the form as a whole has neither label nor anchor.
    """

    label: str
    message: str
    anchor: str


def faults_of(form, formsets) -> list[Fault]:
    """Those of a form of the admin and of its rows, in the order in which the page asks."""
    if not form.is_bound:
        return []
    rows = [fault for formset in formsets for fault in _of_rows(formset)]
    return [*_of_form(form), *rows]


def _of_form(form, label="", anchor=""):
    for name, messages in form.errors.items():
        field = form[name] if name in form.fields else None
        is_shown = field is not None and not field.is_hidden
        for message in messages:
            yield Fault(
                field.label if is_shown else label,
                message,
                (field.id_for_label or field.auto_id) if is_shown else anchor,
            )


def _of_rows(formset):
    names = formset.model._meta
    is_single = formset.max_num == 1
    title = str(names.verbose_name if is_single else names.verbose_name_plural)
    for message in formset.non_form_errors():
        yield Fault(_capitalised(title), message, f"{formset.prefix}-group")
    for number, form in enumerate(sorted(formset.forms, key=_place_of), start=1):
        if formset.can_delete and formset._should_delete_form(form):
            continue
        row = title if is_single else f"{title} n°\u00a0{number}"
        row = formset.title_of(form) if hasattr(formset, "title_of") else row
        first = next(iter(form.visible_fields()))
        for fault in _of_form(form, anchor=first.id_for_label):
            label = f"{fault.label} ({row})" if fault.label else _capitalised(row)
            yield Fault(label, fault.message, fault.anchor)


def _place_of(form):
    """Where the page shows a row: by the place typed, those without one last."""
    typed = str(form["position"].value() or "") if "position" in form.fields else ""
    return number_in(typed) or LAST


def _capitalised(text):
    return text[:1].upper() + text[1:]
