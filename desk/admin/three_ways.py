"""A form, what it showed when it was opened, and what stands there now: all three made one."""

from django import forms

from careerguide.content.parts import Links, References, Rows, Value, to_model
from desk.numbers import number_in
from desk.reconciling import Merged, merged, merged_links, merged_row
from metiers.content import Interests, Neighbours
from metiers.models.metier import INTEREST_FIELDS
from metiers.riasec import LETTERS

from .forms import LinesField
from .row_forms import LAST, EvidenceFormSet
from .sent import put, read, written

PARTS = {"evidence": "interests", "similar_rows": "similar"} | dict.fromkeys(
    INTEREST_FIELDS, "interests"
)
"""Key in the document by name in the form, where they are two."""
UNKNOWN = object()
"""What a form showed, when nobody knows: it equals nothing."""


def values_of(document, data):
    """What a form shows of a document: values by field, and rows of values by prefix."""
    references = References()
    fields, rows = {}, {}
    for part in document.parts:
        value = data[part.key]
        if isinstance(part, Value):
            fields[part.key] = _value(part, value, references)
        elif isinstance(part, Links):
            fields[part.key] = [references.of(part.other).get(slug) for slug in value]
        elif isinstance(part, Rows):
            found = [value] if part.single and value else value or []
            rows[part.key] = [
                {one.key: _value(one, row[one.key], references) for one in part.values}
                for row in found
            ]
        elif isinstance(part, Interests):
            for letter, name in zip(LETTERS, INTEREST_FIELDS, strict=True):
                fields[name] = (value or {}).get(letter, {}).get("value")
            rows["evidence"] = [
                {"dimension": letter} | one for letter, one in (value or {}).items()
            ]
        elif isinstance(part, Neighbours):
            keys = references.of(document.model)
            rows["similar_rows"] = [{"other": keys.get(slug)} for slug in value]
        else:
            fields[part.key] = value
    return fields, rows


def _value(part, value, references):
    if part.field.is_relation:
        return references.of(part.field.related_model).get(value)
    return to_model(part.field, value)


class ThreeWays:
    """What a form sent, with what others have changed since it was opened.

    `post` is to be sent in its place. `taken` are the parts that others changed and the form takes
    over, `disputed` those of which both changed the same text: the form keeps its author’s. `texts`
    are both texts of a field that is one: its author's, then theirs.
    `is_same` when the form says nothing but what stands there now.
    """

    def __init__(self, post, form, formsets, document, base):
        """`base` is the content that the form showed, None where it is not known."""
        self.post = post.copy()
        self.taken, self.disputed, self.is_same = [], [], True
        self.texts = {}
        fields, rows = values_of(document, base) if base else ({}, {})
        self._is_known = base is not None
        for name, field in form.fields.items():
            if not field.widget.needs_multipart_form and self._is_of(document, name):
                self._field(form, name, field, fields)
        for formset in formsets:
            if number_in(post.get(f"{formset.prefix}-TOTAL_FORMS", "")) is not None:
                self._rows(RowsSent(formset, post), rows)

    def _is_of(self, document, name):
        return PARTS.get(name, name) in {part.key for part in document.parts}

    def _field(self, form, name, field, fields):
        theirs = written(field, form.get_initial_for_field(field, name))
        before = written(field, fields[name]) if self._is_known else UNKNOWN
        mine = read(field, self.post, name)
        found = self._settled(name, before, mine, theirs, _way_of(field))
        if name in self.disputed and isinstance(field, (forms.CharField, LinesField)):
            self.texts[name] = found, theirs
        if found != mine:
            put(self.post, field, name, found)

    def _rows(self, sent, rows):
        prefix = sent.formset.prefix
        before = [sent.texts_of(row) for row in rows[prefix]] if self._is_known else UNKNOWN
        mine, theirs = sent.mine(), sent.theirs()
        if isinstance(sent.formset, EvidenceFormSet):
            by_letter = [sent.by_letter(some) for some in (before, mine, theirs)]
            found = [
                self._settled(prefix, *(some[letter] for some in by_letter), _cells)
                for letter in LETTERS
            ]
        else:
            found = self._settled(prefix, before, mine, theirs, _rows_of(sent.formset))
        sent.put(self.post, found)

    def _settled(self, name, before, mine, theirs, join):
        """What the form will say; what both changed and can't be joined is its author's."""
        if mine == theirs:
            return mine
        self.is_same = False
        if theirs == before:
            return mine
        if mine == before:
            found, is_disputed = theirs, False
        else:
            found, is_disputed = (_mine if before is UNKNOWN else join)(before, mine, theirs)
        key = PARTS.get(name, name)
        for names, is_one in ((self.disputed, is_disputed), (self.taken, found != mine)):
            if is_one and key not in names:
                names.append(key)
        return found


def _mine(before, mine, theirs):
    return Merged(mine, is_disputed=True)


