from django.urls import path

from . import views

app_name = "quiz"
urlpatterns = [
    path("quiz/", views.start, name="start"),
    path("quiz/question/<int:number>/", views.question, name="question"),
    path("quiz/surtout-pas/", views.dealbreakers, name="dealbreakers"),
    path("quiz/resultat/<str:code>/", views.result, name="result"),
    path("quiz/resultat/<str:code>/et-si/", views.what_if, name="what_if"),
    path("quiz/resultat/<str:code>/questions/", views.questions_to_ask, name="questions_to_ask"),
    path("quiz/resultat/<str:code>/metiers/<slug:slug>/", views.why, name="why"),
    path("quiz/<slug:slug>/", views.start, name="start_from"),
    path("methode/", views.method, name="method"),
]
