from django.shortcuts import render
from django.views.decorators.http import require_safe

from careerguide.http import public
from metiers.riasec import Dimension

from .common import newest_questionnaire


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
        },
    )
