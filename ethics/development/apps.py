from datetime import timedelta

from django.apps import AppConfig


class DevelopmentConfig(AppConfig):
    name = "ethics.development"
    label = "development"

    def ready(self):
        from coaching.jobs.services import register
        from coaching.journal.triggers import guard
        from coaching.kernel.evidence import register_evidence
        from coaching.kernel.personal import register_holding

        from . import gates, policy  # noqa: F401  registers the gates, declares the fields
        from .conformity import PIECES
        from .holdings import ALL_HELD
        from .services.proofs import erase_removed
        from .services.reminding import remind_due

        guard("development_shownsheet")
        register("development.remind", lambda task: remind_due(), every=timedelta(hours=1))
        register("development.erase", erase_removed, every=timedelta(hours=1))

        register_evidence(*PIECES)

        register_holding(*ALL_HELD)
