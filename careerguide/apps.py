from django.apps import AppConfig
from django.db.models.signals import pre_migrate


class CareerguideConfig(AppConfig):
    name = "careerguide"

    def ready(self):
        from .edition import unwatch_tables

        pre_migrate.connect(unwatch_tables, sender=self)
