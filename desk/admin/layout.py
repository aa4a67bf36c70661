"""The page of a métier in the order of its fiche: parts, blocks, and where their errors are."""

from dataclasses import dataclass, field

from django.forms import Form

PARTS = (
    ("identite", "Identité", ("adresse", "noms", "classement")),
    ("metier", "Le métier", ("presentation", "missions", "outils", "lieux", "hours", "testimony")),
    (
        "paie",
        "Ce que ça paie, ce que ça coûte",
        ("paie-detail", "salary", "figures", "points-forts", "points-faibles", "demands"),
    ),
    (
        "y-arriver",
        "Y arriver en Belgique",
        (
            *("etudes", "training_steps", "offers", "belgian_facts", "conseils", "acces"),
            "zones",
        ),
    ),
    ("et-toi", "Et toi\u202f?", ("interets", "auto-evaluation")),
    ("suite", "Questions et suite", ("faq", "similar_rows", "criteres", "sources")),
)
"""Anchor, title, and the blocks: the anchor of a fieldset (its class `block-…`) or the name of an
inline's rows."""

PREFIX = "block-"


@dataclass
class Block:
    """A fieldset or an inline under its anchor; the six interests are both."""

    id: str
    title: str
    fieldset: object = None
    inline: object = None
    lines: list = field(default_factory=list)

    @property
    def errors(self):
        own = _errors_of_fieldset(self.fieldset) if self.fieldset else 0
        return own + (self.inline.formset.total_error_count() if self.inline else 0)


@dataclass
class Part:
    id: str
    title: str
    blocks: list

    @property
    def errors(self):
        return sum(block.errors for block in self.blocks)


def parts_of(admin_form, inlines):
    """The parts of the page; what `PARTS` doesn't name comes last."""
    blocks = {block.id: block for block in _blocks(admin_form, inlines)}
    _join_interests(blocks)
    parts = [
        Part(id, title, [blocks.pop(name) for name in names if name in blocks])
        for id, title, names in PARTS
    ]
    if blocks:
        parts.append(Part("autres", "Autres", list(blocks.values())))
    return parts


def _blocks(admin_form, inlines):
    for fieldset in admin_form:
        names = [name for name in fieldset.classes.split() if name.startswith(PREFIX)]
        anchor = names[0].removeprefix(PREFIX) if names else "divers"
        yield Block(anchor, fieldset.name or "Divers", fieldset=fieldset)
    for inline in inlines:
        options = inline.opts
        title = options.verbose_name if inline.formset.max_num == 1 else options.verbose_name_plural
        yield Block(inline.formset.prefix, title, inline=inline)


def _join_interests(blocks):
    """The six values and what proves each, a line a type."""
    values, evidence = blocks.get("interets"), blocks.pop("evidence", None)
    if not (values and evidence):
        return
    values.inline = evidence.inline
    rows = {form.form["dimension"].value(): form for form in evidence.inline}
    for line in values.fieldset:
        for value in line:
            letter = value.field["name"] if value.is_readonly else value.field.name
            letter = letter.removeprefix("interest_").upper()
            values.lines.append((letter, value, rows.get(letter)))


def _errors_of_fieldset(fieldset):
    form: Form = fieldset.form
    names = [name for line in fieldset for name in line.fields if name in form.errors]
    return len(names)
