from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "coaching.journal"
    label = "journal"

    def ready(self):
        from coaching.kernel.events import install_recorder

        from .services import record

        install_recorder(record)
