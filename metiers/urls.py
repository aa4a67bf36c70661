from django.urls import path

from . import views

app_name = "metiers"
urlpatterns = [
    path("", views.home, name="home"),
    path("metiers/", views.metier_list, name="list"),
    path("metiers/<slug:slug>/", views.metier_detail, name="detail"),
    path("glossaire/", views.glossary, name="glossary"),
]
