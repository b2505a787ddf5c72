from django.apps import AppConfig


class SessionsConfig(AppConfig):
    name = "coaching.sessions"
    label = "coaching_sessions"  # "sessions" is Django's own

    def ready(self):
        from coaching.kernel.evidence import register_evidence
        from coaching.missions.access import register_mark
        from coaching.missions.endings import register_interruption
        from coaching.missions.facts import register_fact
        from coaching.missions.web.steps import register_room
        from contracts.consumers.access import register_sessions_held

        from . import gates, policy  # noqa: F401  registers the gates, declares the fields
        from .access import held_of, held_under, next_three_ways, number_held
        from .conformity import PIECES
        from .services.interruption import set_aside
        from .web.room import sessions_room

        register_sessions_held(held_under)
        register_room(sessions_room)
        register_interruption(set_aside)
        register_fact("held", held_of)
        register_fact("three_way", next_three_ways)
        register_mark("held", number_held)
        register_evidence(*PIECES)

        from coaching.kernel.personal import register_holding

        from .holdings import ALL_HELD

        register_holding(*ALL_HELD)
