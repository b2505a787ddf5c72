"""Who reads what a coach takes to supervision: its author alone, behind their own portal."""

from django.db.models import Q

from coaching.kernel.registry import Confidence, Reader, declare, declare_section, plumbing
from coaching.kernel.viewer import Portal

POINT_PLACE = "supervision.SupervisionPoint.sealed_ref"

POINT_RULES = {Portal.COACH: lambda v: Q(practice_id=v.practice_id, coach_id=v.user_id)}

plumbing(
    "supervision.SupervisionPoint",
    "id ref practice coach note state number written_at changed_at treated_at brought_on",
)
declare("supervision.SupervisionPoint", "sealed_ref", Confidence.SECRET, Reader.COACH)
declare_section("supervision.dates", Reader.COACH)
