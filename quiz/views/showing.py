"""What the answers say: the profile, one métier explained, another answer tried, what to ask."""

from functools import wraps

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from careerguide.http import private
from metiers.catalogue import read_catalogue
from quiz import wording
from quiz.asking_around import PLACES, questions_for
from quiz.doubts import Doubt, contradictions
from quiz.evidence import evidence_of
from quiz.explaining import calculate
from quiz.forms import SelectedForm, WhatIfForm
from quiz.result import Result
from quiz.scoring import FEWEST_ANSWERS
from quiz.steps import (
    Review,
    Step,
    dealbreakers_address,
    left_to_refine,
    refine_address,
    result_address,
    review_address,
    step_address,
)
from quiz.trying import Trial

from .asking import is_fragment
from .common import with_visitor


def ranked_only(view):
    """Where the answers can carry no ranking the page says why, and nothing of the view's."""

    @wraps(view)
    def wrapped(request, visitor, **kwargs):
        if visitor.doubt:
            return doubtful(request, visitor)
        return view(request, visitor, **kwargs)

    return wrapped


@require_safe
@private
@with_visitor
@ranked_only
def result(request, visitor):
    catalogue = read_catalogue()
    form = SelectedForm(request.GET, catalogue=catalogue)
    found = Result(visitor, catalogue, form.selected)
    page = "quiz/result.html"
    response = render(
        request,
        f"{page}#ranking" if is_fragment(request) else page,
        {
            "result": found,
            "form": form,
            "is_fragment": is_fragment(request),
            "own_address": visitor.profile_address,
            "refine": refining(visitor, found),
            "dealbreakers_address": dealbreakers_address(visitor.answers, from_profile=True),
            "people": PLACES,
            **said(visitor),
            "headline": wording.headline(found.profile.theta, found.said),
            "sentences": wording.sentences(found.profile.theta, found.said),
        },
    )
    if is_fragment(request):
        response["HX-Push-Url"] = visitor.profile_address + form.selected.query
    return response


def doubtful(request, visitor):
    """No ranking, nor anything drawn from one: why, and how to go on."""
    contradicts = visitor.doubt is Doubt.CONTRADICTORY
    pairs = contradictions(visitor.given) if contradicts else []
    return render(
        request,
        "quiz/doubtful.html",
        {
            "doubt": visitor.doubt.value,
            "is_too_little": visitor.doubt in (Doubt.FEW, Doubt.SKIPS),
            "fewest": FEWEST_ANSWERS,
            "skipped_count": visitor.skipped_count,
            "pairs": [pair_in_words(visitor, pair) for pair in pairs],
            "refine_address": refine_address(visitor.questionnaire, visitor.answers),
            "refine_count": len(left_to_refine(visitor.questionnaire, visitor.answers)),
            "skipped": review_address(visitor.questionnaire, visitor.answers, Review.SKIPPED),
            "confirmed_address": contradicts and result_address(visitor.answers.confirmed()),
            **said(visitor),
        },
    )


def said(visitor):
    """What every page about the answers says of them."""
    return {
        "answers": answer_rows(visitor.questionnaire, visitor.answers),
        "missing": missing_step(visitor.questionnaire, visitor.answers),
        "review_address": review_address(visitor.questionnaire, visitor.answers),
        "misses_phrases": bool(visitor.questionnaire.unseen_core(visitor.answers)),
        "answered_count": len(visitor.answers.answered),
        "accepted_level": level_in_words(visitor.questionnaire, visitor.answers),
    }


def refining(visitor, found):
    """The round to come, in words, and what the last one changed."""
    next_round = found.next_round
    return {
        "address": next_round and refine_address(visitor.questionnaire, visitor.answers),
        "blurred": [wording.BLURRED[letter] for letter in found.blurred],
        "is_begun": found.has_begun_round,
        "left": len(left_to_refine(visitor.questionnaire, visitor.answers)),
        "moved": [wording.moved(move) for move in found.moved],
        "unshown_count": found.unshown_count,
        "types": [wording.type_moved(move) for move in found.moved_types],
        "is_done": bool(found.last_round),
        "passed": len(found.last_round.positions) if found.has_passed_round else 0,
        "is_first_ranking": found.is_first_ranking,
    }


