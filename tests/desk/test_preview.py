"""A draft is read as its page will be, by whoever was lent it and by nobody else."""

import datetime
import html

import pytest
from django.utils import timezone

from desk import preview, workflow
from desk.admin.metier import MetierAdmin
from desk.models import PreviewLink, Revision
from metiers.content import METIER
from metiers.models import Metier, Status
from metiers.models.metier import REQUIRED_LISTS
from tests.client import StrictClient
from tests.desk.conftest import member
from tests.desk_editor import Member, shown_fields
from tests.factories import create_metier, create_sector, create_whole_metier
from tests.html import find, find_all, text, tree

LIST = "/gestion/metiers/metier/"


@pytest.fixture
def metier(db):
    return create_whole_metier(published=False, rows=3)


@pytest.fixture
def lea(client, writer):
    return Member(client, writer)


def page(metier, step="change"):
    return f"{LIST}{metier.pk}/{step}/"


def framed(response):
    """The page inside the frame."""
    assert response.status_code == 200
    return find(tree(response), id="page").get("srcdoc")


def test_a_preview_is_the_very_page(content, lea, reviewer, client):
    draft = workflow.start_draft(Metier.objects.get(slug="infirmier"), lea.user)
    lea.save(page(draft), teaser="Un chapeau tout neuf.")

    previewed = framed(lea.open(page(draft, "apercu")))
    alone = lea.open(page(draft, "apercu/seul")).content.decode()
    workflow.publish(draft, reviewer)

    assert previewed == preview.framed(alone)
    assert alone == client.get("/metiers/infirmier/").content.decode()
    assert "Un chapeau tout neuf." in previewed


def test_what_is_typed_is_previewed_and_nothing_is_kept(lea, metier):
    before = METIER.dump(metier)
    data = shown_fields(lea.open(page(metier)).content.decode())
    typed = data | {
        "teaser": "Pas encore enregistré.",
        "hours-0-text": "On ponce.",
        "_preview": "1",
    }

    response = lea.client.post(page(metier), typed | {"_preview": "1"})

    assert "Pas encore enregistré." in framed(response)
    assert "On ponce." in framed(response)
    assert METIER.dump(Metier.objects.get()) == before
    assert not Revision.objects.exists()


@pytest.mark.parametrize("somebody_saved_since", [False, True])
def test_a_refused_preview_says_why_and_is_no_second_form(lea, metier, somebody_saved_since):
    data = shown_fields(lea.open(page(metier)).content.decode())
    if somebody_saved_since:
        lea.save(page(metier), teaser="Entre-temps.")
    refused = {"name_masculine": "", "_preview": "1", "draft_key": "0a1b2c3d-1"}

    response = lea.client.post(page(metier), data | refused)

    root = tree(response)
    summary = find(root, css="desk-faults")
    assert text(find(summary, tag="h2")) == "L’aperçu attend cette correction"
    assert [text(item) for item in find_all(summary, tag="li")] == [
        "Nom masculin : Ce champ est obligatoire."
    ]
    assert "ferme cet onglet et corrige dans l’autre" in text(summary)
    assert find_all(root, tag="textarea") == []
    assert "0a1b2c3d-1" not in response.content.decode()
    assert "saved_forms" not in response.cookies


@pytest.mark.parametrize("somebody_saved_since", [False, True])
def test_a_preview_tells_the_browser_of_no_save(lea, metier, somebody_saved_since):
    data = shown_fields(lea.open(page(metier)).content.decode())
    if somebody_saved_since:
        lea.save(page(metier), teaser="Entre-temps.")

    response = lea.client.post(
        page(metier), data | {"teaser": "Autre.", "_preview": "1", "draft_key": "0a1b2c3d-1"}
    )

    assert "Autre." in framed(response)
    assert "saved_forms" not in response.cookies


def test_a_fiche_that_was_never_saved_is_previewed(lea):
    sector = create_sector()
    data = shown_fields(lea.open(f"{LIST}add/").content.decode())
    data |= {"slug": "soudeur", "name_masculine": "soudeur", "name_feminine": "soudeuse"}
    data |= {"short_name": "soudeur·euse", "sector": sector.pk, "study_level": "2"}

    response = lea.client.post(f"{LIST}add/", data | {"_preview": "1"})

    assert "soudeuse" in framed(response)
    assert not Metier.objects.exists()


def test_a_fiche_that_lacks_nearly_all_is_previewed(lea):
    bare = {name: [] for name in REQUIRED_LISTS}
    metier = create_metier(published=False, interests=None, **bare)

    assert "menuisier" in framed(lea.open(page(metier, "apercu")))


def test_a_draft_is_no_neighbour_of_its_own_fiche(content, lea):
    draft = workflow.start_draft(Metier.objects.get(slug="infirmier"), lea.user)

    assert 'href="/metiers/infirmier/"' not in framed(lea.open(page(draft, "apercu")))


def test_only_the_desk_reads_a_preview(client, metier):
    assert client.get(page(metier, "apercu")).status_code == 302
    assert client.get(page(metier, "apercu/seul")).status_code == 302


# Links


def lend(desk, metier, days="7"):
    desk.client.post(page(metier, "apercu/liens"), {"days": days})
    return preview.address_of(PreviewLink.objects.order_by("-created_at", "pk")[0])


def test_a_lent_link_opens_the_draft_for_whoever_has_it(lea, metier):
    address = lend(lea, metier)

    response = StrictClient().get(address)

    assert response.status_code == 200
    assert metier.teaser in html.unescape(response.content.decode())
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "no-referrer"


