from django.apps import AppConfig


class CharterConfig(AppConfig):
    name = "ethics.charter"
    label = "charter"

    def ready(self):
        from . import policy  # noqa: F401  declares the fields
