from datetime import timedelta

from django.apps import AppConfig


class HoursConfig(AppConfig):
    name = "ethics.hours"
    label = "hours"

    def ready(self):
        from coaching.jobs.services import register

        from . import policy  # noqa: F401  declares the fields
        from .services.receiving import FORGET, JOB, forget_job, read_job

        register(JOB, read_job)
        register(FORGET, forget_job, every=timedelta(days=1))
