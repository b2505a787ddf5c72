from django.apps import AppConfig


class ClosingsConfig(AppConfig):
    name = "coaching.closings"

    def ready(self):
        from coaching.jobs.services import register
        from coaching.journal.triggers import guard
        from coaching.kernel.evidence import register_evidence
        from coaching.kernel.personal import register_holding
        from coaching.missions.access import register_mark
        from coaching.missions.waiting import register_awaited
        from coaching.missions.web.steps import register_room

        from . import gates, policy  # noqa: F401  registers gates, declares the fields
        from .conformity import PIECES
        from .holdings import ALL_HELD
        from .services.keeping import PDF_JOB, pdf_job
        from .waiting import (
            TO_ACKNOWLEDGE,
            TO_LOOK,
            asked_on,
            left_to_look,
            letters_unread,
            objectives_unseen,
            to_acknowledge,
            to_look,
        )
        from .web.room import closings_room

        guard("closings_partyletter", when="OLD.document_id IS NOT NULL")
        for table in ("acknowledgement", "look", "satisfaction"):
            guard(f"closings_{table}")
        register(PDF_JOB, pdf_job)
        register_evidence(*PIECES)
        register_holding(*ALL_HELD)
        register_room(closings_room)
        register_mark("closing", asked_on)
        register_mark("look", left_to_look)
        register_awaited(letters_unread, {TO_ACKNOWLEDGE: to_acknowledge})
        register_awaited(objectives_unseen, {TO_LOOK: to_look})
