from django.apps import AppConfig


class ConformityConfig(AppConfig):
    name = "ethics.conformity"
    label = "conformity"

    def ready(self):
        from datetime import timedelta

        from coaching.jobs.services import register
        from coaching.missions.web.steps import register_room

        from . import policy  # noqa: F401  declares the fields
        from .services import count_all
        from .web.room import conformity_room

        register_room(conformity_room)
        register("conformity.count", count_all, every=timedelta(hours=6))
