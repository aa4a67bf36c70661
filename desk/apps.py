from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.db.models.signals import post_migrate


class DeskAdminConfig(admin_apps.AdminConfig):
    default = False
    default_site = "desk.site.DeskSite"


class DeskConfig(AppConfig):
    default = True
    name = "desk"
    verbose_name = "Rédaction"

    def ready(self):
        from metiers.signals import found_nothing

        from .counting import hear_found_nothing
        from .roles import set_roles
        from .searching import prepare

        prepare()
        found_nothing.connect(hear_found_nothing)
        post_migrate.connect(set_roles, sender=self)
