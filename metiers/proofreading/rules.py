"""The rules, each a function from the data of one file to (field, what was found).

Dead references, counts and lengths of a published fiche are refused by the import itself
(`careerguide.content`, `metiers.completeness`); these are about what is said and how.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from careerguide.typography import SPACES, typeset
from metiers.riasec import CLEAR_DEMAND, LETTERS, Interests

from .findings import Finding
from .prose import prose, sentences, word_count
from .reading_ease import FEWEST_WORDS, level, reading_ease
from .repeats import repeated

LONGEST_SENTENCE = 40
"""Words; the longest that is understood in one reading aloud."""
LONGEST_LINES = {
    **{"catch_line": 60, "teaser": 230, "missions": 100, "self_assessment": 110},
    **{"tools": 110, "workplaces": 130, "strengths": 140, "weaknesses": 140, "tips": 170},
}
"""Characters of one line of these fields."""
FARTHEST = 25
"""Points of 100 between a type's value and the reference: past them the type changes its part."""
HARDEST = 50
"""Kandel–Moles; lower is « difficile ». The rule of law of a fiche, its hardest part, has 51."""

VOUS = re.compile(r"(?<![\w-])(?:vous|votre|vos|vôtres?)\b", re.IGNORECASE)
PROMISE = re.compile(
    r"\bidéal|objectivement|garanti|taux d’insertion|métier d’avenir|\bpassionnant", re.IGNORECASE
)
LEGAL_NAMES = re.compile(r"revenu minimum (?:mensuel moyen )?garanti\b", re.IGNORECASE)
"""The name of a legal amount promises nothing to anybody."""
AMOUNT = re.compile(rf"(\d{{1,3}}(?:[{SPACES}]\d{{3}})+|\d+)(,\d+)?[{SPACES}](?:€|%)")
WORDS = re.compile(r"\w+")
TITLES = re.compile(r"«[^»]*»|\bsoins infirmiers\b|AVOCATS\.BE")
"""Quoted, or a name that has one form: no gender is missing there."""
NAMES_ALONE = ("tools", "figures", "offers")
LAST_NUMBER = re.compile(r"\[\d+\]$")
PLACES_OF_GENERAL_SPEECH = ("faq", "belgian_facts", "regulation", "tips", "training_steps")


class Names(NamedTuple):
    """Of a métier of the guide, whose two names differ."""

    masculine: str
    feminine: str


class Norms(NamedTuple):
    """Mean and standard deviation of each type over the reference métiers (0–100)."""

    interest_mean: Interests
    interest_sd: Interests


@dataclass(frozen=True)
class Guide:
    """What a rule about one file must know of the others.

    `oldest_year` is the first year of which a figure may still be shown; `benchmarks` are the
    amounts that every fiche may quote, `source_years` and `references` the year of each source and
    the interests that O*NET measured, by ISCO code; `norms` tell what of an interest is much.
    """

    oldest_year: int
    names: Sequence[Names] = ()
    published: frozenset[str] = frozenset()
    benchmarks: frozenset[float] = field(default_factory=frozenset)
    oldest_source_year: int = 0
    source_years: Mapping[str, int | None] = field(default_factory=dict)
    references: Mapping[str, Sequence[Interests]] = field(default_factory=dict)
    norms: Norms | None = None

    @cached_property
    def names_by_word(self) -> Mapping[str, Sequence[Names]]:
        """By the first word of the masculine name, in small letters: a text has some of 2,000."""
        found: dict[str, list[Names]] = {}
        for names in self.names:
            if word := WORDS.search(names.masculine):
                found.setdefault(word.group().lower(), []).append(names)
        return found


Found = Iterator[tuple[str, str]]
Rule = Callable[[dict | list, Guide], Found]


def says_vous(data, guide) -> Found:
    for place, text in prose(data):
        if match := VOUS.search(text):
            yield place, _around(text, match)


def promises(data, guide) -> Found:
    for place, text in prose(data):
        if match := PROMISE.search(LEGAL_NAMES.sub("", text)):
            yield place, match.group()


def is_badly_set(data, guide) -> Found:
    """Another apostrophe, quotation mark, space or ligature than a printer's."""
    for place, text in prose(data):
        right = typeset(text)
        if right != text:
            at = next(
                (i for i, (a, b) in enumerate(zip(text, right, strict=False)) if a != b),
                min(len(text), len(right)),
            )
            yield place, _badly_set(text, at)


