"""The steps of a fiche, as buttons of its page; each goes through `desk.workflow`."""

from functools import partial

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db.models import Q
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone

from desk import state, workflow
from desk.comparing import STATE, compare
from desk.history import content_of, newest_of, record, record_first
from desk.models import Action, Revision
from desk.places import anchor_of, label_of
from desk.views import gone
from metiers.completeness import need
from metiers.content import METIER
from metiers.models import Metier, Status

DAY = partial(forms.DateField, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


OVERTAKEN = (
    "Le brouillon ou la fiche vient de changer\u00a0: compare encore, puis publie. "
    "Publier le brouillon tel qu’il est efface ce que la fiche a reçu depuis."
)
STEPS = {
    "_ask": (workflow.ask_review, "Enregistré\u202f; la relecture est demandée."),
    "_send_back": (workflow.send_back, "La fiche est renvoyée à la rédaction."),
}
"""By the name of the button in the form."""


class StepForm(forms.Form):
    """A day and a reason; `take` makes the step, and says on the form why it was refused."""

    on = DAY(label="Retirer le")
    reason = forms.CharField(max_length=240, required=False, label="Pourquoi")

    def take(self, step, request, metier):
        """Whether the step was taken; a message says where the fiche stands then."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "seen_revision"}
        try:
            taken = step(metier, request.user, **data)
        except ValidationError as error:
            self.add_error(None, list(_said(error)))
            return False
        messages.success(request, " ".join(state.sentences(taken)))
        return True


class WithdrawForm(StepForm):
    field_order = ("on", "reason")


class PublishForm(StepForm):
    """From when to when; `seen_revision` is what was compared."""

    on = DAY(label="Publier le")
    until = DAY(label="Retirer le", required=False, help_text="Vide\u00a0: jamais.")
    seen_revision = forms.CharField(widget=forms.HiddenInput, required=False)
    field_order = ("on", "until", "reason")

    def clean_on(self):
        if (day := self.cleaned_data["on"]) < timezone.localdate():
            raise ValidationError("Ce jour est passé.")
        return day

    def has_seen(self, newest):
        """Nobody changed the draft or its fiche between the comparison and the click."""
        if self.cleaned_data["seen_revision"] == newest:
            return True
        self.add_error(None, OVERTAKEN)
        return False


def _withdrawal_to_come(metier):
    """The day already chosen for the fiche: to publish an edit is not to forget it."""
    day = (metier.draft_of or metier).withdrawn_at
    return day if day and day > timezone.localdate() else None


class WorkFilter(admin.SimpleListFilter):
    """A public fiche is at work when its draft is, which the list does not show."""

    title = "travail en cours"
    parameter_name = "travail"

    def lookups(self, request, model_admin):
        return [("brouillon", "Brouillon ouvert"), ("a-relire", "À relire")]

    def queryset(self, request, queryset):
        status = {"brouillon": Status.DRAFT, "a-relire": Status.REVIEW}.get(self.value())
        if status is None:
            return queryset
        return queryset.filter(Q(status=status) | Q(draft__status=status, draft__published_at=None))


class PublishingMixin:
    """What is public is read here, and edited in its draft."""

    def get_object(self, request, object_id, from_field=None):
        """Copies too, which the list leaves out."""
        found = super().get_object(request, object_id, from_field)
        if found is None and from_field is None and object_id.isdecimal():
            return Metier.with_drafts.exclude(draft_of=None).filter(pk=object_id).first()
        return found

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        """A draft that is gone in the middle of an edit, published or not, gives the text back."""
        if request.method == "POST":
            return gone(request)
        return super()._get_obj_does_not_exist_redirect(request, opts, object_id)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj and state.is_frozen(obj))

    def has_delete_permission(self, request, obj=None):
        """Not what visitors read or will read, nor a copy, which has a button of its own."""
        is_kept = obj and state.why_kept(obj)
        return super().has_delete_permission(request, obj) and not is_kept

    def get_deleted_objects(self, objs, request):
        """A fiche that stays for its state or its draft says so: it is no matter of rights."""
        shown, counts, lacking, protected = super().get_deleted_objects(objs, request)
        drafts = set(
            Metier.with_drafts.filter(draft_of__in=objs).values_list("draft_of", flat=True)
        )
        reasons = [
            f"{metier}\u00a0: {why}"
            for metier in objs
            if (why := state.why_kept(metier) or (metier.pk in drafts and state.HAS_DRAFT))
        ]
        return shown, counts, set() if reasons else lacking, [*protected, *reasons]

    def get_readonly_fields(self, request, obj=None):
        """The steps set the state; the address of a public fiche is a promise."""
        promised = ("slug",) if obj and obj.draft_of_id else ()
        return (*super().get_readonly_fields(request, obj), *STATE, *promised)

    def get_list_filter(self, request):
        return (WorkFilter, *super().get_list_filter(request))

    def log_deletions(self, request, queryset):
        """The neighbours that lose a line keep the state before and, after, why."""
        deleted = [metier.pk for metier in queryset]
        citing = Metier.with_drafts.filter(similar_rows__other__in=deleted).exclude(pk__in=deleted)
        request.citing = list(citing.distinct().order_by("pk"))
        for metier in request.citing:
            record_first(metier)
        return super().log_deletions(request, queryset)

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        self._record_citing(request)

    def delete_queryset(self, request, queryset):
        super().delete_queryset(request, queryset)
        self._record_citing(request)

    def _record_citing(self, request):
        for metier in request.citing:
            record(metier, Action.SAVED, request.user, "Un métier voisin est à la corbeille")

    # The page

    def render_change_form(self, request, context, *args, change=False, obj=None, **kwargs):
        if change:
            context |= {"publishing": self._publishing(request, obj)}
        return super().render_change_form(request, context, *args, change=change, obj=obj, **kwargs)

    def _publishing(self, request, metier):
        """What `desk/_publishing.html` shows: where the fiche stands, and the steps from there."""
        may_write = request.user.has_perm(workflow.WRITE)
        may_publish = request.user.has_perm(workflow.PUBLISH)
        is_public = metier.status == Status.PUBLISHED
        draft = Metier.with_drafts.filter(draft_of=metier).first() if is_public else None
        is_waiting = workflow.is_waiting(metier)
        return {
            "sentences": list(state.sentences(metier)),
            "draft": draft,
            "draft_page": draft and self.address("change", draft),
            "draft_sentences": list(state.sentences(draft)) if draft else [],
            "public_page": metier.draft_of_id and self.address("change", metier.draft_of),
            "newest": newest_of(metier),
            "may_start": may_write and is_public and draft is None,
            "may_ask": may_write and metier.status == Status.DRAFT,
            "may_send_back": may_publish and metier.status == Status.REVIEW and not is_waiting,
            "may_publish": may_publish and not state.is_frozen(metier),
            "may_unschedule": may_publish and is_waiting,
            "may_withdraw": may_publish and is_public and not state.is_withdrawn(metier),
            "may_resume": may_publish and is_public and metier.withdrawn_at is not None,
            "may_discard": may_write and metier.draft_of_id and not is_waiting,
        }

    def response_change(self, request, obj):
        return self._step(request, obj) or super().response_change(request, obj)

    def response_add(self, request, obj, post_url_continue=None):
        return self._step(request, obj) or super().response_add(request, obj, post_url_continue)

    def _step(self, request, metier):
        """The step that a button of the form asks for, now that what was typed is saved."""
        asked = [name for name in (*STEPS, "_publish") if name in request.POST]
        if not asked:
            return None
        if asked == ["_publish"]:
            return redirect(self.address("publish", metier))
        step, done = STEPS[asked[0]]
        try:
            step(metier, request.user, request.POST.get("reason", "").strip()[:240])
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
        else:
            self.message_user(request, done)
        return redirect(self.address("change", metier))

    # The steps that have an address

    def get_urls(self):
        pages = {
            "start": ("brouillon", self.start_view),
            "discard": ("abandonner", self.discard_view),
            "publish": ("publier", self.publish_view),
            "unschedule": ("deprogrammer", self.unschedule_view),
            "withdraw": ("retirer", self.withdraw_view),
            "resume": ("remettre", self.resume_view),
        }
        return [
            path(f"<int:key>/{word}/", self.admin_site.admin_view(view), name=self._name(name))
            for name, (word, view) in pages.items()
        ] + super().get_urls()

    def start_view(self, request, key):
        return self._posted(request, key, workflow.start_draft, "Voici le brouillon.")

    def discard_view(self, request, key):
        return self._posted(request, key, workflow.discard, "Le brouillon est abandonné.")

    def unschedule_view(self, request, key):
        return self._posted(request, key, workflow.unschedule, "La publication est annulée.")

    def resume_view(self, request, key):
        return self._posted(request, key, workflow.resume, "La fiche n’est plus retirée.")

    def _posted(self, request, key, step, done):
        """Take a step that asks for nothing; then the page of what it gives, or of its fiche."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        metier = self.existing(request, str(key))
        try:
            result = step(metier, request.user)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return redirect(self.address("change", metier))
        self.message_user(request, done)
        left = Metier.with_drafts.filter(pk=metier.pk).exists()
        return redirect(self.address("change", result or (metier if left else metier.draft_of)))

    def publish_view(self, request, key):
        metier = self._for_publisher(request, key)
        if state.is_frozen(metier):
            return redirect(self.address("change", metier))
        seen = _state_compared(metier)
        form = PublishForm(
            request.POST or None,
            initial={
                "on": timezone.localdate(),
                "until": _withdrawal_to_come(metier),
                "seen_revision": seen,
            },
        )
        if form.is_valid() and form.has_seen(seen) and form.take(workflow.publish, request, metier):
            return redirect(self.address("change", metier.draft_of or metier))
        return render(
            request,
            "desk/publish.html",
            self._step_context(request, metier, f"Publier\u00a0: {metier}")
            | {
                "form": form,
                "seen_revision": seen,
                "changes": _changes_to_publish(metier),
                "lacking": _lacking(metier),
                "is_replacement": workflow.is_replacement(metier),
            },
        )

    def withdraw_view(self, request, key):
        metier = self._for_publisher(request, key)
        form = WithdrawForm(request.POST or None, initial={"on": timezone.localdate()})
        if form.is_valid() and form.take(workflow.withdraw, request, metier):
            return redirect(self.address("change", metier))
        return render(
            request,
            "desk/withdraw.html",
            self._step_context(request, metier, f"Retirer\u00a0: {metier}") | {"form": form},
        )

    def _for_publisher(self, request, key):
        if not request.user.has_perm(workflow.PUBLISH):
            raise PermissionDenied
        return self.existing(request, str(key))

    def _step_context(self, request, metier, title):
        return self.admin_site.each_context(request) | {
            "title": title,
            "object": metier,
            "opts": self.opts,
            "page": self.address("change", metier),
            "sentences": list(state.sentences(metier)),
        }

    # The history of a public fiche gives its versions back to a draft

    restores_to_draft = True

    def may_restore(self, request, obj):
        return request.user.has_perm(workflow.WRITE)

    def restore_version(self, request, obj, revision, reason):
        return workflow.restore_version(obj, revision, request.user, reason)


def _state_compared(metier):
    """« 41-38 »: the newest revision of a draft and of the fiche that it is to replace."""
    newest = [newest_of(one) for one in (metier, metier.draft_of) if one]
    return "-".join(str(revision.pk) if revision else "" for revision in newest)


def _said(error):
    """The messages of a refusal, each under the field that it is about, in the editor's words."""
    for name, texts in getattr(error, "message_dict", {NON_FIELD_ERRORS: error.messages}).items():
        start = "" if name == NON_FIELD_ERRORS else f"{label_of(name)}\u00a0: "
        yield from (start + text for text in texts)


def _lacking(metier):
    """(where, its anchor in the form, what was found and is required) of all that is missing."""
    return [
        (label_of(place), anchor_of(place), f"{found} ({need(required)})")
        for place, found, required in workflow.lacking(metier)
    ]


def _changes_to_publish(metier):
    """From what visitors read, or read last, to the draft; None for a fiche that is new."""
    if metier.draft_of_id:
        before = METIER.dump(metier.draft_of)
    else:
        published = Revision.objects.of(metier).filter(action=Action.PUBLISHED).first()
        before = published and content_of(published)
    return compare(METIER, before, METIER.dump(metier), without=STATE) if before else None
