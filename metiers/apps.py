from django.apps import AppConfig
from django.db.models.signals import post_migrate


class MetiersConfig(AppConfig):
    name = "metiers"
    verbose_name = "Métiers"

    def ready(self):
        from careerguide.edition import watch_tables

        post_migrate.connect(watch_tables, sender=self)
