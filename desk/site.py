"""The desk itself: Django's admin with our login, our pages beside its own, and no index."""

from functools import wraps

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import PermissionDenied
from django.urls import path

from .dashboard import dashboard
from .login import DeskLoginForm, is_form
from .typed import clean_form


class DeskSite(admin.AdminSite):
    site_header = site_title = f"{settings.SITE_NAME}, rédaction"
    index_title = "Ta rédaction"
    site_url = "/"
    login_form = DeskLoginForm
    login_template = "desk/login.html"
    enable_nav_sidebar = True

    index_template = "desk/index.html"

    def index(self, request, extra_context=None):
        return super().index(request, dashboard(request.user) | (extra_context or {}))

    def get_urls(self):
        from . import content_files, second_factor

        own = [
            path(
                "double-verification/",
                self.admin_view(second_factor.second_factor),
                name="second_factor",
            ),
            path("importer/", self.admin_view(content_files.import_files), name="import_files"),
            path("exporter/", self.admin_view(content_files.export), name="export_files"),
            path("importations/", self.admin_view(content_files.batches), name="import_batches"),
        ]
        return own + super().get_urls()

    def admin_view(self, view, cacheable=False):
        inner = super().admin_view(_without_lacked_actions(view), cacheable)

        def wrapped(request, *args, **kwargs):
            if request.method == "POST":
                request.POST = clean_form(request.POST)
            return _unindexed(inner(request, *args, **kwargs))

        return wrapped

    def login(self, request, extra_context=None):
        """One who wrote until the session ended is told so, and where the text is."""
        wanted = request.GET.get(REDIRECT_FIELD_NAME, request.POST.get(REDIRECT_FIELD_NAME, ""))
        context = {"was_writing": is_form(wanted)} | (extra_context or {})
        return _unindexed(super().login(request, context))


def _without_lacked_actions(view):
    """The same view; a list action that the account lacks, of which Django only says that none was
    chosen, is forbidden like any other road.
    """

    @wraps(view)
    def guarded(request, *args, **kwargs):
        route = request.resolver_match
        if request.method == "POST" and (route.url_name or "").endswith("_changelist"):
            asked = set(request.POST.getlist("action")) - {""}
            if asked - set(route.func.model_admin.get_actions(request)):
                raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def _unindexed(response):
    """No robot lists an address of the desk, nor says that it exists."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
