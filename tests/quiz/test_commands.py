import errno
import io
import json
import os
import re

import numpy as np
import pytest
import yaml
from django.core.management import CommandError, call_command

from metiers.catalogue import read_catalogue
from quiz.management import piped
from quiz.questionnaire import Questionnaire
from quiz.reference import read_reference
from quiz.token import Answers
from quiz.visitor import Visitor
from tests.factories import QUESTION_SET_1, create_metier, create_question_set

# 18 answers that are far from flat.
VARIED = (1, 5, 3, 4, 2, 1, 2, 5, 4, 4, 1, 2, 1, 4, 3, 5, 2, 1)


@pytest.fixture
def question_set(db):
    return create_question_set()


@pytest.fixture
def score_answers(tmp_path, capsys):
    """The objects that the command writes for these lines (objects, or text as it is)."""

    def run(*lines, **options):
        file = tmp_path / "answers.jsonl"
        texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
        file.write_text("\n".join(texts), encoding="utf-8")
        call_command("score_answers", file, **options)
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return run


def answers_to(items, values=VARIED):
    return dict(zip(items, values, strict=False))


def item_ids():
    return [question.item for question in Questionnaire.load().questions]


def test_ranks_as_the_result_page_does(content, score_answers):
    answers = Answers(1, values=VARIED + (None,) * 18, level=3)
    visitor, catalogue = Visitor(answers), read_catalogue()
    closeness = visitor.closeness_in(catalogue)

    (line,) = score_answers({"answers": answers_to(item_ids()), "level": 3})

    assert list(line["profile"].values()) == list(visitor.profile.theta)
    assert line["ranking"] == [
        {"slug": catalogue.stops[number].slug, "percent": int(closeness.percents[number])}
        for number in np.argsort(-closeness.values)
    ]
    assert len(line["ranking"]) == 24


def test_the_profile_is_by_letter_in_order(content, score_answers):
    (line,) = score_answers({"answers": {"s1": 5, "s2": 5, "c1": 1}})

    assert list(line["profile"]) == list("RIASEC")
    assert max(line["profile"], key=line["profile"].get) == "S"
    assert min(line["profile"], key=line["profile"].get) == "C"


def test_the_order_of_the_answers_changes_nothing(content, score_answers):
    answers = answers_to(item_ids())
    backwards = dict(reversed(answers.items()))

    first, second = score_answers({"answers": answers}, {"answers": backwards})

    assert first == second


def test_every_item_can_be_answered(content, score_answers):
    (line,) = score_answers({"answers": answers_to(item_ids(), VARIED * 2), "level": None})

    assert len(line["ranking"]) == 24


def test_flat_answers_are_ranked_too(content, score_answers):
    lines = score_answers({"answers": dict.fromkeys(item_ids(), 3)}, {"answers": {}})

    assert [len(line["ranking"]) for line in lines] == [24, 24]


def test_no_answer_is_nobodys_profile(content, score_answers):
    (line,) = score_answers({"answers": {}})

    assert line["profile"] == dict.fromkeys("RIASEC", 0.0)


def test_the_level_counts(content, score_answers):
    answers = answers_to(item_ids())

    nothing, no_level, work = score_answers(
        {"answers": answers}, {"answers": answers, "level": None}, {"answers": answers, "level": 1}
    )

    assert nothing == no_level
    assert nothing["profile"] == work["profile"]
    assert nothing["ranking"] != work["ranking"]


def test_the_level_that_opens_a_metier_counts(question_set, score_answers):
    create_metier(title="Menuisier", study_level=4)
    create_metier(title="Tourneur", study_level=4, entry_level=2)

    (line,) = score_answers({"answers": {"r1": 5}, "level": 2})

    assert [row["slug"] for row in line["ranking"]] == ["tourneur", "menuisier"]


def test_ranks_published_metiers_only(question_set, score_answers):
    create_metier(title="Menuisier")
    create_metier(title="Tourneur", published=False)

    (line,) = score_answers({"answers": {"r1": 5}})

    assert [row["slug"] for row in line["ranking"]] == ["menuisier"]


