"""Taking down by value what an attestation or a yearly record says."""

from datetime import date

from django.utils import timezone

from coaching.accounts.access import practice_by_id
from coaching.accounts.models import User
from coaching.kernel.viewer import Viewer
from coaching.sessions.access import minutes_between

from .access import points_for, supervisions_for
from .enums import SupervisionState
from .models import SupervisionSession
from .snapshots import FrozenAttestation, FrozenSupervision, FrozenYear
from .standing import figures_of, rule_here


def attestation_of(session: SupervisionSession) -> FrozenAttestation:
    supervisor = session.supervisor
    return FrozenAttestation(
        reference=session.ref,
        language=supervisor.language,
        practice=session.practice.name,
        coach=session.coach.name,
        supervisor=session.attested_name,
        held_on=session.held_on,
        minutes=session.minutes,
        form=session.form,
        attested_at=session.attested_at,
    )


def record_of(viewer: Viewer, coach: User, year: int) -> FrozenYear:
    """The year of a coach as it stands today: what was contested or withdrawn is not in it."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    rule = figures_of(rule_here(viewer.practice_id))
    rows = supervisions_for(viewer).filter(held_on__range=(first, last))
    return FrozenYear(
        language=coach.language,
        practice=practice_by_id(viewer.practice_id).name,
        coach=coach.name,
        year=year,
        made_on=timezone.localdate(),
        coached=minutes_between(viewer, first, last),
        asked=rule.coaching_hours,
        group_share=rule.group_share,
        points=points_for(viewer).filter(brought_on__range=(first, last)).count(),
        supervisions=tuple(
            _line(row) for row in rows.exclude(state=SupervisionState.CONTESTED).order_by("held_on", "pk")
        ),
    )


def _line(row: SupervisionSession) -> FrozenSupervision:
    attested = timezone.localdate(row.attested_at) if row.state == SupervisionState.ATTESTED else None
    return FrozenSupervision(row.held_on, row.minutes, row.form, row.supervisor.name, attested)
