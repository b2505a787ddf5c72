from datetime import timedelta

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "coaching.decisions"

    def ready(self):
        from coaching.jobs.services import register
        from coaching.kernel.evidence import register_evidence
        from coaching.missions.web.steps import register_room
        from coaching.sessions.web.parts import register_part

        from . import policy  # noqa: F401  declares the fields
        from .conformity import PIECES
        from .services.reminders import remind_due
        from .web.room import decisions_part, decisions_room

        register("decisions.remind", lambda task: remind_due(), every=timedelta(hours=1))
        register_room(decisions_room)
        register_part(decisions_part)
        register_evidence(*PIECES)

        from coaching.kernel.personal import register_holding

        from .holdings import ALL_HELD

        register_holding(*ALL_HELD)
