"""No number that a request names, however long or odd, breaks a page of the desk."""

from urllib.parse import urlencode

import pytest

from desk import workflow
from tests.desk_editor import errors_of, shown_fields

LONGEST = "9" * 5000
"""Python reads no more than 4,300 digits."""
METIERS = "/gestion/metiers/metier/"


@pytest.mark.parametrize("number", [LONGEST, "\u0663", "9" * 20, "-1"])
@pytest.mark.parametrize(
    "method, address, name, status",
    [
        ("post", "/gestion/importations/", "batch", 404),
        ("post", "/gestion/desk/revision/corbeille/", "revision", 404),
        ("get", f"{METIERS}add/", "lignes", 200),
        ("get", f"{METIERS}add/", "sector", 200),
        ("post", f"{METIERS}add/", "sector", 200),
        ("post", f"{METIERS}999/abandonner/", "fiche", 410),
        ("post", f"{METIERS}999/change/", "faq-{}-answer", 410),
    ],
)
def test_a_number_that_is_no_key_breaks_no_page(signed_in, method, address, name, status, number):
    sent = urlencode({name: number} if "{}" not in name else {name.format(number): "Oui."})

    response = (
        signed_in.get(f"{address}?{sent}")
        if method == "get"
        else signed_in.post(address, sent, content_type="application/x-www-form-urlencoded")
    )

    assert response.status_code == status


@pytest.mark.parametrize("name", ["faq-TOTAL_FORMS", "faq-0-position", "seen_revision"])
def test_a_form_that_counts_wrong_is_refused(signed_in, infirmier, reviewer, name):
    draft = workflow.start_draft(infirmier, reviewer)
    page = f"{METIERS}{draft.pk}/change/"
    typed = shown_fields(signed_in.get(page).content.decode())
    signed_in.post(page, typed | {"catch_line": "Entre-temps"})

    response = signed_in.post(page, typed | {name: LONGEST, "teaser": "Après"})

    assert response.status_code == 200
    assert errors_of(response)
