from django.apps import AppConfig


class MissionsConfig(AppConfig):
    name = "coaching.missions"
    label = "missions"

    def ready(self):
        from coaching.accounts.access import register_chairs
        from coaching.clients.moves import Leaving, register_leaving
        from coaching.clients.services import on_seat_taken
        from coaching.kernel.evidence import register_evidence

        from . import gates, policy, waiting  # noqa: F401  registers gates and who is awaited, declares the fields
        from .access import seat_chairs
        from .conformity import PIECES
        from .services.moving import leave, seats_at
        from .services.seats import open_compartments

        register_chairs(seat_chairs)
        on_seat_taken(open_compartments)
        register_leaving(Leaving(seats_at, leave))
        register_evidence(*PIECES)

        from coaching.kernel.personal import register_holding

        from .holdings import ALL_HELD

        register_holding(*ALL_HELD)
