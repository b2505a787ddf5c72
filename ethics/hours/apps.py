from datetime import timedelta

from django.apps import AppConfig


class HoursConfig(AppConfig):
    name = "ethics.hours"
    label = "hours"

    def ready(self):
        from coaching.jobs.services import register
        from coaching.kernel.personal import register_holding

        from . import policy  # noqa: F401  declares the fields
        from .holdings import ALL_HELD
        from .services.receiving import FORGET, JOB, forget_job, read_job

        register(JOB, read_job)
        register_holding(*ALL_HELD)
        register(FORGET, forget_job, every=timedelta(days=1))
