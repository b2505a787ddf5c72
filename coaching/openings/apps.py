from django.apps import AppConfig


class OpeningsConfig(AppConfig):
    name = "coaching.openings"
    label = "openings"

    def ready(self):
        from coaching.journal.triggers import guard
        from coaching.kernel.openings import install_sink
        from coaching.missions.web.seen import register_seen

        from . import policy  # noqa: F401  declares the fields
        from .services import keep
        from .web.seen import openings_seen

        guard("openings_opening")
        install_sink(keep)
        register_seen(openings_seen)

        from coaching.kernel.personal import register_holding

        from .holdings import ALL_HELD

        register_holding(*ALL_HELD)
