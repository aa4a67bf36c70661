"""The log tells what happened, not what somebody answered."""

import logging
import sys

import pytest

from careerguide.logs import MaskAnswers, masked


@pytest.mark.parametrize(
    "address, kept",
    [
        ("/metiers/?r=AQE", "/metiers/?r=…"),
        ("/metiers/?q=bois&r=AQE&page=2", "/metiers/?q=bois&r=…&page=2"),
        ("/metiers/?%72=AQE", "/metiers/?%72=…"),
        ("/metiers/?r=%41QE", "/metiers/?r=…"),
        ("/metiers/x/auto-evaluation/?oui=1&oui=3", "/metiers/x/auto-evaluation/?oui=…&oui=…"),
        ("/metiers/x/?%6Fu%69=1&%6f%75%69=%33", "/metiers/x/?%6Fu%69=…&%6f%75%69=…"),
        ("/gestion/login/?next=/metiers/%3Fr%3DAQE", "/gestion/login/?next=/metiers/%3Fr%3D…"),
        ("/a/?b=%253Fq%253D1%2526r%253DAQE", "/a/?b=%253Fq%253D1%2526r%253D…"),
        ("/quiz/resultat/AQE/", "/quiz/…"),
        ("/%71uiz/resultat/AQE/", "/%71uiz/…"),
        ("/a/?b=%2Fquiz%2Fresultat%2FAQE", "/a/?b=%2Fquiz%2F…"),
        ("/metiers/?q=rire&tri=nom&four=1", "/metiers/?q=rire&tri=nom&four=1"),
    ],
)
def test_answers_are_masked_however_they_are_written(address, kept):
    assert masked(f"GET {address} 500") == f"GET {kept} 500"


def test_a_traceback_is_masked_too():
    try:
        raise ValueError("/metiers/?r=AQE")
    except ValueError:
        record = logging.LogRecord("x", 40, "", 0, "%s", ("/quiz/resultat/AQE/",), sys.exc_info())

    said = MaskAnswers().format(record)

    assert said.startswith("/quiz/…\nTraceback")
    assert said.endswith("ValueError: /metiers/?r=…")
