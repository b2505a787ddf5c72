from django.apps import AppConfig


class ConformityConfig(AppConfig):
    name = "ethics.conformity"
    label = "conformity"

    def ready(self):
        from datetime import timedelta

        from coaching.jobs.services import register
        from coaching.missions.waiting import register_awaited
        from coaching.missions.web.steps import register_room

        from . import policy  # noqa: F401  declares the fields
        from .services import count_all
        from .waiting import READ, readings_awaited, to_read
        from .web.room import conformity_room

        register_awaited(readings_awaited, {READ: to_read})
        register_room(conformity_room)
        register("conformity.count", count_all, every=timedelta(hours=6))
