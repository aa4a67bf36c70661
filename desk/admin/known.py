"""What the selects of a long form point to, read together instead of one query a select."""

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError

from desk.models import MovedKey
from desk.numbers import number_in
from metiers import union
from metiers.models import Metier
from metiers.whole import ROWS, SINGLE_ROWS, naming

WHOLE_LISTS = "listes"
"""The parameter by which a page without JavaScript asks for all options: `?listes=1`."""


def pointers():
    """Model by name of the field that points to it: {"source": Source, "areas": Area…}."""
    found = {}
    for model in (Metier, *ROWS.values(), *SINGLE_ROWS.values()):
        for field in (*model._meta.concrete_fields, *model._meta.many_to_many):
            if field.is_relation and field.name not in ("metier", "draft_of", "similar"):
                found[field.name] = field.related_model
    return found


class Known:
    """The instances that a request's form names, by model and key.

    `add` what was read already; all that was sent beside is read in one query, when first asked.
    """

    def __init__(self, posted, *, offers_all=False):
        """With `offers_all`, a list offers all that may be chosen: nothing there looks it up."""
        self._posted = posted
        self._found = {}
        self._is_read = False
        self.offers_all = offers_all
        self._every = {}

    def add(self, instances):
        for instance in instances:
            self._found[type(instance), instance.pk] = instance

    def get(self, model, key):
        """The instance, or None where there is none that may be chosen."""
        key = number_in(str(key))
        if (model, key) not in self._found and not self._is_read:
            self._read_posted()
        return self._found.get((model, key))

    def every(self, model):
        """All that there is of a model, read once for however many lists."""
        if model not in self._every:
            self._every[model] = list(model._default_manager.all())
        return self._every[model]

    def _read_posted(self):
        self._is_read = True
        wanted = {}
        models = pointers()
        for name in self._posted:
            if model := models.get(name.rpartition("-")[2]):
                keys = {number_in(value) for value in self._posted.getlist(name)} - {None}
                wanted.setdefault(model, set()).update(
                    key for key in keys if (model, key) not in self._found
                )
        branches = [
            (model._meta.label, model._default_manager.filter(pk__in=keys), naming(model))
            for model, keys in wanted.items()
            if keys
        ]
        for instances in union.read(branches).values():
            self.add(instances)
        self._follow_merged(
            {(model, key) for model, keys in wanted.items() for key in keys} - set(self._found)
        )

    def _follow_merged(self, lost):
        """A form that was opened before a merge means the row that was kept."""
        merged = MovedKey.merged(lost)
        self._found |= merged
        self.add(merged.values())


def known_to(request):
    """The `Known` of a request, the same for every field of its form."""
    if not hasattr(request, "known"):
        posted = request.POST or request.GET
        request.known = Known(posted, offers_all=WHOLE_LISTS in request.GET)
    return request.known


class KnownChoiceField(forms.ModelChoiceField):
    def prepare_value(self, value):
        """The key of what stands for it now."""
        found = None if value in self.empty_values else self.known.get(self.queryset.model, value)
        return found.pk if found else super().prepare_value(value)

    def to_python(self, value):
        if value in self.empty_values:
            return None
        key = value.pk if isinstance(value, self.queryset.model) else value
        if instance := self.known.get(self.queryset.model, key):
            return instance
        raise ValidationError(
            self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value}
        )


class KnownMultipleChoiceField(forms.ModelMultipleChoiceField):
    def _check_values(self, value):
        found = {key: self.known.get(self.queryset.model, key) for key in value}
        for key, instance in found.items():
            if instance is None:
                raise ValidationError(
                    self.error_messages["invalid_choice"],
                    code="invalid_choice",
                    params={"value": key},
                )
        return list(dict.fromkeys(found.values()))


class KnownOptions:
    """Shows the options that are chosen, without a query of its own; or all, where it is asked."""

    def optgroups(self, name, value, attrs=None):
        field, model = self.choices.field, self.choices.queryset.model
        found = [self.known.get(model, key) for key in value if key not in field.empty_values]
        chosen = dict.fromkeys(filter(None, found))
        offered = self.known.every(model) if self.known.offers_all else chosen
        options = [
            self.create_option(name, row.pk, field.label_from_instance(row), row in chosen, index)
            for index, row in enumerate(offered)
        ]
        is_blank = not self.is_required or (self.known.offers_all and not chosen)
        if is_blank and not self.allow_multiple_selected:
            options.insert(0, self.create_option(name, "", "", False, 0))
        return [(None, options, 0)]


class KnownSelect(KnownOptions, AutocompleteSelect):
    pass


class KnownSelectMultiple(KnownOptions, AutocompleteSelectMultiple):
    def build_attrs(self, base_attrs, extra_attrs=None):
        """Each choice is taken away by its own button; one that takes all away is a trap."""
        return super().build_attrs(base_attrs, extra_attrs) | {"data-allow-clear": "false"}


class KnownChoices:
    """For a ModelAdmin or an inline: what is chosen is looked up among what is known.

    Autocompletes show no more than that; a plain list shows all that there is.
    """

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name not in self.get_autocomplete_fields(request):
            field = super().formfield_for_foreignkey(
                db_field, request, **kwargs | {"form_class": KnownChoiceField}
            )
            field.known = known_to(request)
            return field
        widget = KnownSelect(db_field, self.admin_site)
        kwargs |= {"widget": widget, "form_class": KnownChoiceField}
        return _knowing(super().formfield_for_foreignkey(db_field, request, **kwargs), request)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name not in self.get_autocomplete_fields(request):
            return super().formfield_for_manytomany(db_field, request, **kwargs)
        widget = KnownSelectMultiple(db_field, self.admin_site)
        kwargs |= {"widget": widget, "form_class": KnownMultipleChoiceField}
        return _knowing(super().formfield_for_manytomany(db_field, request, **kwargs), request)


def _knowing(field, request):
    field.known = field.widget.known = known_to(request)
    return field
