from django.urls import path

from . import views

app_name = "quiz"
urlpatterns = [
    path("quiz/", views.start, name="start"),
    path("quiz/question/<int:number>/", views.question, name="question"),
    path("quiz/resultat/<str:code>/", views.result, name="result"),
    path("quiz/<slug:slug>/", views.start, name="start_from"),
    path("methode/", views.method, name="method"),
]
