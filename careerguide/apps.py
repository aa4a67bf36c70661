from django.apps import AppConfig


class CareerguideConfig(AppConfig):
    name = "careerguide"
