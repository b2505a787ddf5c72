from datetime import timedelta

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "ethics.supervision"
    label = "supervision"

    def ready(self):
        from coaching.jobs.services import register
        from coaching.kernel.evidence import register_evidence
        from coaching.kernel.personal import register_holding

        from . import gates, policy  # noqa: F401  registers the gate, declares the fields
        from .conformity import PIECES
        from .holdings import ALL_HELD
        from .services.attesting import ATTESTATION_JOB
        from .services.documents import attestation_job
        from .services.notices import notify

        register(ATTESTATION_JOB, attestation_job)
        register("supervision.notify", lambda task: notify(), every=timedelta(days=1))

        register_evidence(*PIECES)

        register_holding(*ALL_HELD)
