"""The questionnaire itself: the door, each step, what one refuses."""

from dataclasses import replace

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from careerguide.http import private, public
from metiers.catalogue import read_catalogue
from metiers.models import Metier
from quiz.dealbreakers import DEALBREAKERS, chosen, flagged
from quiz.steps import Review, Step, dealbreakers_address, result_address, step_address
from quiz.token import Answers, slug_key

from .common import broken, newest_questionnaire


@require_safe
@public
def start(request, slug=None):
    """The door: general, or from a métier that the code then remembers."""
    metier = slug and get_object_or_404(
        Metier.objects.published().select_related("sector"), slug=slug
    )
    questionnaire, visitor = newest_questionnaire(), request.visitor
    started_from = slug_key(slug) if slug else None
    return render(
        request,
        "quiz/start.html",
        {
            "metier": metier,
            "questionnaire": questionnaire,
            "first_step": step_address(1, Answers(questionnaire.number, started_from=started_from)),
            "goes_on_at": visitor and way_on(visitor, started_from),
        },
    )


def way_on(visitor, started_from):
    """Where answers already given lead: to the step that is missing, or to what they say."""
    answers = visitor.answers
    if started_from:
        answers = replace(answers, started_from=started_from)
    unanswered = visitor.questionnaire.unanswered_steps(answers)
    return step_address(unanswered[0], answers) if unanswered else result_address(answers)


@require_safe
@private
def question(request, number):
    if request.said:
        questionnaire, answers = request.said.questionnaire, request.said.answers
    elif "r" in request.GET:
        return broken(request)
    else:
        questionnaire = newest_questionnaire()
        answers = Answers(questionnaire.number)
    if not 1 <= number <= questionnaire.last_step:
        raise Http404
    step = Step(questionnaire, number, answers, review_asked(request))
    if step.detour:
        return redirect(step.detour)
    template = "quiz/question.html#step" if is_fragment(request) else "quiz/question.html"
    return render(request, template, {"step": step, "is_fragment": is_fragment(request)})


def review_asked(request):
    """Only of answers to every step: before, each has its turn."""
    is_complete = request.said and request.said.is_complete
    name = request.GET.get("revoir")
    return Review(name) if is_complete and name in {*Review} else None


@require_safe
@private
def dealbreakers(request):
    """« Surtout pas » : each chip is a link that refuses one thing more, or less."""
    if not request.said:
        return broken(request)
    questionnaire, answers = request.said.questionnaire, request.said.answers
    from_profile = request.GET.get("depuis") == "profil"
    catalogue = read_catalogue()
    page = "quiz/dealbreakers.html"
    return render(
        request,
        f"{page}#chips" if is_fragment(request) else page,
        {
            "chips": list(chips(answers, from_profile)),
            "chosen_count": len(chosen(answers.dealbreakers)),
            "flagged_count": int(flagged(answers.dealbreakers, catalogue).sum()),
            "from_profile": from_profile,
            "studies_address": step_address(questionnaire.step_count, answers),
            "result_address": result_address(answers),
            "is_fragment": is_fragment(request),
        },
    )


def chips(answers, from_profile):
    for bit, dealbreaker in enumerate(DEALBREAKERS):
        yield {
            "label": dealbreaker.label,
            "address": dealbreakers_address(answers.toggled(bit), from_profile=from_profile),
            "is_chosen": bool(answers.dealbreakers >> bit & 1),
        }


def is_fragment(request):
    return bool(request.htmx) and not request.htmx.history_restore_request
