from django.apps import AppConfig


class DevelopmentConfig(AppConfig):
    name = "ethics.development"
    label = "development"

    def ready(self):
        from coaching.kernel.personal import register_holding

        from . import gates, policy  # noqa: F401  registers the gates, declares the fields
        from .holdings import ALL_HELD

        register_holding(*ALL_HELD)
