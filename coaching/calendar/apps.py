from django.apps import AppConfig


class CalendarConfig(AppConfig):
    name = "coaching.calendar"

    def ready(self):
        from coaching.jobs.services import register
        from coaching.missions.access import register_mark
        from coaching.missions.web.steps import register_room
        from coaching.sessions.web.parts import register_part

        from . import policy  # noqa: F401  declares the fields
        from .access import last_hours
        from .services.reminders import EVERY, JOB, remind_due
        from .web.room import booking_part, booking_room

        register(JOB, remind_due, every=EVERY)
        register_room(booking_room)
        register_mark("hours", last_hours)
        register_part(booking_part)

        from coaching.kernel.personal import register_holding

        from .holdings import ALL_HELD

        register_holding(*ALL_HELD)
