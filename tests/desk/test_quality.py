"""The quality meter: what it sees, where it leads, what it repairs, and whom it lets do so."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from desk import workflow
from desk.history import record
from desk.models import Action, Revision
from desk.places import anchor_of
from desk.quality import Item, Quality, Severity, documents_of, known, quality_of, repeats_in
from metiers.completeness import BLOCKS, gaps, gaps_in
from metiers.content import METIER
from metiers.models import Metier
from metiers.models.metier import REQUIRED_LISTS
from tests.desk_editor import messages_of, shown_fields
from tests.factories import create_metier, create_whole_metier

TODAY = datetime.date(2026, 11, 25)
LIST = "/gestion/metiers/metier/"


def page_of(metier):
    return f"{LIST}{metier.pk}/change/"


def quality(metier, today=TODAY):
    [data] = documents_of([metier])
    return quality_of(data, known().guide, today)


def seen(metier, today=TODAY):
    return [(item.rule, item.place) for item in quality(metier, today).items]


@pytest.fixture
def draft(writing):
    return workflow.start_draft(Metier.objects.get(slug="infirmier"), writing)


def test_a_fiche_of_the_guide_has_nothing_to_see_to(content):
    found = quality(Metier.objects.get(slug="infirmier"))

    assert (found.items, found.score) == ((), "25 blocs complets sur 25")


def test_a_document_read_with_others_is_the_one_read_alone(content):
    metiers = list(Metier.objects.select_related("sector").order_by("pk"))

    whole = [METIER.dump(metier) for metier in metiers]

    together = documents_of(metiers)
    assert together == [
        {name: value for name, value in one.items() if name in together[0]} for one in whole
    ]
    assert {"faq", "areas", "similar", "interests"} <= set(together[0])


def test_a_block_with_too_few_lines_is_not_whole(draft):
    draft.missions = draft.missions[:2]
    draft.save()

    found = quality(draft)

    assert found.score == "24 blocs complets sur 25"
    assert [(item.place, item.anchor, item.found) for item in found.items] == [
        ("missions", "id_missions", "2 lignes (il faut 8 ou plus)")
    ]


def test_the_gaps_of_a_document_are_those_of_its_metier(db):
    metier = create_whole_metier(rows=2)

    assert list(gaps_in(METIER.dump(metier))) == list(gaps(metier))


def test_the_meter_lacks_what_publishing_waits_for(db):
    bare = {name: [] for name in REQUIRED_LISTS} | {"qualities_headline": "", "interest_a": None}
    metier = create_metier(published=False, **bare)

    meter = [item.place for item in quality(metier).items if item.severity == Severity.LACKS]
    asked = [place for place, *_ in workflow.lacking(metier)]

    assert meter == asked
    assert {"qualities_headline", "interests.A.value", "missions", "faq", "salary"} <= set(meter)
    assert quality(metier).score == "4 blocs complets sur 25"


def test_one_whole_block_is_one():
    lacking = [Item(Severity.LACKS, "bloc incomplet", name, "vide") for name in BLOCKS[1:]]

    assert Quality(tuple(lacking)).score == "1 bloc complet sur 25"


def test_what_is_mandatory_is_said_so(draft):
    draft.testimony.delete()

    assert [item.found for item in quality(draft).items] == ["rien (obligatoire pour publier)"]


def test_a_draft_is_judged_as_if_it_were_published(draft):
    other = create_metier(title="Tourneur", published=False)
    draft.similar_rows.all().delete()
    draft.similar_rows.create(other=other, position=1)

    assert seen(draft) == [("lien mort", "similar[0]")]


def test_each_fault_is_named_with_its_place(draft):
    draft.tips = ["Vous gagnez 99 € d'un coup.", *draft.tips]
    draft.interest_a = 100
    draft.save()

    assert seen(draft) == [
        ("vous au lieu de tu", "tips[0]"),
        ("typographie", "tips[0]"),
        ("chiffre sans source", "tips[0]"),
        ("loin de la mesure O*NET", "interests.A.value"),
        ("preuve à contresens", "interests.A"),
    ]


def test_a_neighbour_that_is_withdrawn_is_a_dead_link(content):
    metier = Metier.objects.get(slug="infirmier")
    neighbour = metier.similar_rows.order_by("position").first().other
    neighbour.withdrawn_at = timezone.localdate()
    neighbour.save()

    assert seen(metier) == [("lien mort", "similar[0]")]


def test_an_old_review_is_seen_once_it_is_overdue(content, settings):
    metier = Metier.objects.get(slug="infirmier")
    metier.reviewed_date = TODAY - datetime.timedelta(days=settings.REVIEW_EVERY)

    in_time, late = seen(metier), seen(metier, TODAY + datetime.timedelta(days=1))

    assert (in_time, late) == ([], [("relecture dépassée", "reviewed_date")])


def test_the_year_of_old_sources_is_a_setting(draft, settings):
    settings.OLDEST_SOURCE_YEAR = 2100
    draft.save()

    assert {rule for rule, _ in seen(draft)} == {"source dépassée"}


def test_a_sentence_of_another_fiche_is_found_though_a_word_differs(draft):
    own = Metier.objects.get(slug="macon").faq.order_by("position", "pk")[0]
    sentence = own.answer.split(". ")[0]
    draft.introduction += f" {sentence}."
    draft.save()
    [data] = documents_of([draft])

    assert [(item.place, item.rule) for item in repeats_in(data)] == [
        ("introduction", "déjà dans macon, faq[0].answer")
    ]


def repeated_in(metier):
    return [item.rule for item in repeats_in(documents_of([metier])[0])]


def test_what_is_published_renamed_or_deleted_since_is_known(draft, reviewer):
    sentence = "Personne n’écrit cette phrase-là ailleurs dans le guide entier."
    draft.introduction += f" {sentence}"
    draft.save()
    other = Metier.objects.get(slug="macon")
    before = repeated_in(draft)

    other.introduction += f" {sentence}"
    other.save()
    record(other, Action.SAVED, reviewer)
    written = repeated_in(draft)
    Metier.objects.filter(pk=other.pk).update(slug="macon-e")
    renamed = repeated_in(draft)
    Metier.objects.filter(pk=other.pk).delete()

    assert (before, repeated_in(draft)) == ([], [])
    (one,), (two,) = written, renamed
    assert one.startswith("déjà dans macon, introduction")
    assert two.startswith("déjà dans macon-e, introduction")


def test_what_is_known_of_the_guide_is_read_again_for_what_changed_alone(draft, reviewer):
    repeated_in(draft)
    other = Metier.objects.get(slug="macon")
    record(other, Action.SAVED, reviewer)

    with CaptureQueriesContext(connection) as queries:
        repeated_in(draft)

    read = [q["sql"] for q in queries if '"metiers_metier"."introduction"' in q["sql"]]
    assert len(read) == 1
    assert "IN ('macon')" in read[0]


def test_a_draft_repeats_nothing_of_its_own_fiche(draft):
    [data] = documents_of([draft])

    assert repeats_in(data) == []


ANCHORS = {
    "interests.I": "interet-I",
    "interests.I.value": "id_interest_i",
    "interests": "bloc-interets",
    "salary": "bloc-salary",
    "salary.comment": "id_salary-0-comment",
    "figures[1]": "figures-1",
    "faq[0].answer": "id_faq-0-answer",
    "hours": "bloc-hours",
    "areas": "bloc-zones",
    "similar[2]": "similar_rows-2",
    "reviewed_date": "bloc-adresse",
    "tools[4]": "id_tools",
    "offers[0].programme": "id_offers-0-programme",
    "testimony.text": "id_testimony-0-text",
    "training_steps[0].text": "id_training_steps-0-text",
    "belgian_facts[0]": "belgian_facts-0",
    "demands[0]": "demands-0",
}


def test_each_place_is_on_the_page(client, draft):
    for other in Metier.objects.exclude(pk=draft.draft_of_id).order_by("pk")[:3]:
        draft.similar_rows.create(other=other, position=other.pk)

    page = client.get(page_of(draft)).content.decode()

    assert {place: anchor_of(place) for place in ANCHORS} == ANCHORS
    assert [anchor for anchor in ANCHORS.values() if f'id="{anchor}"' not in page] == []


def test_the_page_says_the_score_and_leads_to_each_field(client, draft):
    draft.missions = draft.missions[:2]
    draft.save()

    page = client.get(page_of(draft)).content.decode()

    assert "Qualité\u00a0: 24 blocs complets sur 25" in page
    assert '<a href="#id_missions">missions</a>' in page


def test_a_published_fiche_shows_its_meter_without_a_button(client, writing):
    page = client.get(page_of(Metier.objects.get(slug="infirmier"))).content.decode()

    assert "25 blocs complets sur 25" in page
    assert 'name="_typeset"' not in page


def test_one_click_saves_and_repairs_the_typography(client, draft):
    draft.tips = ["Garde l'appareil.", *draft.tips]
    draft.save()
    data = shown_fields(client.get(page_of(draft)).content.decode())

    response = client.post(
        page_of(draft), data | {"catch_line": "Soigne d'abord", "_typeset": "1"}, follow=True
    )

    draft.refresh_from_db()
    assert (draft.tips[0], draft.catch_line) == ("Garde l’appareil.", "Soigne d’abord")
    assert messages_of(response)[-1] == ("success", "Enregistré\u202f; typographie réparée.")
    newest = Revision.objects.order_by("-pk")[0]
    assert (newest.reason, newest.data["catch_line"]) == ("Typographie réparée", "Soigne d’abord")


def test_what_the_form_refuses_is_not_repaired(client, draft):
    draft.tips = ["Garde l'appareil."]
    draft.save()
    data = shown_fields(client.get(page_of(draft)).content.decode())

    client.post(page_of(draft), data | {"name_masculine": "", "_typeset": "1"})

    draft.refresh_from_db()
    assert draft.tips == ["Garde l'appareil."]


def test_a_published_fiche_is_not_repaired(client, writing):
    public = Metier.objects.get(slug="infirmier")
    Metier.objects.filter(pk=public.pk).update(tips=["Garde l'appareil."])

    response = client.post(page_of(public), {"_typeset": "1"})

    public.refresh_from_db()
    assert (response.status_code, public.tips) == (403, ["Garde l'appareil."])


def test_the_list_counts_what_there_is_to_see_to(client, writing):
    Metier.objects.filter(slug="infirmier").update(missions=["Soigner"])

    page = client.get(LIST)

    seen = {metier.slug: metier.seen for metier in page.context["cl"].result_list}
    found = {slug: one for slug, one in seen.items() if one.items}
    assert found == {"infirmier": (1, "24 blocs complets sur 25")}
    said = "1 chose, 24 blocs complets sur 25"
    pk = Metier.objects.get(slug="infirmier").pk
    assert f'<a href="{page_of(Metier(pk=pk))}#qualite">{said}</a>' in page.content.decode()


def test_the_list_reads_rows_in_one_query_however_many(client, writing):
    def queries():
        with CaptureQueriesContext(connection) as found:
            client.get(LIST)
        return len(found)

    create_whole_metier(title="Un")
    few = queries()
    for number in range(3):
        create_whole_metier(title=f"Autre {number}", rows=2)

    assert (queries() == few, few <= 12) == (True, True)


def test_the_list_counts_nothing_twice(client, writing):
    client.get(LIST)

    with CaptureQueriesContext(connection) as found:
        client.get(LIST)

    assert [q["sql"] for q in found if "JSON_OBJECT" in q["sql"]] == []
