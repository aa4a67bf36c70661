"""What a cell holds and how a person types it, as a model has it; ValueError says no in French."""

import re
import unicodedata
from decimal import Decimal

from import_export import widgets

from .table import Odd, alike

ERRORS = re.compile(r"#(?:N/A|REF!|VALEUR!|VALUE!|DIV/0!|NOM\?|NAME\?|NUL!|NULL!|NOMBRE!|NUM!)")
FORMULA = ("=", "+", "@")
SHIELD = "'"
"""Before what a spreadsheet would take for something else than a text; read, it is gone again."""
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\ud800-\udfff]")
GAP = "[ \u00a0\u2009\u202f]"
NUMBER = re.compile(rf"[-−]?(?:[0-9]{{1,3}}(?:{GAP}[0-9]{{3}})+|[0-9]{{1,12}})(?:[.,][0-9]+)?")
THOUSANDS = re.compile(r"[-−]?[1-9][0-9]{0,2}[.,][0-9]{3}")
LARGEST_WHOLE = 999_999_999
TRUE, FALSE = {"1", "true", "vrai", "oui"}, {"0", "false", "faux", "non"}


class Cell(widgets.Widget):
    """Renders what a model has, reads the text of a cell."""

    def __init__(self, **kwargs):
        super().__init__()  # what import-export would say of the field, the model says itself

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else value

    def clean(self, value, row=None, **kwargs):
        return self.read(plain(value))


def plain(cell):
    """The text of a cell, as the spreadsheet shows it; ValueError for what is no value.

    >>> plain(2026.0), plain(2443.4999999999995), plain("  Liège "), plain(None)
    ('2026', '2443.5', 'Liège', '')
    """
    if isinstance(cell, Odd):
        raise ValueError(f"C’est {cell.fault}.")
    if isinstance(cell, bool):
        return "vrai" if cell else "faux"
    if isinstance(cell, int | float):
        return f"{cell:.15g}"  # as many digits as a spreadsheet shows
    text = unicodedata.normalize("NFC", (cell or "").replace("\r\n", "\n").strip())
    if text.startswith(SHIELD) and _needs_shield(text[1:]):
        return _readable(text[1:])
    if text.startswith(FORMULA) or (cell or "").startswith(("\t", "\r")):
        raise ValueError(f"«\u00a0{text[:40]}\u00a0» est une formule, pas un texte.")
    if ERRORS.fullmatch(text):
        raise ValueError(f"«\u00a0{text}\u00a0» est une erreur du tableur.")
    return _readable(text)


def shielded(text):
    """As a cell keeps it: « =HELMo » is no formula, nor « #N/A » an error.

    >>> shielded("=HELMo"), plain(shielded("=HELMo")), shielded("Liège")
    ("'=HELMo", '=HELMo', 'Liège')
    """
    return SHIELD + text if _needs_shield(text) else text


def _needs_shield(text):
    return text.startswith((*FORMULA, "-", SHIELD)) or ERRORS.fullmatch(text) is not None


def _readable(text):
    if CONTROL.search(text):
        raise ValueError("Un caractère que rien ne montre, ou illisible.")
    return text


class Text(Cell):
    def render(self, value, obj=None, **kwargs):
        return shielded(value or "")

    def read(self, text):
        return text


class Choice(Cell):
    """« Wallonie », as the screens say it, or « wallonia », as older sheets and the files do."""

    def __init__(self, choices, **kwargs):
        super().__init__()
        self.labels = {code: str(label) for code, label in choices}
        said = {alike(label): code for code, label in self.labels.items()}
        bare = {label.removeprefix("en "): code for label, code in said.items()}
        self.codes = bare | said | {alike(code): code for code in self.labels}

    def render(self, value, obj=None, **kwargs):
        return self.labels.get(value, value or "")

    def read(self, text):
        """What is no choice stays as it is: the model says what is allowed."""
        return self.codes.get(alike(text), text)


class Truth(Cell):
    """« VRAI » of a French spreadsheet, « oui » of a person."""

    def render(self, value, obj=None, **kwargs):
        return int(value) if isinstance(value, bool) else ""

    def read(self, text):
        if text.casefold() in TRUE | FALSE:
            return text.casefold() in TRUE
        if not text:
            raise ValueError("Vide\u00a0: cette colonne demande oui ou non.")
        raise ValueError(f"«\u00a0{text[:40]}\u00a0»\u00a0: écris oui ou non.")


class Number(Cell):
    """« 2 443,50 » as a person types it, a number as a spreadsheet keeps it, nothing for empty.

    « 35.000 » is thirty-five thousand to one and thirty-five to another: neither is guessed.
    """

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else f"{Decimal(value).normalize():f}"

    def read(self, text):
        if not text:
            return None
        if THOUSANDS.fullmatch(text):
            whole = re.sub("[.,]", "", text)
            raise ValueError(
                f"«\u00a0{text}\u00a0» se lit de deux façons\u00a0: écris {whole}, par exemple."
            )
        if "%" in text:
            raise ValueError(
                f"«\u00a0{text[:40]}\u00a0»\u00a0: écris le nombre, et «\u00a0%\u00a0» comme unité."
            )
        if not NUMBER.fullmatch(text):
            raise ValueError(f"«\u00a0{text[:40]}\u00a0» n’est pas un nombre.")
        bare = re.sub(GAP, "", text).replace("−", "-").replace(",", ".")
        return self.of(text, Decimal(bare))

    def of(self, text, number):
        return number


class WholeNumber(Number):
    def of(self, text, number):
        if number != int(number):
            raise ValueError(f"«\u00a0{text[:40]}\u00a0» n’est pas un nombre entier.")
        if abs(number) > LARGEST_WHOLE:
            most = f"{LARGEST_WHOLE:,}".replace(",", "\u202f")
            raise ValueError(f"«\u00a0{text[:40]}\u00a0» est démesuré\u00a0: {most} au plus.")
        return int(number)


class ByNaturalKey(Cell):
    """A slug; `known` are the instances by slug, which the plan has read."""

    def __init__(self, model):
        super().__init__()
        self.model, self.known = model, {}

    def render(self, value, obj=None, **kwargs):
        return value.slug if value else ""

    def read(self, text):
        if not text:
            return None
        if text in self.known:
            return self.known[text]
        name = self.model._meta.verbose_name
        raise ValueError(f"«\u00a0{text[:60]}\u00a0»\u00a0: aucune clé de ce nom parmi {name}.")
