"""« Signaler une erreur »: a message about a page, from nobody in particular."""

import re
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from careerguide.http import keep_private, public

from .models import Report, ReportHour

MAIL = re.compile(r"[^\s@]{1,64}\s?(?:@|[(\[]at[)\]])\s?[^\s@]{1,100}\.\w{2,24}", re.IGNORECASE)
"""Its lengths are bounded: a thousand « @ » are read once, not tried in all their combinations."""
NUMBER = re.compile(r"(?:\b[A-Z]{2}\d|\+|\b\d)(?:[\s./()-]{0,2}\d){7,}")
"""Of a telephone, an account or a person: eight figures or more, however they are set apart."""
MOST_AN_HOUR = 20
MOST_A_DAY = 200
LONGEST = 1000


class ReportForm(forms.Form):
    """Words and a page of this site. `site_web` is a trap: people don't see it, robots fill it."""

    page = forms.CharField(max_length=300, required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label="Qu’est-ce qui ne va pas\u202f?",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    site_web = forms.CharField(required=False, max_length=100)

    def clean_page(self):
        """The path alone: what follows « ? » may be somebody's answers."""
        try:
            path = urlsplit(self.cleaned_data["page"]).path[:120]
            is_ours = path.startswith("/") and not path.startswith("/quiz/resultat/")
            return path if is_ours and resolve(path) else "/"
        except (Resolver404, ValueError):  # the latter from « http://[ », no address at all
            return "/"

    def clean_text(self):
        """Without addresses, telephone, account or national numbers, which nobody asked for."""
        text = MAIL.sub("[adresse retirée]", self.cleaned_data["text"])
        text = NUMBER.sub("[numéro retiré]", text)[:LONGEST]
        if len(text.split()) < 2:
            raise ValidationError("Dis-nous en quelques mots ce qui est faux ou manque.")
        return text


@csrf_exempt  # no account and no cookie: there is nobody whose rights a forged form could use
@require_http_methods(["GET", "HEAD", "POST"])
def report(request):
    form = ReportForm(request.POST or None, initial={"page": request.GET.get("page", "")})
    status = 200
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["site_web"]:
            return redirect("report_thanks")
        if not _take(form.cleaned_data["page"], form.cleaned_data["text"]):
            form.add_error(
                None,
                "Trop de messages en ce moment\u00a0: réessaie plus tard, ou écris un courriel.",
            )
            status = 429
        else:
            return redirect("report_thanks")
    elif request.method == "POST":
        status = 400
    return keep_private(render(request, "desk/report.html", {"form": form}, status=status))


@require_safe
@public
def thanks(request):
    return render(request, "desk/report_thanks.html")


@transaction.atomic
def _take(page, text):
    """Whether a message was kept: so many are an hour and a day, whoever sends them."""
    today = Report.objects.filter(day=timezone.localdate())
    if today.count() >= MOST_A_DAY or not ReportHour.count_one(MOST_AN_HOUR):
        return False
    Report.objects.create(page=page, text=text)
    return True
