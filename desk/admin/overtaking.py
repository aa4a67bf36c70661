"""Two editors at once: the second is told what the first did, has it too, and loses nothing."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import get_text_list

from careerguide.content.parts import References
from careerguide.content.registry import document_of
from desk.comparing import Change, Line, compare, label_of, mark_words
from desk.history import A_DOUBLE_CLICK, content_of, newest_of, when, with_names_of_today
from desk.models import Action, MovedKey, Revision
from desk.numbers import number_in
from desk.places import anchor_of
from desk.views import gone

from .three_ways import ThreeWays

TAKEN = "seen_taken"
"""The field by which a form says, once it is saved, what it had taken over from others."""
ANCHORS = {"similar": "bloc-similar_rows", "questions": "questions-group"}
MERGED_MEANWHILE = (
    "Un double a été fusionné pendant que tu y travaillais\u00a0: le formulaire dit à présent ce "
    "qui le remplace. Rien de ce que tu as écrit n’est perdu, et rien n’est encore enregistré."
)


@dataclass(frozen=True)
class Dispute:
    """A part that both changed, and where one's own text of it stands.

    The changes lead from there to the other's text; of rows (`is_since`), from what they were.
    """

    anchor: str
    changes: list[Change]
    is_since: bool


@dataclass(frozen=True)
class Overtaken:
    """A form that was opened when `seen` was the newest revision of its row, and no longer is."""

    row: models.Model
    user: models.Model
    seen: Revision | None
    since: list[Revision]  # the newest first

    @classmethod
    def of(cls, row, newest, post, user):
        """None for a form whose author has seen the newest revision, or never saw any."""
        seen = post.get("seen_revision")
        if newest is None or seen is None or seen == str(newest.pk):
            return None
        story = list(Revision.objects.of(row).filter(is_draft=newest.is_draft).defer("data"))
        places = [place for place, one in enumerate(story) if str(one.pk) == seen]
        place = places[0] if places else len(story) - 1
        is_known = places or (not seen and len(story) > 1)
        return cls(row, user, story[place] if is_known else None, story[:place] or story[:1])

    @property
    def newest(self):
        return self.since[0]

    @property
    def others(self):
        """« karim et rachid »; nobody where it was one's own other tab."""
        users = {one.user for one in self.since} - {self.user}
        return sorted(str(user or "Quelqu’un") for user in users)

    @property
    def title(self):
        return "Quelqu’un est passé avant toi" if self.others else "Ton autre onglet"

    @property
    def message(self):
        if all(one.action == Action.MERGED for one in self.since):
            return MERGED_MEANWHILE
        who = get_text_list(self.others, "et")
        have = "ont" if len(self.others) > 1 else "a"
        done = (
            f"{who} {have} enregistré cette page pendant que tu y travaillais"
            if who
            else "Tu as enregistré cette page dans un autre onglet"
        )
        return (
            f"{done}, le {when(self.newest)}. "
            "Rien de ce que tu as écrit n’est perdu, et rien n’est encore enregistré."
        )

    @property
    def base(self):
        """What the form showed, None where nobody knows."""
        document = document_of(type(self.row))
        return self.seen and with_names_of_today(document, content_of(self.seen), References())

    def explained(self, merge, taken=""):
        """For `desk/_overtaken.html`; `taken` is what the form had from others before."""
        document = document_of(type(self.row))
        now = document.dump(self.row)
        return {
            "overtaken": self,
            "taken": ",".join(filter(None, [taken, *merge.taken])),
            "changes": compare(document, self.base or now, now, without=merge.disputed),
            "disputes": [self._dispute(key, merge.texts.get(key)) for key in merge.disputed],
        }

    def _dispute(self, key, texts):
        document = document_of(type(self.row))
        if texts:
            labels = {part.key: label_of(part) for part in document.parts}
            changes = [Change(labels[key], [Line("", mark_words(*texts))])]
        else:
            now = document.dump(self.row)
            without = [part.key for part in document.parts if part.key != key]
            before = self.base or now | {key: _nothing_like(now[key])}
            changes = compare(document, before, now, without=without)
        return Dispute(ANCHORS.get(key) or anchor_of(key), changes, is_since=not texts)


def _nothing_like(value):
    return [] if isinstance(value, list) else "" if isinstance(value, str) else None


