from django import forms
from django.core.exceptions import ValidationError

from .token import BrokenCode, decode


class AnswersForm(forms.Form):
    """The answers so far, as the code in the query string."""

    r = forms.CharField(max_length=200)

    def clean_r(self):
        try:
            return decode(self.cleaned_data["r"])
        except BrokenCode as error:
            raise ValidationError(str(error)) from error