def _lines(before, mine, theirs):
    found, is_disputed = merged(*(text.splitlines() for text in (before, mine, theirs)))
    return Merged("\n".join(found), is_disputed)


def _links(before, mine, theirs):
    return Merged(tuple(merged_links(before, mine, theirs).items), is_disputed=False)


def _cells(before, mine, theirs):
    cells, is_disputed = merged_row(before, mine, theirs)
    return Merged(tuple(cells), is_disputed)


def _way_of(field):
    """How two changes of a field are made one."""
    if isinstance(field, LinesField):
        return _lines
    return _links if isinstance(field, forms.ModelMultipleChoiceField) else _mine


def _rows_of(formset):
    """The same of rows; a métier has one of some, whose cells are as many fields."""
    if formset.max_num != 1:
        return merged

    def join(before, mine, theirs):
        if len(before) == len(mine) == len(theirs) == 1:
            cells, is_disputed = _cells(before[0], mine[0], theirs[0])
            return Merged([cells], is_disputed)
        return _mine(before, mine, theirs)

    return join


class RowsSent:
    """The rows of a formset as tuples of texts, in their order, without key nor place."""

    def __init__(self, formset, post):
        self.formset, self.post = formset, post
        fields = formset.empty_form.fields
        machinery = {formset.model._meta.pk.name, formset.fk.name, "DELETE", "position"}
        self.fields = {name: field for name, field in fields.items() if name not in machinery}
        self.is_placed = "position" in fields

    def texts_of(self, row):
        return tuple(written(field, row.get(name)) for name, field in self.fields.items())

    def theirs(self):
        return [self._shown(form) for form in self.formset.initial_forms]

    def _shown(self, form):
        return tuple(
            written(field, form.get_initial_for_field(form.fields[name], name))
            for name, field in self.fields.items()
        )

    def mine(self):
        total = min(
            number_in(self.post[f"{self.formset.prefix}-TOTAL_FORMS"]), self.formset.absolute_max
        )
        blank = self._shown(self.formset.empty_form)
        rows = []
        for number in range(total):
            start = f"{self.formset.prefix}-{number}-"
            if f"{start}DELETE" in self.post:
                continue
            row = tuple(read(field, self.post, start + name) for name, field in self.fields.items())
            if row != blank and any(row):
                place = number_in(self.post.get(f"{start}position", ""))
                rows.append((place or LAST, row))
        return [row for _, row in sorted(rows, key=lambda placed: placed[0])]

    def by_letter(self, rows):
        """The rows of the six types, an empty one where there is none; of `UNKNOWN`, that."""
        if rows is UNKNOWN:
            return dict.fromkeys(LETTERS, UNKNOWN)
        empty = {letter: self.texts_of({"dimension": letter}) for letter in LETTERS}
        return empty | {self._letter(row): row for row in rows}

    def _letter(self, row):
        return dict(zip(self.fields, row, strict=True)).get("dimension")

    def put(self, post, rows):
        """Let the data say these rows: those that stand there keep their key, or are deleted."""
        prefix = self.formset.prefix
        for name in [name for name in post if name.startswith(f"{prefix}-")]:
            if "__prefix__" not in name and not name.endswith(("MIN_NUM_FORMS", "MAX_NUM_FORMS")):
                del post[name]
        standing = self.formset.initial_forms
        places, new = self._given(rows)
        post[f"{prefix}-INITIAL_FORMS"] = str(len(standing))
        post[f"{prefix}-TOTAL_FORMS"] = str(len(standing) + len(new))
        for number, form in enumerate(standing):
            post[f"{prefix}-{number}-{self.formset.model._meta.pk.name}"] = str(form.instance.pk)
            place = places.get(number)
            self._put_row(post, number, self._shown(form) if place is None else rows[place], place)
            if place is None:
                post[f"{prefix}-{number}-DELETE"] = "on"
        for number, place in enumerate(new, start=len(standing)):
            self._put_row(post, number, rows[place], place)

    def _put_row(self, post, number, row, place):
        start = f"{self.formset.prefix}-{number}-"
        for (name, field), text in zip(self.fields.items(), row, strict=True):
            put(post, field, start + name, text)
        if self.is_placed and place is not None:
            post[f"{start}position"] = str(place + 1)

    def _given(self, rows):
        """Which of the rows each that stands there becomes, by its number; and which are new."""
        free, places = list(range(len(rows))), {}
        theirs = self.theirs()
        for alike in (self._is_same, self._is_its_like):
            for number, standing in enumerate(theirs):
                found = (place for place in free if alike(standing, rows[place]))
                if number not in places and (place := next(found, None)) is not None:
                    places[number] = place
                    free.remove(place)
        return places, free

    def _is_same(self, standing, row):
        return standing == row

    def _is_its_like(self, standing, row):
        """Any row may be written over, but for the evidence of a type, whose place is its own."""
        is_any = not isinstance(self.formset, EvidenceFormSet)
        return is_any or self._letter(standing) == self._letter(row)
