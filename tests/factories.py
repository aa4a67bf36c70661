"""Rows that tests stand on: each says what it needs, the rest is the plainest that is allowed."""

import datetime
from copy import deepcopy
from functools import cache
from pathlib import Path

import yaml
from django.utils.text import slugify

from metiers.models import (
    Area,
    BelgianFact,
    Criterion,
    Demand,
    Figure,
    FrequentQuestion,
    GlossaryTerm,
    InterestEvidence,
    Metier,
    PayBenchmark,
    SalaryScale,
    School,
    SchoolOffer,
    Sector,
    Source,
    Testimony,
    TrainingStep,
    TypicalHour,
)
from metiers.models.metier import INTEREST_FIELDS
from metiers.riasec import LETTERS
from quiz.models import Question, QuestionSet
from quiz.scoring import Norms

LONG_AGO = datetime.date(2020, 1, 1)
QUESTION_SET_1 = Path(__file__).parent.parent / "fixtures" / "question_sets" / "1.yaml"


def published_norms():
    """The norms of the first set, as they are in its file."""
    return Norms.from_dict(read_question_set()["norms"])


@cache
def _question_set_file():
    return yaml.safe_load(QUESTION_SET_1.read_text(encoding="utf-8"))


def read_question_set():
    """The first set as its file has it; a copy, to change at will."""
    return deepcopy(_question_set_file())


def create_sector(*, name="Construction", line="construction", **fields):
    return Sector.objects.create(name=name, slug=slugify(name), line=line, **fields)


def create_source(*, slug="statbel", **fields):
    fields = {"title": "Structure des salaires", "publisher": "Statbel", "year": 2022} | fields
    return Source.objects.create(slug=slug, **fields)


def create_criterion(*, name="La nuit", **fields):
    fields = {"group": "conditions", "description": "Des heures de nuit."} | fields
    return Criterion.objects.create(name=name, slug=slugify(name), **fields)


def create_term(*, term="CESS", definition="Le certificat de fin du secondaire."):
    return GlossaryTerm.objects.create(
        slug=slugify(term), term=term, forms=[term], definition=definition
    )


def create_benchmark(*, year=2022, **fields):
    amounts = {"amount": 3728, "low_decile": 2443, "high_decile": 6305, "mean": 4076}
    fields.setdefault("source", Source.objects.filter(slug="statbel").first() or create_source())
    return PayBenchmark.objects.create(slug=f"median-{year}", year=year, **(amounts | fields))


def create_metier(
    *, title="Menuisier", slug=None, published=True, interests=(90, 30, 40, 20, 30, 60), **fields
):
    """A métier whose own row is complete; `create_whole_metier` adds the rows beside it."""
    defaults = {
        "slug": slug or slugify(title),
        "status": "published" if published else "draft",
        "published_at": LONG_AGO,
        "reviewed_date": LONG_AGO,
        "name_masculine": title.lower(),
        "name_feminine": title.lower(),
        "short_name": title.lower(),
        "rome_code": "H2206",
        "isco_code": "7115",
        "catch_line": f"{title} : une accroche",
        "teaser": f"{title} : un chapeau.",
        "introduction": f"{title} : une introduction.",
        "study_level": 2,
        "studies_headline": "Secondaire",
        "qualities_headline": "Soin",
        "conditions_headline": "En atelier",
        "missions": ["Raboter une planche"],
        "tools": ["Mesure : équerre"],
        "workplaces": ["Atelier : dans la poussière"],
        "strengths": ["On voit le résultat."],
        "weaknesses": ["La poussière."],
        "tips": ["Visite un atelier."],
        "self_assessment": ["Je mesure deux fois."],
    }
    defaults |= dict(zip(INTEREST_FIELDS, interests or (None,) * 6, strict=True))
    fields.setdefault(
        "sector", Sector.objects.filter(slug="construction").first() or create_sector()
    )
    return Metier.objects.create(**(defaults | fields))


def create_salary(metier, **fields):
    amounts = {"junior_low": 2400, "junior_high": 2700, "mid_low": 2800, "mid_high": 3300}
    amounts |= {"senior_low": 3200, "senior_high": 3900}
    fields = {"year": 2025, "is_estimate": True} | amounts | fields
    return SalaryScale.objects.create(metier=metier, **fields)


def create_testimony(metier, **fields):
    fields = {"kind": "composite", "text": "Le bois sent bon.", "context": "Deux stages"} | fields
    return Testimony.objects.create(metier=metier, **fields)


def create_evidence(metier, *, low="", **blocks):
    """Evidence for the six types; `S="journee"` says which block proves that one, `low` is of
    those that say what the work lacks.
    """
    for position, letter in enumerate(LETTERS, start=1):
        InterestEvidence.objects.create(
            metier=metier,
            position=position,
            dimension=letter,
            evidence=f"La preuve {letter}.",
            block=blocks.get(letter, "missions"),
            is_low=letter in low,
        )


def create_whole_metier(*, rows=1, **fields):
    """A métier with all that its fiche shows, `rows` times of what can be many (3 at most)."""
    metier = create_metier(**fields)
    create_salary(metier)
    create_testimony(metier)
    create_evidence(metier)
    for i in range(rows):
        create_rows(metier, i)
    return metier


def create_rows(metier, i):
    """Row number `i` of each kind, with a source, a school, an area and a criterion of its own."""
    own = f"{metier.slug}-{i}"
    source = create_source(slug=own, publisher=f"Éditeur {own}")
    kind = {"metier": metier, "position": i}
    TypicalHour.objects.create(**kind, starts_at=f"{8 + i}:30", title=f"Heure {i}", text="On scie.")
    BelgianFact.objects.create(**kind, text=f"Fait belge {i}.", year=2025, source=source)
    TrainingStep.objects.create(
        **kind, title=f"Étape {i}", year="3e", place="École", duration="4 ans"
    )
    FrequentQuestion.objects.create(**kind, question=f"Question {i} ?", answer=f"Réponse {i}.")
    Figure.objects.create(
        **kind, label=f"Chiffre {i}", value=32 + i, unit="métiers", year=2025, source=source
    )
    region = ("wallonia", "brussels", "flanders")[i]
    Demand.objects.create(**kind, region=region, status="shortage", year=2025, source=source)
    school = School.objects.create(slug=own, name=f"École {own}", kind="secondary", place="Liège")
    SchoolOffer.objects.create(**kind, school=school, programme="Menuiserie")
    metier.areas.add(Area.objects.create(slug=own, name=f"Zone {own}", region="wallonia"))
    metier.criteria.add(create_criterion(name=f"Critère {own}"))
    metier.sources.add(source)


def create_demand(metier, *, region="wallonia", status="shortage", year=2025, **fields):
    fields.setdefault("source", Source.objects.filter(slug="statbel").first() or create_source())
    return Demand.objects.create(metier=metier, region=region, status=status, year=year, **fields)


def create_question_set(*, number=1, published=True):
    """The 36 statements and the norms of the real first set, under any number."""
    data = read_question_set()
    questions = data.pop("questions")
    question_set = QuestionSet.objects.create(**(data | {"number": number, "status": "draft"}))
    Question.objects.bulk_create(
        Question(question_set=question_set, position=position, **question)
        for position, question in enumerate(questions, start=1)
    )
    if published:
        question_set.status = "published"
        question_set.save()
    return question_set


def create_school(*, name="HELMo", **fields):
    fields = {"kind": "university_college", "place": "Liège"} | fields
    return School.objects.create(name=name, slug=slugify(name), **fields)
