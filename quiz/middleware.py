from careerguide.http import keep_private

from .models import QuestionSet
from .token import BrokenCode, decode
from .visitor import Visitor

STEPS = "/quiz/question/", "/quiz/surtout-pas/"
"""There `r` is what was said so far, and the view's own business."""


class VisitorAnswers:
    """Sets `request.visitor` from `?r=`: a `Visitor`, or None.

    A page with answers in its address is nobody else's, whoever wrote its view: no index, no
    Referer, no shared cache. A code that can't be read is said on the page, which stays as
    without (`request.answers_are_broken`).
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        code = "" if request.path_info.startswith(STEPS) else request.GET.get("r", "")
        request.visitor, request.answers_are_broken = None, False
        if code:
            try:
                request.visitor = _visitor(code)
            except (BrokenCode, QuestionSet.DoesNotExist):
                request.answers_are_broken = True
        response = self.get_response(request)
        if code:
            keep_private(response)
        return response


def _visitor(code):
    visitor = Visitor(decode(code))
    visitor.questionnaire  # noqa: B018 — a set that was never published is a broken code
    return visitor
