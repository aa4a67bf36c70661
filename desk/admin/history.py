"""Every save and deletion keeps a revision; each page has its story, and gives any version back."""

from functools import wraps

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import path, reverse

from careerguide.content.registry import document_of
from desk import history
from desk.comparing import compare
from desk.models import Action, Revision
from desk.numbers import number_in
from desk.places import sentences_of
from desk.views import gone
from desk.workflow import Gone

from .overtaking import OvertakingMixin


class RestoreForm(forms.Form):
    """Which version, and why; `seen` is the newest that the page of the story showed."""

    revision = forms.ModelChoiceField(queryset=None)
    seen = forms.ModelChoiceField(queryset=None, required=False)
    reason = forms.CharField(max_length=240, required=False)

    def __init__(self, data, *, story):
        super().__init__(data)
        self.fields["revision"].queryset = self.fields["seen"].queryset = story
        self.story = story

    @property
    def unseen(self):
        """What was done since the page was shown, the newest first."""
        if (seen := self.cleaned_data["seen"]) is None:
            return []
        story = list(self.story.defer("data"))
        return story[: story.index(seen)]


def answering_gone(view):
    """The view of a row; what is not there any more is answered as its form would be."""

    @wraps(view)
    def answered(self, request, **asked):
        try:
            return view(self, request, **asked)
        except Gone:
            key = asked.get("object_id") or asked["key"]
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(key))

    return answered


class HistoryMixin(OvertakingMixin):
    """Keeps a revision of what is written here, shows their story, brings one back."""

    restores_to_draft = False

    def reason_of(self, request):
        return ""

    def log_addition(self, request, obj, message):
        history.record(obj, Action.CREATED, request.user, self.reason_of(request))
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        newest = getattr(request, "newest", None) or history.newest_of(obj)
        reason = self.reason_of(request)
        history.record_change(obj, Action.SAVED, request.user, reason, newest=newest)
        return super().log_change(request, obj, message)

    def log_deletions(self, request, queryset):
        for obj in queryset:
            history.record(obj, Action.DELETED, request.user)
        return super().log_deletions(request, queryset)

    def response_action(self, request, queryset):
        """What an action does and what the history says of it: both, or neither."""
        with transaction.atomic():
            return super().response_action(request, queryset)

    def save_model(self, request, obj, form, change):
        """What was there before any revision is kept, and the story follows a new address."""
        if change and not request.POST.get("seen_revision"):
            history.record_first(obj)
        super().save_model(request, obj, form, change)
        name = document_of(self.model).natural_key
        if change and name in form.changed_data:
            history.rename(self.model, form.initial[name], getattr(obj, name))

    def get_urls(self):
        view = self.admin_site.admin_view(self.restore_view)
        address = "<path:object_id>/history/retablir/"
        return [path(address, view, name=self._name("restore")), *super().get_urls()]

    def _name(self, page):
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    def address(self, page, obj):
        """« /gestion/metiers/metier/12/history/ » of the page « history »."""
        return reverse(f"admin:{self._name(page)}", args=[quote(obj.pk)])

    def existing(self, request, object_id):
        """The row of a key, `Gone` where there is none."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Gone
        return obj

    @answering_gone
    def history_view(self, request, object_id, extra_context=None):
        """All that was done, and what changed between two moments: the last two by themselves."""
        obj = self.existing(request, object_id)
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        story = Revision.objects.of(obj)
        rows = list(story.defer("data"))
        before, after = _chosen(rows, request.GET)
        return render(
            request,
            "desk/history.html",
            self.admin_site.each_context(request)
            | {
                "title": f"Historique\u00a0: {obj}",
                "object": obj,
                "opts": self.opts,
                "story": rows,
                "before": before,
                "after": after,
                "changes": _changes(document_of(self.model), before, after),
                "restores_to_draft": self.restores_to_draft,
                "may_restore": self.may_restore(request, obj),
                "page": self.address("change", obj),
                "restore": self.address("restore", obj),
            },
        )

    def may_restore(self, request, obj):
        return self.has_change_permission(request, obj)

    def restore_version(self, request, obj, revision, reason):
        """The instance that holds the version now, and what it could not have back."""
        with transaction.atomic():
            history.record_first(obj)
            name = document_of(self.model).natural_key
            kept = {name: getattr(obj, name)}
            return obj, history.restore(obj, revision, request.user, reason, **kept)

    def restore_view(self, request, object_id):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            with transaction.atomic():
                revision, restored, lost = self._restored(request, object_id)
        except Gone as error:
            if not self.may_restore(request, None):
                raise PermissionDenied from error
            return gone(request, self._end_of_story(request))
        except ValidationError as error:
            said = " ".join(sentences_of(self.model, error))
            self.message_user(request, said, messages.ERROR)
            return redirect(f"admin:{self._name('history')}", object_id)
        self.message_user(request, f"La version du {history.when(revision)} est rétablie.")
        say_what_is_gone(request, lost)
        return redirect(self.address("change", restored))

    def _restored(self, request, object_id):
        """The version that was asked for, what holds it now, and what it could not have back."""
        self._locked(request, object_id)
        obj = self.existing(request, object_id)
        if not self.may_restore(request, obj):
            raise PermissionDenied
        form = RestoreForm(request.POST, story=Revision.objects.of(obj))
        if not form.is_valid():
            raise Http404
        refuse_unseen(form.unseen)
        revision = form.cleaned_data["revision"]
        reason = form.cleaned_data["reason"]
        return revision, *self.restore_version(request, obj, revision, reason)

    def _end_of_story(self, request):
        """What ended the story of the version that was asked for; None for a draft, whose story
        goes on with its fiche.
        """
        key = number_in(request.POST.get("revision", ""))
        asked = Revision.objects.filter(pk=key, model=self.opts.label_lower).first()
        return self._end_of(asked.key) if asked and asked.ended_by_id else None


def refuse_unseen(unseen):
    """ValidationError that says what was done meanwhile, where anything was."""
    if unseen:
        done = ", ".join(
            f"{one.user or 'Quelqu’un'}\u00a0: {one.get_action_display().lower()} le "
            f"{history.when(one)}"
            for one in unseen
        )
        raise ValidationError(
            f"Rien n’est rétabli\u00a0: depuis que tu as ouvert l’historique, il y a eu du neuf "
            f"({done}). Regarde, puis rétablis encore si tu le veux toujours."
        )


def say_what_is_gone(request, gone):
    if gone:
        messages.warning(request, f"Sans ce qui n’existe plus\u00a0: {', '.join(gone)}.")


def _chosen(rows, asked):
    """The two moments of the address; by itself the newest and the one before it."""
    by_key = {str(row.pk): row for row in rows}
    after = by_key.get(asked.get("apres"), rows[0] if rows else None)
    older = rows[rows.index(after) + 1 :] if after else []
    before = by_key.get(asked.get("avant"), older[0] if older else None)
    return before, after


def _changes(document, before, after):
    if not before or not after:
        return []
    return compare(document, history.content_of(before), history.content_of(after))
