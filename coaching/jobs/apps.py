from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "coaching.jobs"
    label = "jobs"

    def ready(self):
        from . import policy  # noqa: F401  declares the fields
