"""A password that French speakers would try first opens no account."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError


@pytest.mark.parametrize(
    "password",
    ["motdepasse123", "Mot de passe 2026!", "azertyazerty", "Bruxelles1000", "123456789-!?1"],
)
def test_what_everybody_tries_is_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.parametrize(
    "password", ["bonjourlapluiefine", "tram 92 vers Fort-Jaco", "motdepassoire"]
)
def test_a_sentence_of_one_s_own_is_taken(password):
    validate_password(password)
