from django.apps import AppConfig


class ConsentsConfig(AppConfig):
    name = "coaching.consents"

    def ready(self):
        from coaching.journal.triggers import guard
        from coaching.kernel.evidence import register_evidence
        from coaching.missions.endings import register_interruption
        from coaching.missions.web.seen import register_seen
        from coaching.missions.web.steps import register_room
        from contracts.sealings import register_taking

        from . import policy  # noqa: F401  declares the fields
        from .conformity import PIECES
        from .services.moments import end_with, signed_in
        from .web.room import consents_room
        from .web.seen import consents_seen

        guard("consents_consent", when="OLD.ended_at IS NOT NULL")
        register_taking(signed_in)
        register_interruption(end_with)
        register_room(consents_room)
        register_seen(consents_seen)
        register_evidence(*PIECES)

        from coaching.kernel.personal import register_holding

        from .holdings import ALL_HELD

        register_holding(*ALL_HELD)
