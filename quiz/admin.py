from django.contrib import admin

from .admin_forms import QuestionFormSet, QuestionSetForm
from .models import Question, QuestionSet

COPIED = ("prompt", "answer_labels", "level_prompt", "level_labels", "norms")


class FrozenOnceQuestionSetIsPublished:
    """May be read for ever, and changed or deleted only as long as the set is a draft."""

    def has_add_permission(self, request, question_set=None):
        return is_draft(question_set) and super().has_add_permission(request, question_set)

    def has_change_permission(self, request, question_set=None):
        return is_draft(question_set) and super().has_change_permission(request, question_set)

    def has_delete_permission(self, request, question_set=None):
        return is_draft(question_set) and super().has_delete_permission(request, question_set)


def is_draft(question_set):
    """Of what the database holds: the form may just have set the status to published."""
    return not QuestionSet.objects.published().filter(pk=question_set and question_set.pk).exists()
