"""The steps of a fiche, as buttons of its page; each goes through `desk.workflow`."""

from contextlib import nullcontext

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.http import urlencode

from desk import state, workflow
from desk.comparing import STATE, compare
from desk.history import A_DOUBLE_CLICK, content_of, newest_of, record, record_first, when
from desk.models import Action, Revision
from desk.numbers import number_in
from desk.places import anchor_of, label_of
from desk.views import gone, scheduled_meanwhile
from metiers.completeness import need
from metiers.content import METIER
from metiers.models import Metier, Status

from .step_pages import DISCARDING, PUBLISHING, WITHDRAWING

STEPS = {
    "_ask": (workflow.ask_review, "Enregistré\u202f; la relecture est demandée."),
    "_send_back": (workflow.send_back, "La fiche est renvoyée à la rédaction."),
}
"""By the name of the button in the form."""


def typed_reason(request):
    return request.POST.get("reason", "").strip()[:240]


ENDS = (Action.PUBLISHED, Action.DISCARDED)
NOT_THERE = (
    "Cette page n’existe plus\u00a0: le brouillon a été publié ou abandonné, ou la fiche est à la "
    "corbeille."
)


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

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        """A draft that is gone in the middle of an edit, published or not, gives the text back."""
        if request.method == "POST":
            slug = request.POST.get("slug")
            return gone(request, None if slug is None else self._end_of(slug))
        self.message_user(request, NOT_THERE, messages.WARNING)
        return redirect("admin:metiers_metier_changelist")

    def reason_of(self, request):
        """What was typed beside a save; the steps that are taken at once say it themselves."""
        return "" if any(name in request.POST for name in STEPS) else typed_reason(request)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj and state.is_frozen(obj))

    def refused(self, request):
        """Whoever may edit reads, beside what they typed, that their draft waits for its day."""
        metier = request.locked
        is_waiting = workflow.is_waiting(metier) or workflow.is_to_come(metier)
        if not is_waiting or not self.has_change_permission(request):
            return super().refused(request)
        return scheduled_meanwhile(request, metier.published_at, self.address("change", metier))

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
        is_to_come = workflow.is_to_come(metier)
        return {
            "sentences": list(state.sentences(metier)),
            "draft": draft,
            "draft_page": draft and self.address("change", draft),
            "draft_sentences": list(state.sentences(draft)) if draft else [],
            "public_page": metier.draft_of_id and self.address("change", metier.draft_of),
            "newest": newest_of(metier),
            "may_start": may_write and is_public and draft is None and not is_to_come,
            "may_ask": may_write and metier.status == Status.DRAFT,
            "may_send_back": may_publish and metier.status == Status.REVIEW and not is_waiting,
            "may_publish": may_publish and not state.is_frozen(metier),
            "may_unschedule": may_publish and (is_waiting or is_to_come),
            "may_withdraw": may_publish
            and is_public
            and not (is_to_come or state.is_withdrawn(metier)),
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
        reason = typed_reason(request)
        if asked == ["_publish"]:
            why = f"?{urlencode({'reason': reason})}" if reason else ""
            return redirect(self.address("publish", metier) + why)
        step, done = STEPS[asked[0]]
        try:
            step(metier, request.user, reason)
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

    def unschedule_view(self, request, key):
        return self._posted(request, key, workflow.unschedule, "La publication est annulée.")

    def resume_view(self, request, key):
        return self._posted(request, key, workflow.resume, "La fiche n’est plus retirée.")

    def _posted(self, request, key, step, done):
        """Take a step that asks for nothing; then the page of what it gives, or of its fiche."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            with transaction.atomic():
                result = step(self.to_step(request, key), request.user)
        except workflow.Gone:
            return self._too_late(request)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return redirect(f"admin:{self._name('change')}", key)
        self.message_user(request, done)
        return redirect(self.address("change", result))

    def publish_view(self, request, key):
        self._require_publisher(request)
        return self._stepped(request, key, PUBLISHING)

    def withdraw_view(self, request, key):
        self._require_publisher(request)
        return self._stepped(request, key, WITHDRAWING)

    def discard_view(self, request, key):
        if not request.user.has_perm(workflow.WRITE):
            raise PermissionDenied
        return self._stepped(request, key, DISCARDING)

    def _require_publisher(self, request):
        if not request.user.has_perm(workflow.PUBLISH):
            raise PermissionDenied

    def _stepped(self, request, key, page):
        """The `StepPage` of a fiche; sent, the step, in one transaction with what it looks at."""
        with transaction.atomic() if request.method == "POST" else nullcontext():
            try:
                metier = self.to_step(request, key)
                if not page.is_for(metier):
                    return redirect(self.address("change", metier))
                form = page.form(request.POST or None, initial=page.initial(request, metier))
                if form.is_valid() and (taken := form.take(page.step, request, metier)):
                    messages.success(request, " ".join(page.done(taken)))
                    return redirect(self.address("change", taken))
            except workflow.Gone:
                return self._too_late(request)
            return render(
                request,
                page.template,
                self.admin_site.each_context(request)
                | {
                    "title": f"{page.title}\u00a0: {metier}",
                    "object": metier,
                    "opts": self.opts,
                    "page": self.address("change", metier),
                    "sentences": list(state.sentences(metier)),
                    "form": form,
                    "stamp": workflow.stamp(metier),
                    "changes": _changes_to_publish(metier),
                    "lacking": _lacking(metier) if page is PUBLISHING else [],
                    "is_replacement": workflow.is_replacement(metier),
                },
            )

    def to_step(self, request, key):
        metier = self.get_object(request, str(key))
        if metier is None:
            raise workflow.Gone
        return metier

    def _too_late(self, request):
        """The draft is gone: by the first of two clicks, or by somebody else, who is not undone."""
        if request.method != "POST":
            return self._get_obj_does_not_exist_redirect(request, self.opts, None)
        key = number_in(request.POST.get("fiche", ""))
        fiche = Metier.objects.filter(pk=key).first() if key else None
        ended = fiche and Revision.objects.of(fiche).filter(action__in=ENDS).first()
        is_mine = ended and ended.user == request.user
        if not is_mine or ended.at < timezone.now() - A_DOUBLE_CLICK:
            return gone(request)
        self.message_user(request, f"{ended.get_action_display()}, le {when(ended)}.")
        return redirect(self.address("change", fiche))

    # The history of a public fiche gives its versions back to a draft

    restores_to_draft = True

    def may_restore(self, request, obj):
        return request.user.has_perm(workflow.WRITE)

    def restore_version(self, request, obj, revision, reason):
        return workflow.restore_version(obj, revision, request.user, reason)


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
