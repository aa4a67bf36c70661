"""What the content files of this app hold."""

from dataclasses import dataclass

from careerguide.content import schema
from careerguide.content.parts import Document, Links, Part, Rows, Value

from .completeness import missing
from .models import (
    Area,
    BelgianFact,
    Block,
    Criterion,
    Demand,
    Figure,
    FrequentQuestion,
    GlossaryTerm,
    InterestEvidence,
    Metier,
    MovedAddress,
    PayBenchmark,
    Picture,
    SalaryScale,
    School,
    SchoolOffer,
    Sector,
    SimilarMetier,
    Source,
    Testimony,
    TrainingStep,
    TypicalHour,
)
from .models.metier import INTEREST_FIELDS
from .pictures.content import PictureFile, PictureFiles
from .riasec import LETTERS
from .whole import fetched, read_all

INTEREST = ("value", "evidence", "block", "is_low")


def _interest(value, evidence, block, is_low):
    """With `is_low` only where there is a sentence of which it is true."""
    said = {"value": value, "evidence": evidence, "block": block}
    return said | {"is_low": True} if evidence and is_low else said


@dataclass(frozen=True)
class Interests(Part):
    """Six values with their evidence, by letter: columns of the métier and rows beside it."""

    key: str = "interests"

    def schema(self):
        field = InterestEvidence._meta.get_field
        evidence = {"type": ["string", "null"], "maxLength": field("evidence").max_length}
        one = {
            "type": "object",
            "properties": {
                "value": schema.of_field(Metier._meta.get_field("interest_r"))
                | {"title": "valeur"},
                "evidence": {"title": field("evidence").verbose_name} | evidence,
                "block": {"title": field("block").verbose_name, "enum": [*Block.values, None]},
                "is_low": schema.of_field(field("is_low")),
            },
            "additionalProperties": False,
        }
        return {
            "type": ["object", "null"],
            "title": "intérêts R I A S E C",
            "description": "Les six pour publier ; un brouillon peut en laisser.",
            "properties": dict.fromkeys(LETTERS, one),
            "additionalProperties": False,
        }

    def canonical(self, data):
        given = data.get(self.key) or {}
        return {
            letter: _interest(**{name: given[letter].get(name) for name in INTEREST})
            for letter in LETTERS
            if letter in given
        } or None

    def dump(self, metier):
        rows = {row.dimension: row for row in metier.evidence.all()}
        found = {}
        for letter, column in zip(LETTERS, INTEREST_FIELDS, strict=True):
            value, row = getattr(metier, column), rows.get(letter)
            if value is not None or row:
                said = {name: getattr(row, name, None) for name in INTEREST}
                found[letter] = _interest(**said | {"value": value})
        return found or None

    def prepare(self, metier, data, references):
        for letter, name in zip(LETTERS, INTEREST_FIELDS, strict=True):
            setattr(metier, name, (data or {}).get(letter, {}).get("value"))

    def attach(self, metier, data, references):
        metier.evidence.all().delete()
        for position, letter in enumerate(LETTERS, start=1):
            given = (data or {}).get(letter, {})
            if given.get("evidence"):
                row = InterestEvidence(metier=metier, dimension=letter, position=position)
                row.evidence, row.block = given["evidence"], given["block"]
                row.is_low = given.get("is_low", False)
                row.full_clean()
                row.save()


@dataclass(frozen=True)
class Neighbours(Part):
    """The métiers that the editor puts beside this one, as slugs in order."""

    key: str = "similar"

    def schema(self):
        return schema.of_slugs("métiers voisins")

    def canonical(self, data):
        return list(data.get(self.key) or [])

    def dump(self, metier):
        return [row.other.slug for row in metier.similar_rows.all()]

    def attach(self, metier, slugs, references):
        metier.similar_rows.all().delete()
        for position, slug in enumerate(slugs, start=1):
            other = references.get(Metier, slug)
            row = SimilarMetier(metier=metier, other_id=other, position=position)
            row.full_clean()
            row.save()

    def references(self, slugs):
        for index, slug in enumerate(slugs):
            yield f"{self.key}[{index}]", Metier, slug

    def renamed(self, slugs, names):
        return list(dict.fromkeys(names.get((Metier, slug), slug) for slug in slugs))


