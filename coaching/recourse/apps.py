from django.apps import AppConfig


class RecourseConfig(AppConfig):
    name = "coaching.recourse"