def test_a_lent_link_is_shown_on_its_page_until_it_is_taken_back(lea, metier):
    address = lend(lea, metier)
    shown = lea.open(page(metier, "apercu/liens")).content.decode()
    link = PreviewLink.objects.get()

    lea.client.post(page(metier, f"apercu/liens/{link.pk}/reprendre"))
    response = StrictClient().get(address)

    assert address in shown
    assert response.status_code == 410
    assert "Cet aperçu n’est plus ouvert." in response.content.decode()
    assert metier.teaser not in response.content.decode()
    assert address not in lea.open(page(metier, "apercu/liens")).content.decode()


def test_a_lent_link_closes_on_its_day(lea, metier):
    address = lend(lea, metier)
    PreviewLink.objects.update(expires_at=timezone.now() - datetime.timedelta(seconds=1))

    assert StrictClient().get(address).status_code == 410


@pytest.mark.parametrize("token", ["x", "x:y", "é", "a" * 500])
def test_an_address_that_was_never_signed_opens_nothing(client, db, token):
    response = client.get(f"/apercu/{token}/")

    assert response.status_code == 404
    assert "Ce lien n’ouvre rien." in response.content.decode()


def test_a_link_of_another_number_is_not_signed(client, lea, metier):
    address = lend(lea, metier)
    other = PreviewLink.objects.create(metier=metier, draft=metier)

    forged = f"/apercu/{other.pk.hex}:{address.rstrip('/').rpartition(':')[2]}/"

    assert client.get(forged).status_code == 404


def test_a_link_leads_to_the_public_fiche_once_its_draft_is_published(content, lea, reviewer):
    public = Metier.objects.get(slug="infirmier")
    draft = workflow.start_draft(public, lea.user)
    address = lend(lea, draft)
    workflow.publish(draft, reviewer)

    assert StrictClient().get(address)["Location"] == "/metiers/infirmier/"


def test_a_link_is_of_one_draft_not_of_the_next(content, lea, reviewer):
    public = Metier.objects.get(slug="infirmier")
    address = lend(lea, workflow.start_draft(public, lea.user))
    workflow.publish(Metier.with_drafts.get(draft_of=public), reviewer)

    next_draft = workflow.start_draft(public, lea.user)
    response = StrictClient().get(address)

    assert response["Location"] == "/metiers/infirmier/"
    assert not preview.links_of(next_draft)


def test_a_link_to_a_new_fiche_opens_until_its_day_has_come(content, lea, reviewer):
    Metier.objects.filter(slug="infirmier").update(status=Status.DRAFT, published_at=None)
    metier = Metier.objects.get(slug="infirmier")
    address = lend(lea, metier)
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    workflow.publish(metier, reviewer, on=tomorrow)

    before = StrictClient().get(address)
    Metier.objects.update(published_at=timezone.localdate())
    after = StrictClient().get(address)

    assert metier.teaser in html.unescape(before.content.decode())
    assert after["Location"] == f"/metiers/{metier.slug}/"


def test_what_visitors_read_is_not_lent(content, lea):
    public = Metier.objects.get(slug="infirmier")

    response = lea.client.post(page(public, "apercu/liens"), {"days": "7"})

    assert "Rien à prêter" in response.content.decode()
    assert not PreviewLink.objects.exists()


def test_a_reader_lends_nothing(metier):
    desk = Member(StrictClient(), member("Administration"))

    response = desk.client.post(page(metier, "apercu/liens"), {"days": "7"})

    assert response.status_code == 403
    assert not PreviewLink.objects.exists()


def test_a_link_is_not_lent_for_ever(lea, metier):
    lea.client.post(page(metier, "apercu/liens"), {"days": "4000"})

    assert not PreviewLink.objects.exists()


def test_a_link_is_taken_back_from_its_own_fiche_only(lea, metier):
    lend(lea, metier)
    other = create_metier(title="Soudeur", published=False)
    link = PreviewLink.objects.get()

    response = lea.client.post(page(other, f"apercu/liens/{link.pk}/reprendre"))

    assert response.status_code == 404
    link.refresh_from_db()
    assert link.revoked_at is None


def test_nothing_is_lent_of_a_draft_that_is_published_meanwhile(content, lea, reviewer):
    draft = workflow.start_draft(Metier.objects.get(slug="infirmier"), lea.user)
    workflow.publish(draft, reviewer)

    sent = lea.client.post(page(draft, "apercu/liens"), {"days": "7"})
    opened = lea.client.get(page(draft, "apercu/liens"), follow=True)

    assert sent.status_code == 410
    assert "Ce brouillon n’existe plus." in sent.content.decode()
    assert opened.redirect_chain == [(LIST, 302)]
    assert "le brouillon a été publié" in opened.content.decode()


def test_a_draft_is_lent_as_it_is_once_locked(lea, metier, monkeypatch):
    """A deletion that ends between the request and its lock is seen, and nothing breaks."""
    to_lock = MetierAdmin.to_lock

    def deleted_first(self, key):
        Metier.objects.get(pk=key).delete()
        return to_lock(self, key)

    monkeypatch.setattr(MetierAdmin, "to_lock", deleted_first)
    response = lea.client.post(page(metier, "apercu/liens"), {"days": "7"})

    assert response.status_code == 410
    assert not PreviewLink.objects.exists()
