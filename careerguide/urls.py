from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from desk import reports
from metiers.sitemaps import SITEMAPS

from . import views

handler400 = "careerguide.views.bad_request"
handler403 = "desk.views.forbidden"
handler404 = "metiers.views.not_found"
handler500 = "desk.views.broken"

urlpatterns = [
    path("", include("metiers.urls")),
    path("", include("quiz.urls")),
    path("vie-privee/", views.privacy, name="privacy"),
    path("accessibilite/", views.accessibility, name="accessibility"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path("signaler/", reports.report, name="report"),
    path("signaler/merci/", reports.thanks, name="report_thanks"),
    path("", include("desk.urls")),
    path("gestion/", admin.site.urls),
]
