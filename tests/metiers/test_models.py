import datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from metiers.models import (
    Demand,
    Figure,
    InterestEvidence,
    Metier,
    School,
    SchoolOffer,
    Sector,
    SimilarMetier,
)
from metiers.models.metier import INTEREST_FIELDS, REQUIRED_LISTS, REQUIRED_TEXTS
from metiers.riasec import CLEAR_DEMAND
from metiers.studies import ENTRY, LEVELS, USUAL
from tests.factories import (
    create_benchmark,
    create_evidence,
    create_metier,
    create_rows,
    create_salary,
    create_source,
    create_testimony,
    published_norms,
)

pytestmark = pytest.mark.django_db


def refusal_of(create, *arguments, **fields):
    """The name of the constraint that refuses; SQLite says the columns of a unique one instead."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        create(*arguments, **fields)
    return str(caught.value).removeprefix("CHECK constraint failed: ")


@pytest.mark.parametrize(
    "name, value",
    [
        ("published_at", None),
        ("reviewed_date", None),
        *((name, None) for name in INTEREST_FIELDS),
        *((name, "") for name in REQUIRED_TEXTS),
        *((name, []) for name in REQUIRED_LISTS),
    ],
)
def test_a_published_metier_lacks_nothing(name, value):
    assert refusal_of(create_metier, **{name: value}) == "metier_published_is_complete"
    assert create_metier(published=False, **{name: value}).pk


@pytest.mark.parametrize("name", INTEREST_FIELDS)
def test_an_interest_is_100_at_most(name):
    assert refusal_of(create_metier, **{name: 101}) == "metier_interests_0_to_100"
    assert create_metier(**{name: 100}).pk


@pytest.mark.parametrize("level", [0, 6])
def test_a_study_level_goes_from_1_to_5(level):
    assert refusal_of(create_metier, study_level=level) == "metier_study_level_1_to_5"


@pytest.mark.parametrize("level", [1, 5])
def test_a_study_level_reaches_1_and_5(level):
    assert create_metier(study_level=level).pk


@pytest.mark.parametrize("entry", [0, 3])
def test_an_entry_level_is_never_above_the_usual_one(entry):
    refused = refusal_of(create_metier, study_level=2, entry_level=entry)

    assert refused == "metier_entry_level_at_most_usual"


@pytest.mark.parametrize("entry, asked", [(None, 2), (1, 1), (2, 2)])
def test_a_metier_asks_the_level_that_opens_it(entry, asked):
    assert create_metier(study_level=2, entry_level=entry).level_asked == asked


@pytest.mark.parametrize(
    "entry, usual, line, sentence",
    [
        (None, 4, "Bachelier, 3 ans", ""),
        (4, 4, "Bachelier, 3 ans", ""),
        (
            2,
            4,
            "Bachelier, 3 ans · possible dès le secondaire",
            "Possible dès le secondaire, le plus souvent un bachelier.",
        ),
    ],
)
def test_both_levels_are_said_where_they_differ(entry, usual, line, sentence):
    metier = Metier(entry_level=entry, study_level=usual, studies_headline="Bachelier, 3 ans")

    assert (metier.studies_line, metier.entry_and_usual) == (line, sentence)


def test_each_entry_and_each_usual_level_has_its_words():
    levels = [level for level, _ in LEVELS]

    assert list(ENTRY) == levels[:-1]
    assert list(USUAL) == levels[1:]


def test_the_sentences_of_low_interests_were_marked_by_a_migration():
    norms = published_norms()
    means, deviations = norms.interest_mean, norms.interest_sd
    border = [mean - CLEAR_DEMAND * sd for mean, sd in zip(means, deviations, strict=True)]
    below, above = ([int(value) + more for value in border] for more in (0, 1))
    low, other = create_metier(interests=below), create_metier(title="Autre", interests=above)
    for metier in (low, other):
        create_evidence(metier)

    import_module("metiers.migrations.0008_evidence_says_what_is_missing").mark_low(apps, None)

    marked = InterestEvidence.objects.filter(is_low=True).values_list("metier", flat=True)
    assert list(marked) == [low.pk] * 6


def test_a_regulated_metier_says_how():
    assert refusal_of(create_metier, is_regulated=True) == "metier_regulated_says_how"
    assert create_metier(is_regulated=True, regulation="Un visa fédéral.").pk


def test_a_metier_has_an_address_of_its_own():
    create_metier(slug="menuisier")

    found = refusal_of(create_metier, title="Menuisière", slug="menuisier")

    assert found == "UNIQUE constraint failed: metiers_metier.slug"


@pytest.mark.parametrize(
    "amounts",
    [
        {"junior_low": 0},
        {"junior_low": 2701},
        {"mid_low": 3301, "senior_low": 3400},
        {"senior_low": 3901},
    ],
)
def test_a_range_of_pay_rises(amounts):
    assert refusal_of(create_salary, create_metier(), **amounts) == "salary_range_rises"


@pytest.mark.parametrize(
    "amounts",
    [{"junior_low": 2801, "junior_high": 2900}, {"senior_low": 2799}, {"senior_high": 3299}],
)
def test_pay_rises_with_experience(amounts):
    assert refusal_of(create_salary, create_metier(), **amounts) == "salary_rises_with_experience"


def test_pay_may_stay_the_same():
    names = "junior_low junior_high mid_low mid_high senior_low senior_high"

    assert create_salary(create_metier(), **dict.fromkeys(names.split(), 2500)).pk


def test_pay_has_a_source_or_is_an_estimate():
    metier = create_metier()

    assert refusal_of(create_salary, metier, is_estimate=False) == "salary_has_provenance"
    assert create_salary(metier, is_estimate=False, source=create_source()).pk


def create_figure(**fields):
    fields = {"label": "Heures", "value": 38, "unit": "heures", "is_estimate": True} | fields
    return Figure.objects.create(metier=Metier.objects.first() or create_metier(), **fields)


def test_a_figure_has_a_unit():
    assert refusal_of(create_figure, unit="") == "figure_has_unit"


@pytest.mark.parametrize("year, has_source", [(None, True), (2025, False), (None, False)])
def test_a_figure_has_year_and_source_or_is_an_estimate(year, has_source):
    provenance = {"year": year, "source": create_source() if has_source else None}

    assert refusal_of(create_figure, is_estimate=False, **provenance) == "figure_has_provenance"
    assert create_figure(is_estimate=True, **provenance).pk


@pytest.mark.parametrize("value_max", [37, 38])
def test_a_figure_rises_to_its_maximum(value_max):
    assert refusal_of(create_figure, value_max=value_max) == "figure_range_rises"
    assert create_figure(value_max=39).pk


def create_demand(**fields):
    fields = {"region": "wallonia", "status": "recurring"} | fields
    return Demand.objects.create(metier=Metier.objects.first() or create_metier(), **fields)


def test_a_region_says_its_demand_once():
    create_demand()

    assert refusal_of(create_demand) == (
        "UNIQUE constraint failed: metiers_demand.metier_id, metiers_demand.region"
    )
    assert create_demand(region="brussels").pk


@pytest.mark.parametrize("status", ["shortage", "critical", "absent"])
def test_a_listed_demand_names_the_list_and_its_year(status):
    source = create_source()
    name = "demand_listed_has_year_and_source"

    assert refusal_of(create_demand, status=status) == name
    assert refusal_of(create_demand, status=status, year=2025) == name
    assert refusal_of(create_demand, status=status, source=source) == name
    assert create_demand(status=status, year=2025, source=source).pk


def test_demand_is_said_of_a_belgian_region():
    assert refusal_of(create_demand, region="abroad") == "demand_in_a_belgian_region"


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "real"},
        {"kind": "real", "author": "Ana"},
        {"kind": "real", "consent_date": datetime.date(2026, 1, 1)},
        {"kind": "composite", "author": "Ana"},
        {"kind": "composite", "consent_date": datetime.date(2026, 1, 1)},
        {"kind": "rumour"},
    ],
)
def test_a_testimony_is_somebody_s_with_consent_or_nobody_s(fields):
    found = refusal_of(create_testimony, create_metier(), **fields)

    assert found == "testimony_real_with_consent_or_composite"


def test_a_real_testimony_has_an_author_and_a_consent():
    consent = datetime.date(2026, 1, 1)

    assert create_testimony(create_metier(), kind="real", author="Ana", consent_date=consent).pk


def test_an_interest_is_proved_once():
    metier = create_metier()
    proof = {"metier": metier, "evidence": "On rabote.", "block": "missions"}
    InterestEvidence.objects.create(**proof, dimension="R")

    assert refusal_of(InterestEvidence.objects.create, **proof, dimension="R") == (
        "UNIQUE constraint failed: "
        "metiers_interestevidence.metier_id, metiers_interestevidence.dimension"
    )
    assert InterestEvidence.objects.create(**proof, dimension="I").pk


def test_a_school_offers_a_programme_once():
    metier = create_metier()
    create_rows(metier, 0)
    offer = metier.offers.get()
    again = {"metier": metier, "school": offer.school}

    assert refusal_of(SchoolOffer.objects.create, **again, programme=offer.programme) == (
        "UNIQUE constraint failed: metiers_schooloffer.metier_id, "
        "metiers_schooloffer.school_id, metiers_schooloffer.programme"
    )
    assert SchoolOffer.objects.create(**again, programme="Charpente").pk


def test_a_neighbour_is_named_once():
    pair = {"metier": create_metier(), "other": create_metier(title="Charpentier")}
    SimilarMetier.objects.create(**pair)

    assert refusal_of(SimilarMetier.objects.create, **pair) == (
        "UNIQUE constraint failed: metiers_similarmetier.metier_id, metiers_similarmetier.other_id"
    )


def test_a_neighbour_is_another():
    metier = create_metier()

    found = refusal_of(SimilarMetier.objects.create, metier=metier, other=metier)

    assert found == "similar_is_another"


def test_published_lists_what_is_published_and_due():
    today = timezone.localdate()
    day = datetime.timedelta(days=1)
    create_metier(title="Hier", published_at=today - day)
    create_metier(title="Aujourd’hui", slug="aujourdhui", published_at=today)
    create_metier(title="Demain", published_at=today + day)
    create_metier(title="Brouillon", published=False, published_at=today - day)

    published = Metier.objects.published().order_by("pk")

    assert [metier.slug for metier in published] == ["hier", "aujourdhui"]


@pytest.mark.parametrize(
    "now, slugs",
    [
        (datetime.datetime(2026, 3, 1, 22, 59, tzinfo=datetime.UTC), []),
        (datetime.datetime(2026, 3, 1, 23, 0, tzinfo=datetime.UTC), ["menuisier"]),
    ],
)
def test_a_metier_is_published_at_midnight_in_brussels(monkeypatch, now, slugs):
    monkeypatch.setattr(timezone, "now", lambda: now)
    create_metier(published_at=datetime.date(2026, 3, 2))

    assert [metier.slug for metier in Metier.objects.published().order_by("pk")] == slugs


def faults(instance):
    """The fields that the model itself refuses."""
    with pytest.raises(ValidationError) as refused:
        instance.full_clean(validate_unique=False)
    return {*refused.value.error_dict}


def test_a_digit_too_many_of_pay_is_refused():
    scale = create_salary(create_metier())
    scale.senior_high = 100_001
    figure = Figure(metier=scale.metier, label="Au max", value=100_001, unit="€", is_estimate=True)

    assert faults(scale) == {"senior_high"}
    figure.full_clean()
    figure.is_pay = True
    assert faults(figure) == {"value"}


@pytest.mark.parametrize("year", [0, 1899, 2101, 20255, 999_999_999_999])
def test_a_year_has_four_digits(year):
    demand = create_demand()
    demand.year = year

    assert faults(demand) == {"year"}


def test_a_key_has_no_capital():
    with pytest.raises(ValidationError) as refused:
        School(slug="HELMo").clean_fields()
    assert "sans majuscule" in str(refused.value.error_dict["slug"])


def test_the_nearest_interests_come_first():
    metier = create_metier(interests=(50, 50, 50, 50, 50, 50))
    create_metier(title="Loin", interests=(90, 50, 50, 50, 50, 50))
    create_metier(title="Près", slug="pres", interests=(51, 49, 50, 50, 50, 50))
    create_metier(title="Un seul", interests=(50, 50, 50, 50, 50, 47))
    create_metier(title="Ex aequo", interests=(49, 51, 50, 50, 50, 50))
    create_metier(title="Brouillon", published=False, interests=(50, 50, 50, 50, 50, 50))
    create_metier(title="Sans", published=False, interests=None)

    nearest = list(Metier.objects.nearest_to(metier))

    assert [other.slug for other in nearest] == ["pres", "ex-aequo", "un-seul", "loin"]
    assert [other.distance for other in nearest] == [2, 2, 9, 1600]


def test_a_sector_with_metiers_stays():
    create_metier()

    with pytest.raises(IntegrityError):
        Sector.objects.get().delete()


def test_both_genders_are_named_once_where_they_are_the_same():
    nurse = Metier(name_masculine="infirmier", name_feminine="infirmière")
    accountant = Metier(name_masculine="comptable", name_feminine="comptable")

    assert (nurse.name_both, nurse.of_both) == (
        "infirmier, infirmière",
        "d’infirmier ou d’infirmière",
    )
    assert (accountant.name_both, accountant.of_both) == ("comptable", "de comptable")
    assert (nurse.the_masculine, nurse.the_feminine) == ("l’infirmier", "l’infirmière")


def test_a_form_that_the_editor_gives_wins():
    metier = Metier(
        name_masculine="onzième",
        name_feminine="onzième",
        of_masculine_override="du onzième",
        of_feminine_override="de la onzième",
        the_masculine_override="celui",
        the_feminine_override="celle",
    )

    assert metier.of_both == "du onzième ou de la onzième"
    assert (metier.the_masculine, metier.the_feminine) == ("celui", "celle")


def test_interests_are_all_there_or_none():
    values = dict(zip(INTEREST_FIELDS, range(6), strict=True))

    assert Metier(**values).interests == (0, 1, 2, 3, 4, 5)
    assert Metier(**(values | {"interest_a": None})).interests is None


def test_an_introduction_is_cut_at_its_empty_lines():
    metier = Metier(introduction="Un.\nDeux.\n\n\n Trois. \n\n")

    assert metier.paragraphs == ["Un.\nDeux.", "Trois."]


@pytest.mark.parametrize(
    "amounts", [{"low_decile": 3728}, {"high_decile": 3728}, {"amount": 2443}, {"amount": 6305}]
)
def test_a_median_lies_between_the_deciles(amounts):
    assert refusal_of(create_benchmark, **amounts) == "benchmark_median_between_deciles"
