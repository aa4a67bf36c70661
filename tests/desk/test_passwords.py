"""A password that French speakers would try first opens no account."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from desk.passwords import FrenchPasswordValidator
from tests.factories import create_metier, create_sector


@pytest.fixture
def guide(db):
    sector = create_sector(name="Soin et santé")
    create_metier(
        slug="infirmier", name_masculine="infirmier", name_feminine="infirmière", sector=sector
    )
    create_metier(
        slug="agent-police", name_masculine="agent de police", name_feminine="agente de police"
    )


@pytest.mark.parametrize(
    "password",
    [
        "motdepasse123",
        "Mot de passe 2026!",
        "azertyazerty",
        "Bruxelles1000",
        "123456789-!?1",
        "Azertyuiop12",
        "poiuytreza2026",
        "1234-5678-9012",
        "abcdefgh!2026",
        "aaaaaaaaaaaa",
        "!!!!!!!!!!!!",
        "abcabcabcabc",
        "chatonchaton",
        "m0tdepasse2026",
        "$0l3il-2026-!",
        "M0t.de.p@sse.1",
        "redactionredaction",
        "Rédaction-Relecture",
        "Administration",
        "Aiguillage!2026",
        "tartinetartine",
        "Tartine-tartine1",
        "infirmier2026!",
        "1nf1rm1ère-2027",
        "soin et santé 26",
        "agentdepolice",
        "chat2026chat",
    ],
)
def test_what_everybody_tries_is_refused(guide, password):
    with pytest.raises(ValidationError, match="se devine"):
        FrenchPasswordValidator().validate(password)


@pytest.mark.parametrize(
    "password",
    [
        "bonjourlapluiefine",
        "mon infirmier dort en tram",
        "cramique aux raisins",
        "tram 92 vers Fort-Jaco",
        "motdepassoire",
        "7!3$9-2@8#1%64",
        "7!3$1234@8#1%64",
        "7!3$9-2@8#1%6411",
        "azertyXk7!pq2",
        "le chat dort dort dort au soleil",
    ],
)
def test_a_sentence_of_one_s_own_or_a_strong_mix_is_taken(guide, password):
    validate_password(password)
