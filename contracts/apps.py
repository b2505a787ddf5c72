from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "contracts"
    label = "contracts"

    def ready(self):
        from datetime import timedelta

        from coaching.documents.lookups import register_lookup
        from coaching.jobs.services import register
        from coaching.journal.triggers import guard
        from coaching.kernel.evidence import register_evidence
        from coaching.missions.endings import register_interruption
        from coaching.missions.facts import register_fact
        from coaching.missions.policy import register_joining
        from coaching.missions.waiting import register_awaited
        from coaching.missions.web.steps import register_room

        from . import gates, policy  # noqa: F401  registers the gates, declares the fields
        from .access import READING, contracts_unread, has_yet_to_join
        from .conformity import PIECES
        from .consumers import gates as _gates  # noqa: F401
        from .consumers import policy as _policy  # noqa: F401
        from .in_force import sessions_agreed_in
        from .sealed import sealed_contract
        from .services.ending import end_with
        from .services.rounds import watch
        from .services.sealing import seal_job
        from .services.signing import SEAL_JOB
        from .waiting import to_read
        from .web.room import contract_room

        guard("contracts_contractversion")
        guard("contracts_signature")
        guard("contracts_contract", when="OLD.state = 'sealed'")
        guard("contracts_sealedcontract")
        for table in ("information", "informationreceipt", "earlystart", "withdrawal"):
            guard(f"contracts_{table}")
        register(SEAL_JOB, seal_job)
        register("contracts.watch", watch, every=timedelta(minutes=15))
        register_lookup("contracts", sealed_contract)
        register_fact("agreed", sessions_agreed_in)
        register_room(contract_room)
        register_awaited(contracts_unread, {READING: to_read})
        register_joining(has_yet_to_join)
        register_evidence(*PIECES)
        register_interruption(end_with)

        from coaching.kernel.personal import register_holding

        from .holdings import ALL_HELD

        register_holding(*ALL_HELD)
