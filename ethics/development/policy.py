"""Competence is the coach's own to keep; every client of theirs may read the qualifications, everyone what is published."""

from django.db.models import Q

from coaching.kernel.registry import Confidence, Reader, declare, declare_section, narrow, plumbing
from coaching.kernel.viewer import Portal, Viewer

LEARNING_PLACE = "development.DevelopmentActivity.learning_ref"
CLIENTS = (Reader.COACH, Reader.COACHEE, Reader.SPONSOR, Reader.MANAGER)
OWN = {Portal.COACH: lambda v: Q(practice_id=v.practice_id, coach_id=v.user_id)}


def _shown_to(v: Viewer) -> Q:
    return Q(practice_id=v.practice_id, shown_to_id=v.user_id, portal=v.portal.value)


SHEET_RULES = {**OWN, Portal.COACHEE: _shown_to, Portal.ORGANISATION: _shown_to}

plumbing(
    "development.Qualification", "id ref practice coach obtained_on hours expires_on created_at removed_at"
)
declare(
    "development.Qualification",
    "title body",
    Confidence.SHARED,
    *CLIENTS,
    Reader.ANYONE,
    when="published by the coach",
)
narrow("development.Qualification.title", "clients", *CLIENTS)
plumbing(
    "development.DevelopmentActivity",
    "id ref practice coach kind held_on quarters number created_at removed_at",
)
declare("development.DevelopmentActivity", "title body", Confidence.OPERATIONS, Reader.COACH)
declare("development.DevelopmentActivity", "learning_ref", Confidence.SECRET, Reader.COACH)
plumbing(
    "development.Proof",
    "id ref practice coach qualification activity kind address sha256 size pages shared added_at removed_at erased_at",
)
plumbing("development.PublicSheet", "id ref practice coach published_at ended_at")
plumbing(
    "development.ShownSheet", "id ref practice coach shown_to portal mission_ref sha256 shown_at document"
)
declare("development.ShownSheet", "shown_as content", Confidence.SHARED, Reader.COACH, Reader.OWN)
plumbing("development.Notice", "id practice coach about step day sent_at")
declare_section("development.year", Reader.COACH)
declare_section("development.proof", Reader.COACH)
declare_section("development.proof:shared", *CLIENTS)
declare_section("development.shown", Reader.COACH)
