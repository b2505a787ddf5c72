from django.apps import AppConfig


class RestitutionsConfig(AppConfig):
    name = "coaching.restitutions"

    def ready(self):
        from coaching.consents.changes import register_change
        from coaching.journal.triggers import guard
        from coaching.kernel.evidence import register_evidence
        from coaching.missions.access import register_mark
        from coaching.missions.endings import register_interruption
        from coaching.missions.facts import register_fact
        from coaching.missions.waiting import register_awaited
        from coaching.missions.web.steps import register_room

        from . import policy  # noqa: F401  declares the fields
        from .access import unread_in
        from .conformity import PIECES
        from .services.following import end_with, follow
        from .waiting import TO_OPEN, TO_READ, next_of, restitutions_awaited, to_open, to_read
        from .web.room import restitutions_room

        for table in ("restitutiontext", "releasedrestitution", "receipt"):
            guard(f"restitutions_{table}")
        register_fact("unread", unread_in)
        register_change(follow)
        register_interruption(end_with)
        register_room(restitutions_room)
        register_mark("restitution", next_of)
        register_awaited(restitutions_awaited, {TO_READ: to_read, TO_OPEN: to_open})
        register_evidence(*PIECES)

        from coaching.kernel.personal import register_holding

        from .holdings import ALL_HELD

        register_holding(*ALL_HELD)
