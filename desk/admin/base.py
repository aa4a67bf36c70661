"""What every screen of the desk shares."""

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db import models

from .forms import LinesField, ParagraphsField

admin.site.site_header = admin.site.site_title = f"{settings.SITE_NAME}, rédaction"
admin.site.site_url = "/"

WIDE = {"widget": forms.TextInput(attrs={"class": "vLargeTextField"})}


class ContentAdmin(admin.ModelAdmin):
    formfield_overrides = {
        models.CharField: WIDE,
        models.TextField: {"form_class": ParagraphsField},
        models.JSONField: {"form_class": LinesField},
        models.URLField: {"assume_scheme": "https"},
    }
