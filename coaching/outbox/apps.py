from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "coaching.outbox"
    label = "outbox"

    def ready(self):
        from . import policy  # noqa: F401  declares the fields
