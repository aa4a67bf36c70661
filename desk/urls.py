from django.urls import path

from . import views

app_name = "desk"
urlpatterns = [path("apercu/<str:token>/", views.lent_preview, name="preview")]
