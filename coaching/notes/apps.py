from django.apps import AppConfig


class NotesConfig(AppConfig):
    name = "coaching.notes"

    def ready(self):
        from coaching.missions.web.steps import register_room
        from coaching.sessions.web.parts import register_part

        from . import policy  # noqa: F401  declares the fields
        from .web.room import notes_part, notes_room

        register_room(notes_room)
        register_part(notes_part)

        from coaching.kernel.personal import register_holding

        from .holdings import ALL_HELD

        register_holding(*ALL_HELD)
