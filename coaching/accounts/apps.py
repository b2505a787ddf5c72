from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "coaching.accounts"
    label = "accounts"

    def ready(self):
        from . import policy  # noqa: F401  declares the fields
        from .checks import register_checks

        register_checks()
