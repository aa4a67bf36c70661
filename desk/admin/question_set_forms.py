"""What an editor may put in a set of questions, which nobody can mend once it is published."""

from django import forms
from django.core.exceptions import ValidationError

from quiz.completeness import lacking
from quiz.models import QuestionSet
from quiz.scoring import Norms

from .forms import LinesField


class FiveLinesField(LinesField):
    """One label for each of the values 1 to 5."""

    def validate(self, value):
        super().validate(value)
        if len(value) != 5:
            raise ValidationError(f"Il faut cinq lignes, une par réponse ; tu en as {len(value)}.")


class QuestionSetForm(forms.ModelForm):
    for_ever = forms.BooleanField(
        label="Publier pour toujours",
        required=False,
        help_text="À cocher pour publier\u00a0: compare d’abord, plus rien n’y changera ensuite.",
    )

    class Meta:
        model = QuestionSet
        fields = (
            "number",
            "status",
            "published_at",
            "prompt",
            "answer_labels",
            "level_prompt",
            "level_labels",
            "norms",
        )
        field_classes = {"answer_labels": FiveLinesField, "level_labels": FiveLinesField}

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("status") == QuestionSet.Status.PUBLISHED and not cleaned.get("for_ever"):
            self.add_error("for_ever", "Coche ici pour publier\u00a0: c’est sans retour.")
        return cleaned

    def clean_norms(self):
        norms = self.cleaned_data["norms"]
        try:
            Norms.from_dict(norms)
        except (ValueError, TypeError, AttributeError) as error:
            raise ValidationError(
                "Ce ne sont pas des normes : reprends celles qu’écrit « manage.py freeze_norms »."
            ) from error
        return norms


class QuestionFormSet(forms.BaseInlineFormSet):
    """A published set is whole, for nobody can add to it any more."""

    def add_fields(self, form, index):
        """Each is named, since the table names its columns only."""
        super().add_fields(form, index)
        for field in form.fields.values():
            field.widget.attrs["aria-label"] = field.label

    def clean(self):
        super().clean()
        if not self.instance.is_published or any(self.errors):
            return
        rows = [form.cleaned_data for form in self.forms if form not in self.deleted_forms]
        rows = sorted((row for row in rows if row), key=lambda row: row["position"])
        gaps = lacking([(row["dimension"], row["is_core"]) for row in rows])
        if found := "\u202f; ".join(f"{found} (il faut {required})" for found, required in gaps):
            raise ValidationError(f"Pour publier, il manque\u00a0: {found}.")


class TryForm(forms.Form):
    """One select a statement, and the length of studies; what is left out is skipped."""

    def __init__(self, *args, question_set, **kwargs):
        super().__init__(*args, **kwargs)
        self.questions = list(question_set.questions.all())
        numbered = list(enumerate(question_set.answer_labels, start=1))
        for question in self.questions:
            self.fields[f"q{question.position}"] = _choice(question.text, numbered)
        levels = list(enumerate(question_set.level_labels, start=1))
        self.fields["studies"] = _choice(question_set.level_prompt, levels)

    def answers(self):
        """The answers as (letter, 1–5), and the level or None."""
        given = [
            (question.dimension, self.cleaned_data[f"q{question.position}"])
            for question in self.questions
            if self.cleaned_data[f"q{question.position}"]
        ]
        return given, self.cleaned_data["studies"]


def _choice(label, choices):
    return forms.TypedChoiceField(
        label=label, choices=[("", "—"), *choices], coerce=int, empty_value=None, required=False
    )
