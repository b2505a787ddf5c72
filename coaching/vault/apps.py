from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "coaching.vault"
    label = "vault"

    def ready(self):
        from . import policy  # noqa: F401  declares the fields
