from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from careerguide.http import public
from metiers.models import Metier
from metiers.riasec import Dimension

from . import wording
from .forms import AnswersForm
from .http import private
from .matching import COST_OF_A_LEVEL_ABOVE, COST_OF_A_LEVEL_BELOW
from .models import QuestionSet
from .questionnaire import read_questionnaire
from .result import read_result
from .scoring import FEWEST_ANSWERS, Quality
from .steps import Step, step_address
from .token import Answers, BrokenCode, decode, slug_key
from .visitor import Visitor

ENOUGH_ANSWERS = 12
"""Of 18; under it the result says how little it rests on."""


@require_safe
@public
def start(request, slug=None):
    """The door: general, or from a métier that the code then remembers."""
    metier = slug and get_object_or_404(
        Metier.objects.published().select_related("sector"), slug=slug
    )
    questionnaire = newest_questionnaire()
    answers = Answers(questionnaire.number, started_from=slug_key(slug) if slug else None)
    return render(
        request,
        "quiz/start.html",
        {
            "metier": metier,
            "questionnaire": questionnaire,
            "first_step": step_address(1, answers),
        },
    )


@require_safe
@private
def question(request, number):
    if "r" in request.GET:
        form = AnswersForm(request.GET)
        if not form.is_valid():
            return broken(request)
        answers = form.cleaned_data["r"]
        try:
            questionnaire = read_questionnaire(answers.set_number)
        except QuestionSet.DoesNotExist:
            return broken(request)
    else:
        questionnaire = newest_questionnaire()
        answers = Answers(questionnaire.number)
    if not 1 <= number <= questionnaire.step_count:
        raise Http404
    step = Step(questionnaire, number, answers)
    fragment = request.htmx and not request.htmx.history_restore_request
    template = "quiz/question.html#step" if fragment else "quiz/question.html"
    return render(request, template, {"step": step, "is_fragment": fragment})


@require_safe
@private
def result(request, code):
    try:
        answers = decode(code)
        questionnaire = read_questionnaire(answers.set_number)
    except (BrokenCode, QuestionSet.DoesNotExist):
        return broken(request)
    request.visitor = Visitor(answers)  # whose links take the answers along
    found = read_result(questionnaire, answers)
    template = "quiz/flat.html" if found.quality == Quality.FLAT else "quiz/result.html"
    return render(
        request,
        template,
        {
            "result": found,
            "answers": answer_rows(questionnaire, answers),
            "missing": missing_step(questionnaire, answers),
            "answered_count": len(answers.answered),
            "is_little": len(answers.answered) < ENOUGH_ANSWERS,
            "fewest": FEWEST_ANSWERS,
            "headline": wording.headline(found.profile.theta, found.liked),
            "sentences": wording.sentences(found.profile.theta, found.liked),
            "accepted_level": level_in_words(questionnaire, answers),
        },
    )


@require_safe
@public
def method(request):
    questionnaire = newest_questionnaire()
    means = zip(Dimension, questionnaire.norms.item_mean, strict=True)
    return render(
        request,
        "quiz/method.html",
        {
            "questionnaire": questionnaire,
            "means": [{"label": dimension.label, "mean": mean} for dimension, mean in means],
            "level_above": COST_OF_A_LEVEL_ABOVE,
            "level_below": COST_OF_A_LEVEL_BELOW,
        },
    )


def newest_questionnaire():
    """404 before the first set is published."""
    try:
        return read_questionnaire()
    except QuestionSet.DoesNotExist:
        raise Http404 from None


def broken(request):
    """A code that nobody was given: say so, and offer a new start; never another's result."""
    return render(request, "quiz/broken.html", status=400)


def answer_rows(questionnaire, answers):
    """Each step with what was answered there and the address that changes it."""
    steps = [
        Step(questionnaire, number, answers) for number in range(1, questionnaire.step_count + 1)
    ]
    return [
        {
            "text": step.text,
            "given": answer_label(step),
            "address": step_address(step.number, answers),
        }
        for step in steps
    ]


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
