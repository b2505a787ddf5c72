from django.apps import AppConfig


class RecourseConfig(AppConfig):
    name = "coaching.recourse"
    label = "recourse"

    def ready(self):
        from datetime import timedelta

        from coaching.accounts.access import register_chairs
        from coaching.accounts.enums import InvitationPurpose
        from coaching.accounts.services import register_acceptor
        from coaching.jobs.services import register
        from coaching.kernel.evidence import register_evidence

        from . import policy  # noqa: F401  declares the fields
        from .access import recourse_chairs
        from .conformity import PIECES
        from .services.appointing import accept
        from .services.reminding import remind

        register_chairs(recourse_chairs)
        register_acceptor(InvitationPurpose.RECOURSE, accept)
        register("recourse.remind", lambda task: remind(), every=timedelta(hours=1))
        register_evidence(*PIECES)

        from coaching.kernel.personal import register_holding

        from .holdings import ALL_HELD

        register_holding(*ALL_HELD)
