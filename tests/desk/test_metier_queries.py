"""What saving a fiche with everything on it asks of the database, and the list of 2,000."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from desk import workflow
from metiers.content import METIER
from metiers.models import Metier
from tests.desk_editor import shown_fields
from tests.factories import create_metier

MOST_OF_A_SAVE = 40
MOST_OF_A_LIST = 12
INLINES = ("hours", "belgian_facts", "training_steps", "faq", "figures", "demands", "offers")
EVERY_INLINE = (*INLINES, "similar_rows", "salary", "testimony", "evidence")
ADD = "/gestion/metiers/metier/add/"


@pytest.fixture
def draft(writing):
    """The fiche with the most rows, with neighbours too."""
    public = Metier.objects.get(slug="infirmier")
    for position, other in enumerate(Metier.objects.exclude(pk=public.pk).order_by("pk")[:3]):
        public.similar_rows.create(other=other, position=position + 1)
    return workflow.start_draft(public, writing)


def page_of(metier):
    return f"/gestion/metiers/metier/{metier.pk}/change/"


def form_of(client, address):
    return shown_fields(client.get(address).content.decode())


def sent(client, address, data):
    """How many queries sending this takes; it must be saved."""
    with CaptureQueriesContext(connection) as queries:
        response = client.post(address, data)
    assert response.status_code == 302, response.context["errors"]
    return len(queries), "\n".join(query["sql"][:200] for query in queries)


def check(client, address, data):
    count, log = sent(client, address, data)
    assert count <= MOST_OF_A_SAVE, f"{count} queries:\n{log}"


def rows_of(data, prefix):
    return range(int(data[f"{prefix}-TOTAL_FORMS"]))


TEXT_OF_A_ROW = {
    "hours": "text",
    "belgian_facts": "text",
    "training_steps": "title",
    "faq": "question",
    "figures": "label",
    "demands": "note",
    "offers": "programme",
    "salary": "comment",
    "testimony": "context",
    "evidence": "evidence",
}


def altered_rows(data):
    """Every row says something else."""
    data = dict(data)
    for prefix, name in TEXT_OF_A_ROW.items():
        for index in rows_of(data, prefix):
            data[f"{prefix}-{index}-{name}"] = f"Autre texte {index}"
    kept = [data[f"similar_rows-{index}-other"] for index in rows_of(data, "similar_rows")]
    others = Metier.objects.exclude(pk__in=kept).exclude(slug="infirmier").order_by("pk")
    for index, other in zip(rows_of(data, "similar_rows"), others, strict=False):
        data[f"similar_rows-{index}-other"] = str(other.pk)
    return data


def altered(data):
    """So does the fiche, and its links are others."""
    data = altered_rows(data)
    for name in ("areas", "criteria", "sources"):
        model = Metier._meta.get_field(name).related_model
        free = model.objects.exclude(pk__in=data[name]).order_by("pk").first()
        data[name] = [*data[name][1:], str(free.pk)]
    return data | {"catch_line": "Une autre accroche", "missions": "Une autre mission"}


def test_saving_it_unchanged_takes_few_queries(client, draft):
    check(client, page_of(draft), form_of(client, page_of(draft)))


def test_saving_it_with_all_changed_takes_few_queries(client, draft):
    data = altered(form_of(client, page_of(draft)))

    check(client, page_of(draft), data)

    after = METIER.dump(Metier.with_drafts.get(pk=draft.pk))
    assert {row["question"] for row in after["faq"]} == {
        f"Autre texte {index}" for index in range(len(after["faq"]))
    }
    assert form_of(client, page_of(draft))["areas"] == sorted(data["areas"], key=int)


def test_deleting_every_row_takes_few_queries(client, draft):
    data = form_of(client, page_of(draft))
    for prefix in EVERY_INLINE:
        data |= {f"{prefix}-{index}-DELETE": "on" for index in rows_of(data, prefix)}

    check(client, page_of(draft), data | {"areas": [], "criteria": [], "sources": []})

    after = METIER.dump(Metier.with_drafts.get(pk=draft.pk))
    empty = [*INLINES, "similar", "areas", "criteria", "sources"]
    assert [after[name] for name in empty] == [[]] * len(empty)
    assert (after["salary"], after["testimony"]) == (None, None)


def as_new(data):
    """The same rows, as if typed on an empty page."""
    data = {name: value for name, value in data.items() if not name.endswith(("-id", "-metier"))}
    return data | {f"{prefix}-INITIAL_FORMS": "0" for prefix in EVERY_INLINE}


def test_a_new_fiche_with_every_row_takes_few_queries(client, draft):
    data = as_new(form_of(client, page_of(draft)))

    check(client, ADD, data | {"slug": "autre"})

    made = METIER.dump(Metier.objects.get(slug="autre"))
    copied = METIER.dump(draft)
    kept = ("status", "slug", "published_at", "reviewed_date")
    assert made | {name: copied[name] for name in kept} == copied


def test_changing_adding_and_removing_rows_everywhere_takes_few_queries(client, draft):
    data = altered(form_of(client, page_of(draft)))
    for prefix in TEXT_OF_A_ROW:
        total = len(rows_of(data, prefix))
        names = [n for n in data if n.startswith(f"{prefix}-0-") and not n.endswith("-id")]
        added = {n.replace(f"{prefix}-0-", f"{prefix}-{total}-"): data[n] for n in names}
        data |= added | {f"{prefix}-TOTAL_FORMS": str(total + 1), f"{prefix}-0-DELETE": "on"}

    check(client, page_of(draft), data)


def test_all_that_a_fiche_holds_is_read_in_two_queries(draft, django_assert_num_queries):
    draft = Metier.with_drafts.get(pk=draft.pk)

    with django_assert_num_queries(2):
        METIER.dump(draft)


def test_a_page_with_every_row_asks_no_more_than_one_with_none(client, writing, draft):
    empty = create_metier(published=False)
    client.get(page_of(empty))  # what the meter knows of the whole guide is read once
    counts = []
    for metier in (empty, draft):
        with CaptureQueriesContext(connection) as queries:
            client.get(page_of(metier))
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_a_list_of_2000_takes_few_queries(client, writing):
    sample = create_metier(published=False, slug="a")
    Metier.objects.bulk_create(
        Metier(
            slug=f"m{index}",
            name_masculine=f"m{index}",
            name_feminine=f"m{index}",
            short_name=f"m{index}",
            sector=sample.sector,
            study_level=2,
            published_at=datetime.date(2024, 1 + index % 12, 1),
        )
        for index in range(2000)
    )

    with CaptureQueriesContext(connection) as queries:
        page = client.get("/gestion/metiers/metier/")

    assert page.context["cl"].result_count > 2000
    assert len(queries) <= MOST_OF_A_LIST
