from django.apps import AppConfig


class DevelopmentConfig(AppConfig):
    name = "ethics.development"
    label = "development"

    def ready(self):
        from . import gates, policy  # noqa: F401  registers the gates, declares the fields
