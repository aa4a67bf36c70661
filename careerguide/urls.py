from django.contrib import admin
from django.urls import include, path

from . import views

handler404 = "metiers.views.not_found"

urlpatterns = [
    path("", include("metiers.urls")),
    path("", include("quiz.urls")),
    path("vie-privee/", views.privacy, name="privacy"),
    path("accessibilite/", views.accessibility, name="accessibility"),
    path("gestion/", admin.site.urls),
]
