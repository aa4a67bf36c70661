"""A short form that writes what its author changed in it, and brings nothing else back."""

from django import forms

from .sent import put, read, written

CHANGED = (
    "Quelqu’un a changé ceci entre-temps\u00a0: c’est maintenant «\u00a0{}\u00a0». "
    "Ce que tu vois ici est le tien\u202f; enregistre encore pour le garder."
)


class OnlyWhatChanged(forms.ModelForm):
    """Each field sends what it showed too, beside what is typed.

    What somebody else changed meanwhile stays as it is now where the author left the field alone,
    and is asked about where they did not.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.overtaken = {}  # what stands there now, by field
        self.told = [name for name, field in self.fields.items() if not field.disabled]
        for name in self.told:
            self.fields[name].show_hidden_initial = True
        if self.is_bound and any(self[name].html_initial_name in self.data for name in self.told):
            self.data = self.data.copy()
            for name in self.told:
                self._compare(name, self[name])

    def _compare(self, name, bound):
        field, data = bound.field, self.data
        shown = read(field, data, bound.html_initial_name, field.hidden_widget())
        now = written(field, self.get_initial_for_field(field, name))
        if shown == now:
            return
        mine = read(field, data, bound.html_name)
        if mine == shown:
            put(data, field, bound.html_name, now)
        elif mine != now:
            self.overtaken[name] = now
        if isinstance(field, forms.BooleanField):
            now = str(bool(now))
        data.setlist(bound.html_initial_name, now if isinstance(now, tuple) else [now])

    def clean(self):
        cleaned = super().clean()
        for name, now in self.overtaken.items():
            self.add_error(name, CHANGED.format(_said(self.fields[name], now)))
        return cleaned


def _said(field, now):
    if isinstance(field, forms.BooleanField):
        return "oui" if now else "non"
    if isinstance(field, forms.ModelMultipleChoiceField):
        return ", ".join(str(row) for row in field.queryset.filter(pk__in=now).order_by("pk"))
    return now
