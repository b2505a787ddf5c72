"""The world of the rules, further on: what the coach takes to supervision, with whom, and what became of each supervision."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from coaching.kernel.tokens import hash_token
from ethics.supervision.access import link_by_hash
from ethics.supervision.models import SupervisionPoint, SupervisionSession, Supervisor, YearRecord
from ethics.supervision.services import attesting, documents, points, sessions, supervisors
from ethics.supervision.services.links import make
from tests import stand_ins
from tests.world import World

PATH = "supervision.SupervisionPoint.sealed_ref"
LEARNING = "supervision.SupervisionSession.learning_ref"


@dataclass
class Supervised:
    open: SupervisionPoint  # from the note of the rules
    brought: SupervisionPoint
    supervisor: Supervisor
    recorded: SupervisionSession
    asked: SupervisionSession
    attested: SupervisionSession
    contested: SupervisionSession
    year: YearRecord
    token: str  # of the link that is out


def extend(w: World) -> Supervised:
    first = points.write(w.coach, w.plant(PATH, "coach"), note=w.notes.note).point
    second = points.write(w.coach, w.plant(PATH, "coach")).point
    brought = points.treat(w.coach, second, timezone.localdate())
    supervisor = _supervisor(w)
    recorded, asked, attested, contested = (_session(w, supervisor, ago) for ago in (10, 20, 40, 50))
    by, name = _answered(w, attested), w.plant("supervision.SupervisionSession.attested_name", "coach")
    attested = attesting.attest(by, name)
    (documents.make_attestation if w.rendered else stand_ins.attestation)(attested)
    attested.refresh_from_db()
    words = w.plant("supervision.SupervisionSession.contested_with", "coach")
    contested = attesting.contest(_answered(w, contested), words)
    asked, token = _asked(w, asked)
    make_year = documents.make_record if w.rendered else stand_ins.supervision_year
    year = make_year(w.coach, timezone.localdate().year)
    return Supervised(first, brought, supervisor, recorded, asked, attested, contested, year, token)


def _supervisor(w: World) -> Supervisor:
    said = {
        "name": w.plant("supervision.Supervisor.name", "coach"),
        "email": f"{w.plant('supervision.Supervisor.email', 'coach')}@canary.test",
        "credentials": w.plant("supervision.Supervisor.credentials", "coach"),
    }
    return supervisors.save_supervisor(w.coach, None, said)


def _session(w: World, supervisor: Supervisor, ago: int) -> SupervisionSession:
    said = {"held_on": timezone.localdate() - timedelta(days=ago), "minutes": 90, "form": "individual"}
    return sessions.record(w.coach, supervisor, said, text=w.plant(LEARNING, "coach"))[0]


def _asked(w: World, row: SupervisionSession) -> tuple[SupervisionSession, str]:
    """With a link whose token the tests hold."""
    row = attesting.ask(w.coach, row)
    return row, make(row)


def _answered(w: World, row: SupervisionSession):
    return link_by_hash(hash_token(_asked(w, row)[1]))
