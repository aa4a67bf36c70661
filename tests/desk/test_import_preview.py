"""Before a file is written, its preview says what visitors would see of it."""

import datetime

from django.utils import timezone

from careerguide.content import yaml_files
from careerguide.content.registry import document_of
from desk import workflow
from desk.models import ImportBatch
from metiers.models import Metier
from quiz.models import QuestionSet
from tests.desk.bringing import undo
from tests.desk.test_importing import IMPORT, confirm, fiche, sent_back, upload
from tests.desk.test_undoing import made, said
from tests.desk_editor import messages_of
from tests.factories import create_question_set

AT_WORK = {"status": "draft", "published_at": None, "withdrawn_at": None, "reviewed_date": None}


def shown(client, *files):
    return client.post(IMPORT, upload(*files))


def kinds(response):
    return [(one.kind, one.name, one.visibility) for one in response.context["changes"]]


def test_the_fields_that_change_are_shown_word_by_word(signed_in, infirmier):
    response = shown(signed_in, ("infirmier.yaml", fiche(catch_line=infirmier.catch_line + " !")))

    html = response.content.decode()
    assert kinds(response) == [("changé", "métier infirmier", "")]
    assert "<summary>accroche</summary>" in html
    assert "<ins> !</ins>" in html


def test_a_page_that_visitors_would_lose_is_told(signed_in, infirmier):
    response = shown(signed_in, ("infirmier.yaml", fiche(**AT_WORK)))

    assert kinds(response) == [("changé", "métier infirmier", "ne sera plus public")]
    assert "<strong>ne sera plus public</strong>" in response.content.decode()


def test_a_page_that_is_withdrawn_from_a_day_that_is_past_is_told(signed_in, infirmier):
    response = shown(signed_in, ("infirmier.yaml", fiche(withdrawn_at=timezone.localdate())))

    assert kinds(response) == [("changé", "métier infirmier", "ne sera plus public")]


def test_a_page_that_visitors_would_win_is_told(signed_in, infirmier):
    public = fiche()
    Metier.objects.filter(pk=infirmier.pk).update(status="draft")

    response = shown(signed_in, ("infirmier.yaml", public))

    assert kinds(response) == [("changé", "métier infirmier", "sera public")]


def test_a_new_fiche_says_whether_visitors_see_it(signed_in, infirmier):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    public, later = (
        fiche(slug="infirmier", published_at=day).replace(b"slug: infirmier", b"slug: " + slug)
        for slug, day in ((b"un", infirmier.published_at), (b"deux", tomorrow))
    )

    files = [("un.yaml", public), ("deux.yaml", later), made("trois")]

    assert sorted(kinds(shown(signed_in, *files))) == [
        ("nouveau", "métier deux", "pas encore public"),
        ("nouveau", "métier trois", "pas encore public"),
        ("nouveau", "métier un", "sera public"),
    ]


def test_a_set_of_questions_is_published_by_no_file(signed_in):
    create_question_set(number=7, published=False)
    data = document_of(QuestionSet).dump(QuestionSet.objects.get(number=1)) | {"number": 7}

    response = shown(signed_in, ("7.yaml", yaml_files.dump(data).encode()))

    (problem,) = map(str, response.context["problems"])
    assert "un jeu se publie depuis sa page, pour toujours" in problem


def test_a_fiche_whose_draft_is_open_is_not_unpublished(signed_in, infirmier, reviewer):
    workflow.start_draft(infirmier, reviewer)

    response = confirm(signed_in, ("infirmier.yaml", fiche(**AT_WORK)))

    assert [str(problem) for problem in response.context["problems"]] == [
        "metiers/infirmier.yaml : status : trouvé une fiche qui ne serait plus publiée ; "
        "permis : «\u00a0published\u00a0» tant que son brouillon est ouvert\u00a0: "
        "publie-le ou abandonne-le d’abord"
    ]
    assert Metier.objects.get(slug="infirmier").status == "published"


def test_a_fiche_to_be_replaced_on_a_day_takes_no_file(signed_in, infirmier, reviewer):
    draft = workflow.start_draft(infirmier, reviewer)
    day = timezone.localdate() + datetime.timedelta(days=3)
    workflow.publish(draft, reviewer, on=day)

    response = confirm(signed_in, ("infirmier.yaml", fiche(teaser="Dit par le fichier.")))

    (problem,) = map(str, response.context["problems"])
    assert f"serait remplacé le {day:%d/%m/%Y}" in problem
    assert Metier.objects.get(slug="infirmier").teaser != "Dit par le fichier."


def test_a_draft_opened_since_the_preview_refuses_it_too(signed_in, infirmier, reviewer):
    response = shown(signed_in, ("infirmier.yaml", fiche(**AT_WORK)))
    workflow.start_draft(infirmier, reviewer)

    signed_in.post(IMPORT, sent_back(response))

    assert Metier.objects.get(slug="infirmier").status == "published"
    assert not ImportBatch.objects.exists()


def test_an_undone_import_strands_no_draft(signed_in, infirmier, reviewer):
    public = fiche()
    Metier.objects.filter(pk=infirmier.pk).update(status="draft")
    confirm(signed_in, ("infirmier.yaml", public))
    workflow.start_draft(Metier.objects.get(pk=infirmier.pk), reviewer)

    response = undo(signed_in)

    assert said(response) == [
        "Brouillon ouvert depuis, donc laissé tel quel\u00a0: infirmier, infirmière."
    ]
    assert Metier.objects.get(slug="infirmier").status == "published"


def test_an_open_draft_is_named_before_and_after(signed_in, infirmier, writer):
    workflow.start_draft(infirmier, writer)
    file = ("infirmier.yaml", fiche(catch_line="Autre"))
    said = "Son brouillon est ouvert (par rédaction)\u00a0: il ne suit pas, et remplacera ceci"

    told = shown(signed_in, file, ("avocat.yaml", fiche("avocat", catch_line="Autre")))
    written = confirm(signed_in, file)

    assert [change.draft[: len(said)] for change in told.context["changes"]] == ["", said]
    assert said in told.content.decode()
    assert ("warning", f"métier infirmier\u00a0: {said} quand il sera publié.") in messages_of(
        written
    )
