from django.urls import path, re_path

from . import views

app_name = "metiers"
urlpatterns = [
    path("", views.home, name="home"),
    path("metiers/", views.metier_list, name="list"),
    path("metiers/<slug:slug>/", views.metier_detail, name="detail"),
    path("metiers/<slug:slug>/auto-evaluation/", views.self_assessment, name="self_assessment"),
    path("comparer/", views.compare, name="compare"),
    path("suggestions/", views.suggestions, name="suggestions"),
    path("secteurs/<slug:slug>/", views.sector_detail, name="sector"),
    path("criteres/<slug:slug>/", views.criterion_detail, name="criterion"),
    path("ecoles/<slug:slug>/", views.school_detail, name="school"),
    path("glossaire/", views.glossary, name="glossary"),
    re_path(
        r"^images/([0-9a-f]{64})/([1-9][0-9]{0,3})\.(avif|webp)$", views.picture, name="picture"
    ),
]
