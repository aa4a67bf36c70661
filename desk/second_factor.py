"""The page where an editor turns the second factor on and off for their own account."""

from base64 import b32encode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods
from django_otp.plugins.otp_totp.models import TOTPDevice

from metiers.qr import qr_svg


class CodeForm(forms.Form):
    """Six digits that the authenticator shows now."""

    code = forms.CharField(
        label="Code à six chiffres",
        max_length=8,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def __init__(self, *args, device, **kwargs):
        super().__init__(*args, **kwargs)
        self.device = device

    def clean_code(self):
        code = self.cleaned_data["code"].replace(" ", "")
        if not self.device.verify_token(code):
            raise ValidationError("Ce n’est pas le code qui s’affiche\u00a0: attends le suivant.")
        return code


@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request):
    """Begin with a QR code, confirm by a first code, end by another."""
    device = _device_of(request.user)
    form = CodeForm(request.POST or None, device=device)
    if request.method == "POST" and form.is_valid():
        if device.confirmed:
            device.delete()
            messages.success(request, "La double vérification est désactivée.")
        else:
            device.confirmed = True
            device.save()
            messages.success(request, "La double vérification est active.")
        return redirect("admin:second_factor")
    return render(
        request,
        "desk/second_factor.html",
        admin.site.each_context(request)
        | {
            "title": "Double vérification",
            "form": form,
            "is_active": device.confirmed,
            "qr": None if device.confirmed else qr_svg(device.config_url),
            "secret": None if device.confirmed else _in_fours(device),
        },
    )


def _device_of(user):
    """The one that counts, where two pages at once began two; a new one to confirm."""
    found = TOTPDevice.objects.filter(user=user).order_by("-confirmed", "pk").first()
    return found or TOTPDevice.objects.create(user=user, name="application", confirmed=False)


def _in_fours(device):
    """The key as one types it: « JBSW Y3DP »."""
    text = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))
