from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "coaching.journal"
    label = "journal"

    def ready(self):
        from coaching.kernel.events import install_recorder

        from . import policy  # noqa: F401  declares the fields
        from .services import record
        from .triggers import guard

        install_recorder(record)
        guard("journal_event")

        from coaching.kernel.personal import register_holding

        from .holdings import ALL_HELD

        register_holding(*ALL_HELD)
