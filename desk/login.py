"""Who comes to the desk: a password, and the code of those who asked for one."""

from urllib.parse import urlsplit

from django import forms
from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django_otp import devices_for_user

CODE_NEEDED = (
    "Il faut aussi le code à six chiffres de ton application, celui qui s’affiche en ce moment."
)
SLOWED = (
    " Après un code faux, le suivant n’est lu qu’au bout d’un moment, plus long à chaque "
    "fois\u00a0: attends un peu avant de réessayer."
)


class DeskLoginForm(AdminAuthenticationForm):
    """The admin's own, with a code that only those who have an authenticator must give."""

    code = forms.CharField(
        label="Code de vérification",
        required=False,
        max_length=8,
        help_text="Seulement si tu as activé la double vérification.",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def confirm_login_allowed(self, user):
        super().confirm_login_allowed(user)
        devices = list(devices_for_user(user, confirmed=True))
        code = self.cleaned_data.get("code", "").replace(" ", "")
        if devices and not (code and any(device.verify_token(code) for device in devices)):
            is_slowed = code and not any(device.verify_is_allowed()[0] for device in devices)
            raise ValidationError(CODE_NEEDED + (SLOWED if is_slowed else ""), code="second_factor")


def locked(request, response=None, credentials=None):
    """What axes answers to who has failed too often."""
    return render(request, "desk/locked.html", admin.site.each_context(request), status=429)


def is_form(address):
    """Whether one writes there: « /gestion/metiers/metier/12/change/ »."""
    try:
        name = resolve(urlsplit(address).path).url_name
    except (Resolver404, ValueError):
        return False
    return (name or "").endswith(("_add", "_change"))
