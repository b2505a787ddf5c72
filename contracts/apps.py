from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "contracts"
    label = "contracts"

    def ready(self):
        from coaching.journal.triggers import guard
        from coaching.missions.waiting import register_awaited
        from coaching.missions.web.steps import register_room

        from . import gates, policy  # noqa: F401  registers the gates, declares the fields
        from .waiting import reading_awaited
        from .web.room import contract_room

        guard("contracts_contractversion")
        register_room(contract_room)
        register_awaited(reading_awaited)
