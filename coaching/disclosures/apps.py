from django.apps import AppConfig


class DisclosuresConfig(AppConfig):
    name = "coaching.disclosures"
    label = "disclosures"

    def ready(self):
        from coaching.journal.triggers import guard
        from coaching.missions.web.seen import register_seen

        from . import policy  # noqa: F401  declares the fields
        from .web.seen import disclosures_seen

        guard("disclosures_disclosure")
        register_seen(disclosures_seen)

        from coaching.kernel.personal import register_holding

        from .holdings import ALL_HELD

        register_holding(*ALL_HELD)