def columns(model, *names):
    return tuple(Value(model, name) for name in names)


METIER_COLUMNS = [
    "slug",
    "status",
    "published_at",
    "withdrawn_at",
    "reviewed_date",
    "name_masculine",
    "name_feminine",
    "short_name",
    "synonyms",
    "of_masculine_override",
    "of_feminine_override",
    "the_masculine_override",
    "the_feminine_override",
    "sector",
    "rome_code",
    "isco_code",
    "catch_line",
    "teaser",
    "introduction",
    "study_level",
    "entry_level",
    "study_years",
    "studies_headline",
    "studies_detail",
    "qualities_headline",
    "qualities_detail",
    "salary_detail",
    "conditions_headline",
    "conditions_detail",
    "missions",
    "tools",
    "workplaces",
    "strengths",
    "weaknesses",
    "tips",
    "self_assessment",
    "is_regulated",
    "regulation",
    "regulation_url",
    "picture",
]

PICTURE_COLUMNS = [
    "width",
    "height",
    "alternative",
    "is_decorative",
    "credit",
    "licence",
    "origin",
]

WAY_IN = ["description", "introduction", "search_words"]

SALARY_COLUMNS = [
    "junior_low",
    "junior_high",
    "mid_low",
    "mid_high",
    "senior_low",
    "senior_high",
    "year",
    "scope",
    "source",
    "is_estimate",
    "comment",
]
FIGURE_COLUMNS = [
    "label",
    "value",
    "value_max",
    "unit",
    "year",
    "scope",
    "source",
    "is_estimate",
    "is_pay",
]


def rows(key, model, *names, single=False):
    return Rows(key=key, model=model, parent="metier", columns=names, single=single)


METIER = Document(
    model=Metier,
    path="metiers/*.yaml",
    parts=(
        *columns(Metier, *METIER_COLUMNS),
        Interests(),
        rows("hours", TypicalHour, "starts_at", "title", "text"),
        rows("belgian_facts", BelgianFact, "text", "year", "source"),
        rows("training_steps", TrainingStep, "track", "title", "year", "place", "duration", "text"),
        rows("faq", FrequentQuestion, "question", "answer"),
        rows("figures", Figure, *FIGURE_COLUMNS),
        rows("salary", SalaryScale, *SALARY_COLUMNS, single=True),
        rows("demands", Demand, "region", "status", "year", "source", "note"),
        rows(
            "testimony", Testimony, "kind", "text", "context", "author", "consent_date", single=True
        ),
        rows("offers", SchoolOffer, "school", "programme"),
        Links(Metier, "areas"),
        Links(Metier, "criteria"),
        Neighbours(),
        Links(Metier, "sources"),
    ),
    check=missing,
    fetch=fetched,
    fetch_all=read_all,
)

DOCUMENTS = [
    Document(
        Picture,
        "pictures.yaml",
        (*columns(Picture, "slug"), PictureFile(), *columns(Picture, *PICTURE_COLUMNS)),
        files=PictureFiles(),
    ),
    Document(
        Source,
        "sources.yaml",
        columns(Source, *["slug", "title", "publisher", "year", "url", "licence", "note"]),
    ),
    Document(
        Sector,
        "sectors.yaml",
        columns(Sector, "slug", "name", "line", "position", "picture", *WAY_IN),
    ),
    Document(Criterion, "criteria.yaml", columns(Criterion, "slug", "name", "group", *WAY_IN)),
    Document(Area, "areas.yaml", columns(Area, "slug", "name", "region")),
    Document(
        School,
        "schools.yaml",
        columns(School, *["slug", "name", "kind", "place", "website", "picture"]),
    ),
    Document(
        GlossaryTerm,
        "glossary.yaml",
        columns(GlossaryTerm, *["slug", "term", "forms", "definition"]),
    ),
    Document(
        PayBenchmark,
        "pay_benchmarks.yaml",
        columns(
            PayBenchmark, *["slug", "amount", "low_decile", "high_decile", "mean", "year", "source"]
        ),
    ),
    Document(
        MovedAddress, "moved_addresses.yaml", columns(MovedAddress, "old", "new"), natural_key="old"
    ),
    METIER,
]
