"""Two editors at once: the second is told what the first did, and loses nothing."""

from dataclasses import dataclass

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import HttpResponseRedirect

from careerguide.content.registry import document_of
from desk.comparing import compare
from desk.history import content_of, newest_of, when
from desk.models import Revision


@dataclass(frozen=True)
class Overtaken:
    """A form that was opened when `seen` was the newest revision of its row, and no longer is.

    It is accepted when its author ticked that they saw this very newest one, or only previews.
    """

    row: models.Model
    seen: Revision | None
    newest: Revision
    is_accepted: bool

    @classmethod
    def of(cls, row, newest, post):
        """None for a form whose author has seen the newest revision, or never saw any."""
        seen = post.get("seen_revision")
        if newest is None or seen is None or seen == str(newest.pk):
            return None
        story = Revision.objects.of(row).filter(is_draft=newest.is_draft)
        before = story.filter(pk=seen).first() if seen.isdecimal() else story.last()
        accepted = "_preview" in post or post.get("seen_anyway") == str(newest.pk)
        return cls(row, before, newest, accepted)

    @property
    def message(self):
        who = self.newest.user or "Quelqu’un"
        return (
            f"{who} a enregistré cette page pendant que tu y travaillais, le {when(self.newest)}. "
            "Rien de ce que tu as écrit n’est perdu, et rien n’est encore enregistré."
        )

    @property
    def changes(self):
        document = document_of(type(self.row))
        return compare(document, content_of(self.seen or self.newest), content_of(self.newest))


class OvertakingMixin:
    """A form that was opened before somebody else's save is shown again, with what they did.

    Its rows are then sent as new ones and those that stand there put aside, since some may be gone:
    whatever was typed is there again, and « enregistrer quand même » means all of it.
    """

    def _changeform_view(self, request, object_id, form_url, extra_context):
        """In the transaction that `changeform_view` has opened: one of our own is two queries."""
        overtaken = self._overtaken(request, object_id)
        row = getattr(request, "locked", None)
        if row is not None and not self.has_change_permission(request, row):
            return self.refused(request)
        if overtaken is None:
            return super()._changeform_view(request, object_id, form_url, extra_context)
        request.POST = rows_as_new(request.POST, self._put_rows_aside(request, overtaken.row))
        context = (extra_context or {}) | {"overtaken": overtaken}
        response = super()._changeform_view(request, object_id, form_url, context)
        if not isinstance(response, HttpResponseRedirect):
            response.render()  # while its rows are aside
            transaction.set_rollback(True)
        return response

    def refused(self, request):
        """Before anything is written: what the row has become, or a role, allows no change."""
        raise PermissionDenied

    def _overtaken(self, request, object_id):
        """Locks the row: of two that save at once, the second sees what the first did."""
        if request.method != "POST" or object_id is None or not unquote(object_id).isdecimal():
            return None
        request.locked = row = self.to_lock(int(unquote(object_id)))
        if row is None:
            return None
        request.newest = newest_of(row)
        request.overtaken = Overtaken.of(row, request.newest, request.POST)
        return request.overtaken

    def to_lock(self, key):
        """The row of a key, which nobody else writes in until this request has ended; or None."""
        return self.model._base_manager.select_for_update().filter(pk=key).first()

    def _put_rows_aside(self, request, row):
        """Delete the rows of the page's inlines; the prefixes of their forms."""
        formsets = [formset for formset, _ in self.get_formsets_with_inlines(request, row)]
        for formset in formsets:
            formset.model._base_manager.filter(**{formset.fk.name: row}).delete()
        return [formset.get_default_prefix() for formset in formsets]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        overtaken = getattr(request, "overtaken", None)
        if overtaken is None or overtaken.is_accepted:
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
        return super().render_change_form(request, context, *args, change=change, obj=obj, **kwargs)


def rows_as_new(post, prefixes):
    """A sent form whose rows have no identity, numbered again without those ticked to delete."""
    kept = post.copy()
    for prefix in prefixes:
        rows = _rows_of(post, prefix)
        for name in [name for name in post if name.startswith(f"{prefix}-")]:
            if "__prefix__" not in name and not name.endswith(("MIN_NUM_FORMS", "MAX_NUM_FORMS")):
                del kept[name]
        kept[f"{prefix}-INITIAL_FORMS"], kept[f"{prefix}-TOTAL_FORMS"] = "0", str(len(rows))
        for number, row in enumerate(rows):
            for name, values in row.items():
                kept.setlist(f"{prefix}-{number}-{name}", values)
    return kept


def _rows_of(post, prefix):
    total = post.get(f"{prefix}-TOTAL_FORMS", "")
    rows = []
    for number in range(int(total) if total.isdecimal() else 0):
        start = f"{prefix}-{number}-"
        row = {
            name.removeprefix(start): values
            for name, values in post.lists()
            if name.startswith(start)
        }
        if "DELETE" not in row:
            rows.append({name: values for name, values in row.items() if name != "id"})
    return rows
