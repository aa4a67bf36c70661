"""The very page of a draft, of what is typed and not saved too, and the links that lend it."""

import datetime
from contextlib import nullcontext

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from desk import preview
from desk.faults import faults_of
from desk.models import PreviewLink

from .history import answering_gone


class LendForm(forms.Form):
    days = forms.TypedChoiceField(
        label="Pour",
        coerce=int,
        choices=[(1, "un jour"), (7, "une semaine"), (30, "un mois")],
    )

    def lend(self, metier, user):
        """The link, or None: the form says why there is none."""
        until = timezone.now() + datetime.timedelta(days=self.cleaned_data["days"])
        try:
            return preview.lend(metier, user, until=until)
        except ValidationError as error:
            self.add_error(None, error)


class PreviewMixin:
    """Shows a draft as visitors will read it, at the width of a phone, of a screen, and printed."""

    def get_urls(self):
        pages = [
            ("apercu/", self.preview_view, "preview"),
            ("apercu/seul/", self.page_view, "preview_page"),
            ("apercu/liens/", self.links_view, "preview_links"),
            ("apercu/liens/<uuid:link>/reprendre/", self.revoke_view, "preview_revoke"),
        ]
        return [
            path(f"<int:key>/{word}", self.admin_site.admin_view(view), name=self._name(name))
            for word, view, name in pages
        ] + super().get_urls()

    def response_change(self, request, obj):
        if "_preview" in request.POST:
            return self._unsaved(request, obj)
        return super().response_change(request, obj)

    def response_add(self, request, obj, post_url_continue=None):
        if "_preview" in request.POST:
            return self._unsaved(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def render_change_form(self, request, context, *args, **kwargs):
        """The form stays in its own tab: a second one would be another to save."""
        if request.method != "POST" or "_preview" not in request.POST:
            return super().render_change_form(request, context, *args, **kwargs)
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        refused = {
            "title": "Aperçu",
            "faults": faults_of(context["adminform"].form, formsets),
        }
        return TemplateResponse(request, "desk/preview_refused.html", context | refused)

    def _unsaved(self, request, metier):
        """What was typed is saved by now, in a transaction that is taken back after the reading."""
        request.is_saved = False
        response = self._framed(request, metier, is_saved=False).render()
        transaction.set_rollback(True)
        return response

    @answering_gone
    def preview_view(self, request, key):
        return self._framed(request, self._previewed(request, key))

    @answering_gone
    def page_view(self, request, key):
        return preview.render_fiche(request, self._previewed(request, key))

    def _previewed(self, request, key):
        metier = self.existing(request, str(key))
        if not self.has_view_or_change_permission(request, metier):
            raise PermissionDenied
        return metier

    def _framed(self, request, metier, *, is_saved=True):
        page = preview.render_fiche(request, metier).content.decode()
        context = {"metier": metier, "html": preview.framed(page), "is_saved": is_saved}
        if is_saved:
            context |= {
                "alone": self.address("preview_page", metier),
                "change": self.address("change", metier),
            }
        return TemplateResponse(request, "desk/preview.html", context)

    @answering_gone
    def links_view(self, request, key):
        """The links that open this draft; sent back, one more."""
        form = LendForm(request.POST or None, initial={"days": 7})
        with transaction.atomic() if request.method == "POST" else nullcontext():
            if request.method == "POST":
                self._locked(request, str(key))  # a link to a draft that goes meanwhile is none
            metier = self._lendable(request, key)
            if form.is_valid() and form.lend(metier, request.user):
                return redirect(self.address("preview_links", metier))
        return render(
            request,
            "desk/preview_links.html",
            self.admin_site.each_context(request)
            | {
                "title": f"Liens d’aperçu\u00a0: {metier}",
                "opts": self.opts,
                "object": metier,
                "page": self.address("change", metier),
                "form": form,
                "nothing_to_lend": preview.NOTHING_TO_LEND,
                "may_lend": preview.to_lend(metier) is not None,
                "links": [
                    (
                        link,
                        request.build_absolute_uri(preview.address_of(link)),
                        reverse(f"admin:{self._name('preview_revoke')}", args=[key, link.pk]),
                    )
                    for link in preview.links_of(metier)
                ],
            },
        )

    @answering_gone
    def revoke_view(self, request, key, link):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        metier = self._lendable(request, key)
        lent = get_object_or_404(PreviewLink, pk=link, metier=metier.draft_of_id or metier.pk)
        lent.revoked_at = timezone.now()
        lent.save(update_fields=["revoked_at"])
        self.message_user(request, "Ce lien n’ouvre plus rien.")
        return redirect(self.address("preview_links", metier))

    def _lendable(self, request, key):
        if not request.user.has_perms(["desk.add_previewlink", "desk.change_previewlink"]):
            raise PermissionDenied
        return self.existing(request, str(key))
