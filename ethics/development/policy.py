"""Qualifications are the coach's own to keep; every client of theirs may read them."""

from django.db.models import Q

from coaching.kernel.registry import Confidence, Reader, declare, declare_section, plumbing
from coaching.kernel.viewer import Portal

OWN = {Portal.COACH: lambda v: Q(practice_id=v.practice_id, coach_id=v.user_id)}

plumbing(
    "development.Qualification", "id ref practice coach obtained_on hours expires_on created_at removed_at"
)
declare(
    "development.Qualification",
    "title body",
    Confidence.SHARED,
    Reader.COACH,
    Reader.COACHEE,
    Reader.SPONSOR,
    Reader.MANAGER,
)
declare_section("development.year", Reader.COACH)
