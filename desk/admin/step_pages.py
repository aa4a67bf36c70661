"""The steps of a fiche that have a page of their own: what each asks, what it says once taken."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from desk import state, workflow
from desk.places import sentences_of
from metiers.models import Metier, Status

DAY = partial(forms.DateField, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class StepForm(forms.Form):
    """Why; `take` makes the step, and says on the form why it was refused."""

    reason = forms.CharField(max_length=240, required=False, label="Pourquoi")

    def take(self, step, request, metier):
        """What the step gives, or None where it was refused."""
        try:
            return step(metier, request.user, **self.cleaned_data)
        except ValidationError as error:
            self.add_error(None, list(sentences_of(Metier, error)))


class DayForm(StepForm):
    on = DAY(label="Retirer le")
    field_order = ("on", "reason")

    def clean_on(self):
        if (day := self.cleaned_data["on"]) < timezone.localdate():
            raise ValidationError("Ce jour est passé.")
        return day


class SeenForm(StepForm):
    """`seen` is the stamp of what was compared; without it nothing was."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class PublishForm(DayForm, SeenForm):
    on = DAY(label="Publier le")
    until = DAY(label="Retirer le", required=False, help_text="Vide\u00a0: jamais.")
    field_order = ("on", "until", "reason")


@dataclass(frozen=True)
class StepPage:
    """A step with a page of its own: what it asks, and what it says once taken."""

    title: str
    template: str
    form: type[StepForm]
    step: Callable
    initial: Callable  # of the request and the fiche
    done: Callable  # of what the step gives, the sentences
    is_for: Callable  # whether a fiche can take it as it stands


def _withdrawal_to_come(metier):
    """The day already chosen for the fiche: to publish an edit is not to forget it."""
    day = (metier.draft_of or metier).withdrawn_at
    return day if day and day > timezone.localdate() else None


PUBLISHING = StepPage(
    "Publier",
    "desk/publish.html",
    PublishForm,
    workflow.publish,
    lambda request, metier: {
        "on": timezone.localdate(),
        "until": _withdrawal_to_come(metier),
        "reason": request.GET.get("reason", "")[:240],
    },
    state.sentences,
    lambda metier: not state.is_frozen(metier),
)
WITHDRAWING = StepPage(
    "Retirer",
    "desk/withdraw.html",
    DayForm,
    workflow.withdraw,
    lambda request, metier: {"on": timezone.localdate()},
    state.sentences,
    lambda metier: metier.status == Status.PUBLISHED,
)
DISCARDING = StepPage(
    "Abandonner le brouillon",
    "desk/discard.html",
    SeenForm,
    workflow.discard,
    lambda request, metier: {},
    lambda fiche: ["Le brouillon est abandonné\u202f; l’historique peut le rétablir."],
    lambda metier: metier.draft_of_id is not None,
)
