import re

from careerguide.http import keep_private

from .models import QuestionSet
from .token import BrokenCode, decode
from .visitor import Visitor

STEPS = "/quiz/question/", "/quiz/surtout-pas/"
"""There `r` is what was said so far; it is somebody's answers once nothing is left to ask."""

HOLDING_ANSWERS = re.compile(
    r"/quiz/+(resultat|question|surtout-pas)(/|$)|/auto-evaluation(/|$)", re.IGNORECASE
)
PARAMETERS = "r", "oui"


class KeepAnswersPrivate:
    """Whatever answers an address that holds answers is nobody else's: page, redirection, refusal.

    It stands above everything that may answer in a view's place: `/metiers?r=…` is redirected by
    a middleware, `/quiz/resultat/AQ/x/` is no page at all.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if holds_answers(request):
            keep_private(response)
        return response


def holds_answers(request):
    """Whether the address says something of somebody; a mistyped one may, too."""
    return (
        any(request.GET.get(name) for name in PARAMETERS)
        or HOLDING_ANSWERS.search(request.path_info) is not None
    )


class VisitorAnswers:
    """Sets `request.said` from `?r=`, and `request.visitor`: a `Visitor`, or None.

    The visitor is whoever's answers the page shows and its links take along. On a step that is
    what was said so far (`request.said`) only once nothing is left to ask. A code that can't be
    read is said on the page, which stays as without (`request.answers_are_broken`).
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        code = request.GET.get("r", "")
        request.said, request.answers_are_broken = None, False
        if code:
            try:
                request.said = _visitor(code)
            except (BrokenCode, QuestionSet.DoesNotExist):
                request.answers_are_broken = True
        is_step = request.path_info.startswith(STEPS)
        is_carried = request.said and (request.said.is_complete or not is_step)
        request.visitor = request.said if is_carried else None
        return self.get_response(request)


def _visitor(code):
    visitor = Visitor(decode(code))
    visitor.questionnaire  # noqa: B018 — a set that was never published is a broken code
    return visitor
