from django.apps import AppConfig


class DevelopmentConfig(AppConfig):
    name = "ethics.development"
    label = "development"

    def ready(self):
        from coaching.kernel.evidence import register_evidence

        from . import gates, policy  # noqa: F401  registers the gates, declares the fields
        from .conformity import PIECES

        register_evidence(*PIECES)
