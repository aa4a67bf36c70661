"""What an editor types, and how it becomes what the models hold."""

from django import forms
from django.core.exceptions import ValidationError

from metiers.models import Metier, SimilarMetier


class LinesField(forms.Field):
    """A list of texts, typed one a line: "Scier\\n\\n  Raboter" is ["Scier", "Raboter"]."""

    widget = forms.Textarea(attrs={"rows": 9, "class": "vLargeTextField"})

    def __init__(self, *, encoder=None, decoder=None, **kwargs):
        # A JSONField gives its form field an encoder and a decoder, which lines do without.
        super().__init__(**kwargs)

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        lines = value if isinstance(value, list) else (value or "").splitlines()
        return [line.strip() for line in lines if line.strip()]

    def has_changed(self, initial, data):
        return not self.disabled and (initial or []) != self.to_python(data)


class MetierForm(forms.ModelForm):
    class Meta:
        model = Metier
        fields = ()  # those of the admin's fieldsets


class SimilarMetierForm(forms.ModelForm):
    """The form leaves the parent out of its constraints' checks: this one is said again here."""

    class Meta:
        model = SimilarMetier
        fields = ["position", "other"]

    def clean_other(self):
        other = self.cleaned_data["other"]
        if other.pk == self.instance.metier_id:
            raise ValidationError("Un métier n’est pas son propre voisin.")
        return other
