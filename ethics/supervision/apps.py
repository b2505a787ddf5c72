from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "ethics.supervision"
    label = "supervision"

    def ready(self):
        from coaching.kernel.evidence import register_evidence

        from . import policy  # noqa: F401  declares the fields
        from .conformity import PIECES

        register_evidence(*PIECES)
