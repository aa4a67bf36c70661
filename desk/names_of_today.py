"""Content files of before a merge or a new name, read under the names of today."""

from careerguide.content.parts import References
from careerguide.content.reading import dangling

from .models import MovedKey


def renamed(entries):
    """The entries under the names of today, and a sentence for each that changed.

    A line of a list that was merged since is left aside: that of the one that is kept counts. A
    fiche keeps the name of its file.
    """
    references, said = References(), []
    entries = _lines_of_today(entries, references, said)
    lost = {(model, slug) for _, _, model, slug in dangling(entries, references)}
    moves = MovedKey.of(lost)
    new = {pair: move.new for pair, move in moves.items() if move.new in references.of(pair[0])}
    for entry in entries if new else ():
        parts = entry.document.parts
        entry.data |= {part.key: part.renamed(entry.data[part.key], new) for part in parts}
    said += [_sentence(model, old, slug) for (model, old), slug in new.items()]
    return entries, said


def _lines_of_today(entries, references, said):
    """Lists name their own lines too."""
    lines = [one for one in entries if _is_line(one) and one.key not in _known(one, references)]
    moves = MovedKey.of({(line.document.model, line.key) for line in lines})
    kept = []
    for entry in entries:
        model = entry.document.model
        move = moves.get((model, entry.key)) if _is_line(entry) else None
        if move is None or move.new not in references.of(model):
            kept.append(entry)
        elif move.is_of_double:
            merged = f"«\u00a0{move.old}\u00a0» est fusionné avec «\u00a0{move.new}\u00a0»"
            said.append(f"{entry.file}, une ligne laissée de côté\u00a0: {merged}.")
        elif not any(one.document.model is model and one.key == move.new for one in entries):
            entry.data["slug"] = move.new
            said.append(_sentence(model, move.old, move.new))
            kept.append(entry)
        else:
            sentence = _sentence(model, move.old, move.new).rstrip(".")
            said.append(
                f"{entry.file}, une ligne laissée de côté\u00a0: {sentence}, qui y est aussi."
            )
    return kept


def _is_line(entry):
    return entry.document.natural_key == "slug" and not entry.document.one_per_file


def _known(entry, references):
    return references.of(entry.document.model)


def _sentence(model, old, new):
    name = model._meta.verbose_name
    return f"«\u00a0{old}\u00a0» ({name}) s’appelle à présent «\u00a0{new}\u00a0»."
