"""All métiers at once are as close as each of them alone."""

import pytest

from metiers.catalogue import read_catalogue
from metiers.models import Metier
from quiz.matching import Candidate, rank
from quiz.token import Answers
from quiz.visitor import Visitor
from tests.factories import create_metier, create_question_set

pytestmark = pytest.mark.django_db

SAID = Answers(1, (5, 2, 1, 1, 3, 4) * 3 + (None,) * 18)


@pytest.mark.parametrize("accepted", [None, 0, 1, 2, 3, 4, 5])
def test_arrays_say_what_the_ranking_says(accepted):
    create_question_set()
    for level in range(1, 6):
        create_metier(
            title=f"Métier {level}",
            interests=(90 - 15 * level, 30, 40, 10 + 15 * level, 30, 60),
            study_level=level,
            entry_level=1 if level == 4 else None,
        )
    visitor = Visitor(Answers(1, SAID.values, level=accepted))
    norms, catalogue = visitor.questionnaire.norms, read_catalogue()

    found = visitor.closeness_in(catalogue)

    for metier in Metier.objects.all():
        candidate = Candidate.of(metier.slug, metier.interests, metier.level_asked, norms)
        [match] = rank(visitor.profile, accepted, [candidate], norms)
        number = catalogue.numbers[metier.slug]
        assert found.values[number] == pytest.approx(match.closeness, abs=1e-12)
        assert found.percents[number] == match.percent
