from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "coaching.home"
    label = "home"
