from functools import wraps

from django.http import Http404
from django.shortcuts import render

from quiz.models import QuestionSet
from quiz.questionnaire import read_questionnaire
from quiz.token import BrokenCode, decode
from quiz.visitor import Visitor


def newest_questionnaire():
    """404 before the first set is published."""
    try:
        return read_questionnaire()
    except QuestionSet.DoesNotExist:
        raise Http404 from None


def broken(request):
    """A code that nobody was given: say so, and offer a new start; never another's result."""
    return render(request, "quiz/broken.html", status=400)


def with_visitor(view):
    """Whoever's answers the address holds, as `request.visitor`, whose links take them along."""

    @wraps(view)
    def wrapped(request, code, **kwargs):
        try:
            visitor = Visitor(decode(code))
            visitor.questionnaire  # noqa: B018 — a set that was never published is a broken code
        except (BrokenCode, QuestionSet.DoesNotExist):
            return broken(request)
        request.visitor = visitor
        return view(request, visitor, **kwargs)

    return wrapped
