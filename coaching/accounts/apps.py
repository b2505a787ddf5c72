from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "coaching.accounts"
    label = "accounts"

    def ready(self):
        from coaching.kernel.chores import register_chore

        from . import policy  # noqa: F401  declares the fields
        from .checks import register_checks
        from .drafts import purge

        register_checks()
        register_chore(purge)
