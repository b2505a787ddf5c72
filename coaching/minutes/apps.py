from django.apps import AppConfig


class MinutesConfig(AppConfig):
    name = "coaching.minutes"

    def ready(self):
        from coaching.journal.triggers import guard
        from coaching.kernel.evidence import register_evidence
        from coaching.missions.waiting import register_awaited
        from coaching.missions.web.steps import register_room
        from coaching.sessions.web.parts import register_part

        from . import policy  # noqa: F401  declares the fields
        from .conformity import PIECES
        from .waiting import ANSWER, answers_awaited, to_answer
        from .web.room import minutes_part, minutes_room

        guard("minutes_minutes", when="OLD.state = 'agreed'")
        guard("minutes_coacheecopy", when="OLD.final")
        guard("minutes_organisationcopy", when="OLD.final")
        guard("minutes_agreedminutes")
        guard("minutes_agreedside")
        register_room(minutes_room)
        register_part(minutes_part)
        register_awaited(answers_awaited, {ANSWER: to_answer})
        register_evidence(*PIECES)

        from coaching.kernel.personal import register_holding

        from .holdings import ALL_HELD

        register_holding(*ALL_HELD)
