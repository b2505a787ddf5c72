from django.apps import AppConfig


class HandOverConfig(AppConfig):
    name = "coaching.handover"

    def ready(self):
        from coaching.consents.changes import register_change
        from coaching.journal.triggers import guard
        from coaching.kernel.evidence import register_evidence
        from coaching.missions.access import register_mark
        from coaching.missions.endings import register_interruption
        from coaching.missions.web.steps import register_room

        from . import policy  # noqa: F401  declares the fields
        from .conformity import PIECES
        from .marks import mark
        from .services.following import end_with, follow
        from .web.room import handover_room

        guard("handover_handover", when="OLD.ended_at IS NOT NULL")
        guard("handover_handoverrecord")
        register_change(follow)
        register_interruption(end_with)
        register_mark("handover", mark)
        register_room(handover_room)
        register_evidence(*PIECES)

        from coaching.kernel.personal import register_holding

        from .holdings import ALL_HELD

        register_holding(*ALL_HELD)
