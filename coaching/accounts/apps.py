from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "coaching.accounts"
    label = "accounts"

    def ready(self):
        from datetime import timedelta

        from coaching.jobs.services import register

        from . import policy  # noqa: F401  declares the fields
        from .checks import register_checks
        from .drafts import purge

        register_checks()
        register("accounts.purge_drafts", lambda task: purge(), every=timedelta(hours=1))

        from coaching.kernel.personal import register_holding

        from .holdings import ALL_HELD

        register_holding(*ALL_HELD)