def is_too_long(data, guide) -> Found:
    for place, text in prose(data):
        limit = LONGEST_LINES.get(place.partition("[")[0], len(text))
        if len(text) > limit:
            yield place, f"{len(text)} caractères pour {limit}"
        for sentence in sentences(text):
            count = word_count(sentence)
            if count > LONGEST_SENTENCE:
                yield place, f"une phrase de {count} mots : {sentence[:40]}…"


def lacks_a_gender(data, guide) -> Found:
    """A fiche without both names, or a general text that knows one gender only."""
    masculine, feminine = data["name_masculine"], data["name_feminine"]
    if not feminine:
        yield "name_feminine", "rien"
    elif masculine != feminine and "·" not in data["short_name"]:
        yield "short_name", data["short_name"]
    for key in PLACES_OF_GENERAL_SPEECH:
        for place, text in prose(data.get(key), key):
            yield from ((place, _around(m.string, m)) for m in _one_gender(text, guide))


def _one_gender(text, guide):
    text = TITLES.sub("", text)
    said = {word.lower() for word in WORDS.findall(text)}
    said |= {word.removesuffix("s") for word in said}
    known = guide.names_by_word
    for names in (names for word in sorted(said & known.keys()) for names in known[word]):
        masculine = re.search(rf"\b{re.escape(names.masculine)}s?\b(?!·)", text, re.IGNORECASE)
        if masculine and not re.search(rf"\b{re.escape(names.feminine)}", text, re.IGNORECASE):
            yield masculine


def lacks_a_source(data, guide) -> Found:
    """An amount with neither source and year nor « estimation », or with both; one in the prose
    that no figure of the fiche explains."""
    salary = [("salary", data["salary"])] if data.get("salary") else []
    rows = [(f"figures[{i}]", row) for i, row in enumerate(data["figures"])] + salary
    for place, row in rows:
        is_sourced = bool(row["source"] and row["year"])
        if is_sourced == row["is_estimate"]:
            yield place, "source et estimation à la fois" if is_sourced else "ni source ni année"
    for index, fact in enumerate(data["belgian_facts"]):
        if fact["source"] and not fact["year"] and AMOUNT.search(fact["text"]):
            yield f"belgian_facts[{index}]", "un montant sans année"
    known = _known_amounts(data) | guide.benchmarks
    for place, text in prose(data):
        if not place.startswith(("figures", "salary", "belgian_facts")):
            for amount in _amounts(text):
                if amount and amount not in known:
                    yield place, f"{amount:g}, que ni les chiffres ni les faits n’expliquent"


def _known_amounts(data):
    known = {row[key] for row in data["figures"] for key in ("value", "value_max")}
    known |= {value for value in (data.get("salary") or {}).values() if isinstance(value, int)}
    known |= {amount for fact in data["belgian_facts"] for amount in _amounts(fact["text"])}
    return {float(amount) for amount in known if amount is not None}


def _amounts(text):
    for match in AMOUNT.finditer(text):
        whole, decimals = match.group(1), match.group(2) or ""
        yield float(re.sub(rf"[{SPACES}]", "", whole) + decimals.replace(",", "."))


def is_out_of_date(data, guide) -> Found:
    """A year of a figure, a demand or a fact older than the guide allows.

    A fact without an amount says what holds since then: « la loi du 7 décembre 1998 ».
    """
    rows = [(f"{k}[{i}]", row) for k in ("figures", "demands") for i, row in enumerate(data[k])]
    facts = enumerate(data["belgian_facts"])
    rows += [(f"belgian_facts[{i}]", row) for i, row in facts if AMOUNT.search(row["text"])]
    rows += [("salary", data["salary"])] if data.get("salary") else []
    for place, row in rows:
        if row["year"] and row["year"] < guide.oldest_year:
            yield place, str(row["year"])


def quotes_an_old_source(data, guide) -> Found:
    """A row, or the fiche itself, whose source was published before the guide's oldest year."""
    keys = ("figures", "demands", "belgian_facts")
    rows = [(f"{key}[{i}]", row) for key in keys for i, row in enumerate(data[key])]
    rows += [("salary", data["salary"])] if data.get("salary") else []
    sources = [(place, row["source"]) for place, row in rows]
    sources += [(f"sources[{i}]", source) for i, source in enumerate(data["sources"])]
    for place, source in sources:
        year = guide.source_years.get(source)
        if year and year < guide.oldest_source_year:
            yield place, f"{source}, de {year}"