class OvertakingMixin:
    """A form that was opened before somebody else's save is shown again, with what they did in it.

    What they alone changed is taken over, what its author alone changed stays; a text that both
    changed stays its author's, and is shown beside.
    """

    def _changeform_view(self, request, object_id, form_url, extra_context):
        """In the transaction that `changeform_view` has opened: one of our own is two queries."""
        if request.method == "POST":
            if object_id is None:
                if twin := self._just_made(request):
                    return self._made(request, twin)
            elif row := self._locked(request, object_id):
                if not self.has_change_permission(request, row):
                    return self.refused(request)
                extra_context = (extra_context or {}) | self._taken_over(request, row)
        response = super()._changeform_view(request, object_id, form_url, extra_context)
        if isinstance(response, HttpResponseRedirect):
            self._say_what_was_taken(request)
        return response

    def refused(self, request):
        """Before anything is written: what the row has become, or a role, allows no change."""
        raise PermissionDenied

    def _locked(self, request, object_id):
        """Of two that save at once, the second sees what the first did."""
        key = number_in(unquote(object_id))
        request.locked = None if key is None else self.to_lock(key)
        return request.locked

    def to_lock(self, key):
        """The row of a key, which nobody else writes in until this request has ended; or None."""
        return self.model._base_manager.select_for_update().filter(pk=key).first()

    def _taken_over(self, request, row):
        """Let an overtaken form say what others changed too; what its page then explains."""
        request.newest = newest_of(row)
        overtaken = Overtaken.of(row, request.newest, request.POST, request.user)
        if overtaken is None:
            return {}
        shown = self.get_object(request, str(row.pk))
        merge = self._three_ways(request, shown, overtaken.base)
        request.POST = merge.post
        vars(request).pop("known", None)  # it was of the form as it was sent
        if merge.is_same or "_preview" in request.POST:
            return {}
        request.POST["seen_revision"] = str(overtaken.newest.pk)
        request.overtaken = overtaken
        return overtaken.explained(merge, request.POST.get(TAKEN, ""))

    def _three_ways(self, request, row, base):
        form = self.get_form(request, row, change=True)(instance=row)
        formsets = [
            formset(instance=row, queryset=inline.get_queryset(request))
            for formset, inline in self.get_formsets_with_inlines(request, row)
            if inline.has_change_permission(request, row)
        ]
        return ThreeWays(request.POST, form, formsets, document_of(self.model), base)

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        """What is gone in the middle of an edit gives the text back, and says where it went."""
        if request.method == "POST":
            key = request.POST.get(document_of(self.model).natural_key, "")
            return gone(request, self._end_of(key))
        return super()._get_obj_does_not_exist_redirect(request, opts, object_id)

    def _end_of(self, key):
        """What became of the thing of a natural key: who did it, and what it stands in."""
        document = document_of(self.model)
        label = self.model._meta.label_lower
        last = Revision.objects.filter(model=label, key=key).newest_first().first()
        moved = MovedKey.objects.filter(model=label, old=key).first()
        kept = moved and self.model.objects.filter(**{document.natural_key: moved.new}).first()
        return {
            "last": last,
            "kept": kept,
            "page": kept and self.address("change", kept),
            "kind": self.opts.verbose_name,
        }

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        overtaken = getattr(request, "overtaken", None)
        if overtaken is None:
            return form

        class Refused(form):
            def clean(self):
                self.add_error(None, overtaken.message)
                return super().clean()

        return Refused

    def render_change_form(self, request, context, *args, change=False, obj=None, **kwargs):
        if change:
            newest = newest_of(obj)
            seen = request.POST.get("seen_revision", newest.pk if newest else "")
            context |= {"seen_revision": seen}
            context.setdefault("taken", request.POST.get(TAKEN, ""))
        return super().render_change_form(request, context, *args, change=change, obj=obj, **kwargs)

    def _say_what_was_taken(self, request):
        labels = {part.key: label_of(part) for part in document_of(self.model).parts}
        taken = dict.fromkeys(request.POST.get(TAKEN, "").split(","))
        if names := [labels[key] for key in taken if key in labels]:
            said = "Ton formulaire avait repris ce qui avait changé entre-temps"
            self.message_user(request, f"{said}\u00a0: {', '.join(names)}.", messages.INFO)

    # A new thing whose form is sent twice over

    def _just_made(self, request):
        """What the same author has made of the same form a moment ago, or None."""
        document = document_of(self.model)
        field = self.model._meta.get_field(document.natural_key)
        try:
            key = field.clean(request.POST.get(field.name), None)
        except ValidationError:
            return None
        found = self.model._default_manager.filter(**{field.name: key}).first()
        if found is None or request.FILES or not self.has_change_permission(request, found):
            return None
        first = Revision.objects.of(found).last()
        is_mine = first and first.action == Action.CREATED and first.user == request.user
        if not is_mine or first.at < timezone.now() - A_DOUBLE_CLICK:
            return None
        shown = self.get_object(request, str(found.pk))
        return shown if self._three_ways(request, shown, None).is_same else None

    def _made(self, request, twin):
        if newest_of(twin).action == Action.CREATED:
            return self.response_add(request, twin)
        return redirect(self.address("change", twin))
