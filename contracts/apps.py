from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "contracts"
    label = "contracts"

    def ready(self):
        from coaching.documents.lookups import register_lookup
        from coaching.journal.triggers import guard
        from coaching.missions.web.steps import register_room

        from . import gates, policy  # noqa: F401  registers the gates, declares the fields
        from .sealed import sealed_contract
        from .web.room import contract_room

        guard("contracts_contractversion")
        guard("contracts_sealedcontract")
        register_lookup("contracts", sealed_contract)
        register_room(contract_room)
