from datetime import timedelta

from django.apps import AppConfig


class PersonalConfig(AppConfig):
    name = "coaching.personal"

    def ready(self):
        from coaching.jobs.services import register
        from coaching.journal.triggers import let_purge
        from coaching.kernel.personal import register_holding

        from . import policy  # noqa: F401  declares the fields
        from .guards import PURGEABLE
        from .holdings import ALL_HELD
        from .services.exporting import JOB, pack, purge_exports
        from .services.purging import purge

        let_purge(*PURGEABLE)
        register_holding(*ALL_HELD)
        register(JOB, pack)
        register("personal.purge_exports", purge_exports, every=timedelta(hours=1))
        register("personal.purge", purge, every=timedelta(days=1))
