from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class QuizConfig(AppConfig):
    name = "quiz"
    verbose_name = "Questionnaire"

    def ready(self):
        from careerguide.edition import watch_tables

        from .immutability import protect, unprotect

        pre_migrate.connect(unprotect, sender=self)
        post_migrate.connect(watch_tables, sender=self)
        post_migrate.connect(protect, sender=self)
