"""What every screen of the desk shares."""

from django import forms
from django.contrib import admin
from django.db import models

from .forms import LinesField

WIDE = {"widget": forms.TextInput(attrs={"class": "vLargeTextField"})}


class ContentAdmin(admin.ModelAdmin):
    formfield_overrides = {
        models.CharField: WIDE,
        models.JSONField: {"form_class": LinesField},
        models.URLField: {"assume_scheme": "https"},
    }
