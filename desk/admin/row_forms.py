"""The rows of a fiche in its form: checked together, written together, numbered as sent."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import UniqueConstraint
from django.forms.models import construct_instance
from django.utils.functional import cached_property

from desk.conditions import violations
from metiers.riasec import LETTERS

LAST = float("inf")


class CheckedHere(forms.ModelForm):
    """Keeps to what the database demands without asking it: `known` knows the keys, and the rows
    of a formset are all there is to be unique among.
    """

    error_places = {}  # field by name of a constraint

    def _post_clean(self):
        exclude = self._get_validation_exclusions()
        keys = {field.name for field in self.instance._meta.fields if field.is_relation}
        try:
            self.instance = construct_instance(
                self, self.instance, self._meta.fields, self._meta.exclude
            )
            self.instance.clean_fields(exclude=exclude | keys)
            self.instance.clean()
        except ValidationError as error:
            self._update_errors(error)
        for name, error in violations(self.instance, without=exclude | set(self.errors)):
            self.add_error(self.error_places.get(name), error)


class RowForm(CheckedHere):
    error_places = {
        "figure_has_unit": "unit",
        "figure_has_provenance": "source",
        "figure_range_rises": "value_max",
        "salary_has_provenance": "source",
        "demand_listed_has_year_and_source": "source",
    }


class PlacedRowForm(RowForm):
    """A row among others. Without a place it goes last; a place alone makes no row."""

    position = forms.IntegerField(
        label="ordre",
        required=False,
        min_value=0,
        max_value=32767,
        widget=forms.NumberInput(attrs={"data-position": "", "min": 0}),
    )

    def clean_position(self):
        return self.cleaned_data["position"] or 0

    @cached_property
    def changed_data(self):
        changed = super().changed_data
        return [] if self.instance._state.adding and changed == ["position"] else changed


class RowKeyField(forms.Field):
    """Which row it was. One that is gone meanwhile comes back as a new one: it is still wanted."""

    widget = forms.HiddenInput

    def has_changed(self, initial, data):
        return False


class RowFormSet(forms.BaseInlineFormSet):
    def get_queryset(self):
        """The rows as `metiers.whole` has brought them with their métier."""
        if not hasattr(self, "_queryset"):
            brought = getattr(self.instance, "_prefetched_objects_cache", {})
            self._queryset = list(brought.get(self.get_default_prefix(), []))
        return self._queryset

    def add_fields(self, form, index):
        super().add_fields(form, index)
        key = None if form.instance._state.adding else form.instance.pk
        form.fields[self._pk_field.name] = RowKeyField(initial=key, required=False)

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        form.fields[self._pk_field.name].required = False
        setattr(form.instance, self.fk.name, self.instance)
        return form

    @property
    def kept_forms(self):
        """Those that will be rows, in the order of the places sent."""
        kept = [
            form
            for form in self.forms
            if not self._is_gone(form) and not (form.instance._state.adding and _is_empty(form))
        ]
        return sorted(kept, key=self.place_of)

    def place_of(self, form):
        return form.cleaned_data.get("position") or LAST

    @property
    def placed_forms(self):
        """The place that each row is given, and its form."""
        return enumerate(self.kept_forms, start=1)

    def _is_gone(self, form):
        return self.can_delete and self._should_delete_form(form)

    def validate_unique(self):
        """Among the rows at hand, which are all that the métier will have."""
        for names in self._unique_together():
            seen = set()
            for form in self.kept_forms:
                key = tuple(form.cleaned_data.get(name) for name in names)
                if key in seen:
                    form.add_error(None, _said_twice(form, names))
                if None not in key:
                    seen.add(key)

    def _unique_together(self):
        """Fields that no two rows of a métier share; none of them for a row that stands alone."""
        if self.fk.unique:
            yield ()
        for constraint in self.model._meta.constraints:
            if isinstance(constraint, UniqueConstraint):
                yield tuple(name for name in constraint.fields if name != self.fk.name)

    def save(self, commit=True):
        """At most two statements, whatever was done to the rows."""
        self.deleted_objects = [
            form.instance
            for form in self.forms
            if self._is_gone(form) and not form.instance._state.adding
        ]
        self.new_objects, self.changed_objects, moved = [], [], []
        for place, form in self.placed_forms:
            is_moved = _put(form.instance, place)
            if form.instance._state.adding:
                self.new_objects.append(form.instance)
            elif form.has_changed():
                self.changed_objects.append((form.instance, form.changed_data))
            elif is_moved:
                moved.append(form.instance)
        changed = [row for row, _ in self.changed_objects] + moved
        self._write(self.deleted_objects, changed, self.new_objects)
        return [*changed, *self.new_objects]

    def _write(self, gone, changed, new):
        """Rows that change are written anew where others come and go, or take each other's place:
        one statement less, and no moment when two are the same. The one row that a métier may have
        takes the key of the one that it replaces.
        """
        if self.fk.unique and gone and new:
            new[0].pk, new[0]._state.adding = gone[0].pk, False
            gone, changed, new = [], new, []
        if (gone and new) or self._change_names():
            gone, changed, new = [*gone, *changed], [], [*changed, *new]
        if gone:
            self.model.objects.filter(pk__in=[row.pk for row in gone]).delete()
        if changed:
            columns = [f.name for f in self.model._meta.concrete_fields if not f.primary_key]
            self.model.objects.bulk_update(changed, [c for c in columns if c != self.fk.name])
        if new:
            for row in new:
                row.pk = None
                setattr(row, self.fk.name, self.instance)  # which has its key by now
            self.model.objects.bulk_create(new)

    def _change_names(self):
        unique = {name for names in self._unique_together() for name in names}
        return any(unique & set(names) for _, names in self.changed_objects)


def _is_empty(form):
    return form.empty_permitted and not form.has_changed()


def _put(row, place):
    """Give a row its place; whether it had another."""
    before = getattr(row, "position", None)
    if before is None or before == place:
        return False
    row.position = place
    return True


def _said_twice(form, names):
    labels = " et ".join(f"«\u00a0{form.fields[name].label}\u00a0»" for name in names)
    return f"Une autre ligne dit déjà {labels}." if names else "Il n’y en a qu’un par métier."


class EvidenceFormSet(RowFormSet):
    """Six rows, one a type in the order R I A S E C; one left empty is none."""

    def _construct_form(self, i, **kwargs):
        if i >= self.initial_form_count():
            kwargs["initial"] = {"dimension": self._letter_of(i)}
        return super()._construct_form(i, **kwargs)

    def _letter_of(self, i):
        if self.is_bound:
            return self.data.get(f"{self.add_prefix(i)}-dimension", "")
        taken = {row.dimension for row in self.get_queryset()}
        missing = [letter for letter in LETTERS if letter not in taken]
        return dict(enumerate(missing, start=self.initial_form_count())).get(i, "")

    def title_of(self, form):
        """As the page and `desk.places` call it."""
        return f"intérêt {form['dimension'].value()}"

    def place_of(self, form):
        return LETTERS.find(form.cleaned_data.get("dimension") or " ") + 1

    @property
    def placed_forms(self):
        """Each in the place of its letter, as the files give it."""
        return [(self.place_of(form), form) for form in self.kept_forms]

    def _should_delete_form(self, form):
        return super()._should_delete_form(form) or _is_wiped(form)


def _is_wiped(form):
    return not form.instance._state.adding and not (form["evidence"].value() or "").strip()
