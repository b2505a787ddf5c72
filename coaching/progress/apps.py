from django.apps import AppConfig


class ProgressConfig(AppConfig):
    name = "coaching.progress"

    def ready(self):
        from coaching.kernel.evidence import register_evidence
        from coaching.missions.web.steps import register_room
        from coaching.sessions.web.parts import register_part

        from . import policy  # noqa: F401  declares the fields
        from .conformity import PIECES
        from .web.room import means_part, progress_room

        register_room(progress_room)
        register_part(means_part)
        register_evidence(*PIECES)

        from coaching.kernel.personal import register_holding

        from .holdings import ALL_HELD

        register_holding(*ALL_HELD)
