"""What an editor types, and how it becomes what the models hold."""

import re

from django import forms
from django.core.exceptions import ValidationError

from metiers.models import Metier, SimilarMetier

from .row_forms import CheckedHere, PlacedRowForm

BULLET = (
    r"^\s*(?:[-–—*](?=\s)|[•·▪▫■□◦‣●○◆❖➢➤►▶→➔⇒☐☑✓✔\uf000-\uf0ff]|[o§](?=\t)"
    r"|\(?(?:\d{1,2}|[A-Za-z])\)(?=\s)|\d{1,2}\.(?=\s))\s*"
)
"""What a list copied from elsewhere puts before its lines, Word's private signs too.

The page takes it away as one pastes, by this very expression, which JavaScript reads alike.
"""


class LinesField(forms.Field):
    """A list of texts, typed one a line: "- Scier\\n\\n  Raboter" is ["Scier", "Raboter"]."""

    widget = forms.Textarea(attrs={"rows": 9, "class": "vLargeTextField", "data-lines": BULLET})

    def __init__(self, *, encoder=None, decoder=None, **kwargs):
        # A JSONField gives its form field an encoder and a decoder, which lines do without.
        super().__init__(**kwargs)

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        lines = value if isinstance(value, list) else (value or "").splitlines()
        stripped = [re.sub(BULLET, "", line.strip()).strip() for line in lines]
        return [line for line in stripped if line]

    def has_changed(self, initial, data):
        return not self.disabled and (initial or []) != self.to_python(data)


class ParagraphsField(forms.CharField):
    """Browsers send « \\r\\n » for each line break; the content has « \\n », as in its files."""

    def to_python(self, value):
        return re.sub(r"\r\n?", "\n", super().to_python(value))


class MetierForm(CheckedHere):
    error_places = {
        "metier_regulated_says_how": "regulation",
        "metier_study_level_1_to_5": "study_level",
        "metier_entry_level_at_most_usual": "entry_level",
    }

    class Meta:
        model = Metier
        fields = ()  # those of the admin's fieldsets

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        others = Metier.objects.exclude(pk=self.instance.pk).filter(slug=slug)
        if "slug" in self.changed_data and others.exists():
            raise ValidationError("Un métier avec cette adresse existe déjà.")
        return slug

    def _save_m2m(self):
        """Only the links that changed, each kind in two statements."""
        for field in self.instance._meta.many_to_many:
            if field.name in self.changed_data:
                wanted = self.cleaned_data[field.name]
                before = self.initial.get(field.name, [])
                links = getattr(self.instance, field.name)
                links.remove(*[row for row in before if row not in wanted])
                links.add(*[row for row in wanted if row not in before])


class SimilarMetierForm(PlacedRowForm):
    class Meta:
        model = SimilarMetier
        fields = ("position", "other")

    def clean_other(self):
        """Neither itself, nor the fiche of which it is the draft: it will be that one."""
        other = self.cleaned_data["other"]
        metier = self.cleaned_data.get("metier") or self.instance.metier
        if other.pk in (metier.pk, metier.draft_of_id):
            raise ValidationError("Un métier n’est pas son propre voisin.")
        return other