def test_ranks_the_reference_by_title(question_set, score_answers):
    (line,) = score_answers({"answers": {"a1": 5, "a2": 5, "a3": 5, "c1": 1}}, reference=True)

    titles = [row["title"] for row in line["ranking"]]
    percents = [row["percent"] for row in line["ranking"]]
    assert sorted(titles) == sorted(metier.title for metier in read_reference())
    assert titles.index("comédien") < titles.index("comptable")
    assert percents == sorted(percents, reverse=True)


def test_blank_lines_are_skipped_and_counted(content, score_answers):
    assert len(score_answers("", {"answers": {}}, "  ", {"answers": {"r1": 1}}, "")) == 2
    with pytest.raises(CommandError, match=r"^ligne 3 : "):
        score_answers("", {"answers": {}}, "?")


def test_reads_the_standard_input(content, monkeypatch, capsys):
    stdin = io.TextIOWrapper(io.BytesIO(b'{"answers": {"r1": 4}}\n'))
    monkeypatch.setattr("sys.stdin", stdin)

    call_command("score_answers")

    assert list(json.loads(capsys.readouterr().out)) == ["profile", "ranking"]


@pytest.mark.parametrize(
    "line, field, found, allowed",
    [
        ("{", "la ligne", "« { »", "du JSON"),
        ("[1]", "la ligne", "« [1] »", "un objet"),
        ("{}", "answers", "« null »", "un objet"),
        ('{"answers": [1]}', "answers", "« [1] »", "un objet"),
        ('{"answers": {"z9": 1}}', "answers", "« z9 »", "r1, i1, a1"),
        ('{"answers": {"r1": 0}}', "answers.r1", "« 0 »", "de 1 à 5"),
        ('{"answers": {"r1": 6}}', "answers.r1", "« 6 »", "de 1 à 5"),
        ('{"answers": {"r1": true}}', "answers.r1", "« true »", "de 1 à 5"),
        ('{"answers": {"r1": 3.0}}', "answers.r1", "« 3.0 »", "de 1 à 5"),
        ('{"answers": {"r1": "3"}}', "answers.r1", "« 3 »", "de 1 à 5"),
        ('{"answers": {"r1": null}}', "answers.r1", "« null »", "de 1 à 5"),
        ('{"answers": {"r1": 1, "r1": 5}}', "la ligne", "« r1 »", "une seule fois"),
        ('{"answers": {}, "level": 1, "level": 2}', "la ligne", "« level »", "une seule fois"),
        ('{"answers": {}, "level": 0}', "level", "« 0 »", "de 1 à 5, ou null"),
        ('{"answers": {}, "level": 6}', "level", "« 6 »", "de 1 à 5, ou null"),
        ('{"answers": {}, "level": true}', "level", "« true »", "de 1 à 5, ou null"),
        ('{"answers": {}, "level": 2.0}', "level", "« 2.0 »", "de 1 à 5, ou null"),
        ('{"answers": {}, "level": "2"}', "level", "« 2 »", "de 1 à 5, ou null"),
    ],
)
def test_a_bad_line_is_named(question_set, score_answers, line, field, found, allowed):
    with pytest.raises(CommandError) as refusal:
        score_answers({"answers": {}}, line)

    assert str(refusal.value).startswith(f"ligne 2 : {field} : trouvé {found} ; permis : ")
    assert allowed in str(refusal.value)


def test_bytes_that_are_no_text_are_named(question_set, tmp_path):
    file = tmp_path / "answers.jsonl"
    file.write_bytes(b'{"answers": {}}\n{"answers": {"\xe9": 1}}\n')

    with pytest.raises(CommandError, match=r"^ligne 2 : la ligne : "):
        call_command("score_answers", file)


def test_a_missing_file_is_named(question_set, tmp_path):
    with pytest.raises(CommandError, match=r"nowhere\.jsonl"):
        call_command("score_answers", tmp_path / "nowhere.jsonl")


def test_takes_the_newest_published_set_unless_told(question_set, capsys):
    newer = create_question_set(number=2, published=False)
    newer.questions.filter(position=1).update(text="Réparer une horloge.")
    newer.status = "published"
    newer.save()
    create_question_set(number=3, published=False)

    firsts = []
    for options in ({}, {"set_number": 1}, {"set_number": 2}):
        call_command("export_items", **options)
        firsts.append(json.loads(capsys.readouterr().out.splitlines()[0])["text"])

    own = question_set.questions.get(position=1).text
    assert firsts == ["Réparer une horloge.", own, "Réparer une horloge."]