def strays_from_reference(data, guide) -> Found:
    """A value far from what O*NET measured for the same ISCO code, the nearest where it has many.

    A fiche without such a reference has nothing to be compared with.
    """
    given = data["interests"] or {}
    values = {letter: given[letter]["value"] for letter in LETTERS if letter in given}
    measured = guide.references.get(data["isco_code"], ())
    if not measured or len(values) < len(LETTERS) or None in values.values():
        return
    apart = [
        {letter: abs(values[letter] - value) for letter, value in zip(LETTERS, one, strict=True)}
        for one in measured
    ]
    nearest = min(range(len(apart)), key=lambda number: sum(apart[number].values()))
    for letter, distance in apart[nearest].items():
        if distance > FARTHEST:
            reference = round(measured[nearest][LETTERS.index(letter)])
            yield f"interests.{letter}.value", f"{values[letter]}, mesuré {reference}"


def lacks_evidence(data, guide) -> Found:
    """A value of interest that no line of the fiche proves."""
    for letter, given in (data["interests"] or {}).items():
        if given["value"] is not None and not given["evidence"]:
            yield f"interests.{letter}", f"{given['value']} sans preuve"


def argues_the_reverse(data, guide) -> Found:
    """What the work lacks, said of an interest clearly higher than most métiers', or what it asks,
    said of one clearly lower: the questionnaire, which argues the other way, can't quote it.
    """
    for letter, given in (data["interests"] or {}).items():
        if guide.norms and given["value"] is not None and given["evidence"]:
            mean, deviation = (values[LETTERS.index(letter)] for values in guide.norms)
            z = (given["value"] - mean) / deviation
            if given.get("is_low") and z >= CLEAR_DEMAND:
                yield (
                    f"interests.{letter}",
                    f"{given['value']}, haut, et la phrase dit ce qui manque",
                )
            elif not given.get("is_low") and z <= -CLEAR_DEMAND:
                yield f"interests.{letter}", f"{given['value']}, bas, et la phrase ne le dit pas"


def is_hard_to_read(data, guide) -> Found:
    """Long words in long sentences; the lines of a list are judged together, names never."""
    texts = {}
    for place, text in prose({key: data[key] for key in data if key not in NAMES_ALONE}):
        texts.setdefault(LAST_NUMBER.sub("", place), []).append(text)
    for place, lines in texts.items():
        text = "\n".join(lines)
        if word_count(text) >= FEWEST_WORDS and (ease := reading_ease(text)) < HARDEST:
            yield place, f"{level(ease)} (Kandel–Moles {ease:.0f}, au moins {HARDEST})"


def leads_nowhere(data, guide) -> Found:
    """A published fiche whose neighbour no visitor reads today."""
    for index, slug in enumerate(data["similar"]):
        if data["status"] == "published" and slug not in guide.published:
            yield f"similar[{index}]", slug


RULES_OF_TEXT: dict[str, Rule] = {
    "vous au lieu de tu": says_vous,
    "promesse": promises,
    "typographie": is_badly_set,
    "trop long à lire": is_too_long,
}
RULES_OF_A_FICHE: dict[str, Rule] = RULES_OF_TEXT | {
    "un seul genre": lacks_a_gender,
    "chiffre sans source": lacks_a_source,
    "année dépassée": is_out_of_date,
    "source dépassée": quotes_an_old_source,
    "lien mort": leads_nowhere,
    "loin de la mesure O*NET": strays_from_reference,
    "intérêt sans preuve": lacks_evidence,
    "preuve à contresens": argues_the_reverse,
    "difficile à lire": is_hard_to_read,
}


def proofread(
    fiches: dict[str, dict], lists: dict[str, list | dict], guide: Guide
) -> Iterator[Finding]:
    """Everything wrong with these files, by name; then the sentences that two fiches share."""
    for files, rules in ((fiches, RULES_OF_A_FICHE), (lists, RULES_OF_TEXT)):
        for name, data in files.items():
            for rule, finds in rules.items():
                for place, found in finds(data, guide):
                    yield Finding(name, place, rule, found)
    yield from repeated(fiches)


def _around(text, match):
    return _words(text, match.start() - 20, match.end() + 20)


def _badly_set(text, at):
    """« Garde l'appareil → Garde l’appareil », or which words have a space that is not right."""
    wrong = _words(text, at - 12, at + 12)
    right = typeset(wrong)
    if wrong == right:  # wrong where it stands, as the other quotation mark of a pair
        return wrong
    if wrong.split() == right.split():
        return f"{' '.join(wrong.split())}, une espace"
    return f"{wrong} → {right}"


def _words(text, start, end):
    """The text from here to there, with no word cut."""
    start, end = max(start, 0), min(end, len(text))
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return text[start:end].strip()