@require_safe
@private
@with_visitor
@ranked_only
def why(request, visitor, slug):
    """One métier for this visitor: reasons, drawbacks, and the sum that makes its band."""
    catalogue = read_catalogue()
    number = catalogue.numbers.get(slug)
    if number is None:
        raise Http404
    found = Result(visitor, catalogue)
    ranked = found.ranked(number)
    evidence = evidence_of(ranked.metier, catalogue)
    return render(
        request,
        "quiz/why.html",
        {
            "ranked": ranked,
            "argued": found.argued(ranked, evidence),
            "calculation": calculate(
                ranked.match,
                found.candidate(ranked.metier),
                evidence,
                found.profile,
                found.given,
                found.questionnaire,
            ),
            "accepted_level": level_in_words(visitor.questionnaire, visitor.answers),
        },
    )


@require_safe
@private
@with_visitor
@ranked_only
def what_if(request, visitor):
    """One answer changed, and what moves; nothing is kept until asked for."""
    form = WhatIfForm(request.GET, questionnaire=visitor.questionnaire, answers=visitor.answers)
    trial = Trial(visitor, *form.tried, read_catalogue()) if form.tried else None
    page = "quiz/what_if.html"
    return render(
        request,
        f"{page}#trial" if is_fragment(request) else page,
        {
            "form": form,
            "trial": trial,
            "moved": [wording.moved(move) for move in trial.moved] if trial else [],
            "own_address": reverse("quiz:what_if", args=[visitor.code]),
            "keep_address": trial and result_address(trial.after.answers),
            "is_fragment": is_fragment(request),
        },
    )


@require_safe
@private
@with_visitor
@ranked_only
def questions_to_ask(request, visitor):
    """A sheet to take along to somebody who does the job."""
    found = Result(visitor, read_catalogue())
    return render(
        request,
        "quiz/questions_to_ask.html",
        {"focus": found.focus, "questions": questions_for(found), "people": PLACES},
    )


def answer_rows(questionnaire, answers):
    """Each step with what was answered there and the address that changes it.

    A statement of a refinement has its row once it was asked.
    """
    steps = [
        Step(questionnaire, number, answers)
        for number in range(1, questionnaire.last_step + 1)
        if number <= questionnaire.step_count
        or answers.values[questionnaire.question_at(number).position - 1] is not None
    ]
    return [
        {
            "text": step.text,
            "given": answer_label(step),
            "address": step_address(step.number, answers),
        }
        for step in steps
    ]


def pair_in_words(visitor, pair):
    texts = {question.position: question for question in visitor.questionnaire.questions}

    def one(answer):
        step = visitor.questionnaire.step_of(answer.item)
        return {
            "text": texts[answer.item].text.rstrip("."),
            "given": visitor.questionnaire.answer_labels[answer.value - 1].lower(),
            "address": step_address(step, visitor.answers),
        }

    return {"liked": one(pair.liked), "disliked": one(pair.disliked)}


def level_in_words(questionnaire, answers):
    """The longest studies accepted, as inside a sentence; None where not said."""
    if not answers.level:
        return None
    label = questionnaire.level_labels[answers.level - 1]
    return label[:1].lower() + label[1:]


def answer_label(step):
    if step.given is None:
        return "pas encore vue"
    labels = step.questionnaire.level_labels if step.is_level else step.questionnaire.answer_labels
    return labels[step.given - 1] if step.given else "passée"


def missing_step(questionnaire, answers):
    """The address of the first step not yet seen, or None."""
    unanswered = questionnaire.unanswered_steps(answers)
    return step_address(unanswered[0], answers) if unanswered else None