@pytest.mark.parametrize("number", [0, 2])
def test_an_unknown_set_is_refused(question_set, number):
    create_question_set(number=2, published=False)

    with pytest.raises(CommandError, match=f"^--set : {number} trouvé ; permis : 1$"):
        call_command("export_items", set_number=number)


def test_without_any_set_says_what_to_do(db):
    with pytest.raises(CommandError, match="importe le contenu"):
        call_command("score_answers")


class Closed(io.StringIO):
    """What nobody reads any more, or what has no room left."""

    def __init__(self, error):
        super().__init__()
        self.error = error

    def write(self, text):
        raise self.error


@pytest.fixture
def dropped(monkeypatch):
    """An entry each time that the process's own output is given up."""
    done = []
    monkeypatch.setattr(piped, "drop_the_rest", lambda: done.append("output"))
    return done


def test_a_reader_who_has_enough_is_no_error(question_set, dropped):
    call_command("export_items", stdout=Closed(BrokenPipeError()))

    assert dropped == ["output"]


def test_a_full_disk_is_named(question_set, dropped):
    with pytest.raises(CommandError, match="la sortie : No space left on device"):
        call_command(
            "export_items", stdout=Closed(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
        )


def test_without_any_input_says_so(question_set, monkeypatch):
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(CommandError, match="l’entrée standard est fermée"):
        call_command("score_answers")


def test_the_items_are_exported_in_order(question_set, capsys):
    call_command("export_items")

    items = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert items[0] == {
        "id": "r1",
        "type": "R",
        "core": True,
        "position": 1,
        "text": "Réparer le moteur d’une vieille camionnette.",
    }
    assert [item["position"] for item in items] == list(range(1, 37))
    assert [item["core"] for item in items] == [True] * 18 + [False] * 18


def freeze_norms(capsys, people):
    call_command("freeze_norms", people=people)
    return capsys.readouterr().out


def test_freezing_twice_gives_the_same_bytes(capsys):
    assert freeze_norms(capsys, 50) == freeze_norms(capsys, 50)


def test_the_published_norms_are_those_of_the_reference(capsys):
    """All but the matches, which take 20,000 people."""
    published = yaml.safe_load(QUESTION_SET_1.read_text(encoding="utf-8"))["norms"]

    frozen = yaml.safe_load(freeze_norms(capsys, 200))["norms"]

    assert list(frozen) == list(published)
    matches = {"match_sd", "match_quantiles"}
    assert {k: v for k, v in frozen.items() if k not in matches} == {
        k: v for k, v in published.items() if k not in matches
    }
    assert frozen["match_quantiles"] == pytest.approx(published["match_quantiles"], abs=0.1)


def test_too_few_people_to_freeze_are_refused():
    with pytest.raises(CommandError, match="--people : 3 trouvé"):
        call_command("freeze_norms", people=3)


def study_quiz(capsys, **options):
    call_command("study_quiz", people=40, **options)
    return capsys.readouterr().out


def test_the_study_of_the_questionnaire_is_told(content, capsys):
    report = study_quiz(capsys)

    assert report.startswith("Jeu 1, 40 personnes simulées, graine 2015, 164 métiers de référence")
    assert [line[0] for line in report.splitlines() if re.match(r"\d\. ", line)] == [*"1112345678"]
    assert "7. Métiers publiés : 24\n" in report
    accepted = [line for line in report.splitlines() if line.startswith("  jusqu’au niveau")]
    assert [line[-6:].strip() for line in accepted] == ["0,0 %"] * 5  # none loses two bands


def test_published_metiers_are_judged_once_there_are_more_than_ten(question_set, capsys):
    for number in range(11):
        create_metier(title=f"Métier {number}", interests=(50, 9 * number, 50, 50, 50, 50))

    report = study_quiz(capsys)

    assert "7. Métiers publiés : 11\n  métier le plus montré" in report


def test_the_same_seed_gives_the_same_study(content, capsys):
    assert study_quiz(capsys, seed=3) == study_quiz(capsys, seed=3)


def test_too_few_people_to_study_are_refused(question_set):
    with pytest.raises(CommandError, match=r"^--people : 3 trouvé ; permis : 20 ou plus$"):
        call_command("study_quiz", people=3)
