from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "coaching.outbox"
    label = "outbox"

    def ready(self):
        from coaching.kernel.personal import register_holding

        from . import policy  # noqa: F401  declares the fields
        from .holdings import ALL_HELD

        register_holding(*ALL_HELD)
