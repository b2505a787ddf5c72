from django.apps import AppConfig


class OverviewConfig(AppConfig):
    name = "coaching.overview"

    def ready(self):
        from . import policy  # noqa: F401  declares the section
