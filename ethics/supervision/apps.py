from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "ethics.supervision"
    label = "supervision"

    def ready(self):
        from . import policy  # noqa: F401  declares the fields
