"""Who reads what a coach takes to supervision, and of the supervisions themselves.

The words are their author's alone. That a supervision took place, when and how long, the practice's administrator reads too
(article Supervision); with whom and about what, they do not.
"""

from django.db.models import Q

from coaching.kernel.registry import Confidence, Reader, declare, declare_section, plumbing
from coaching.kernel.viewer import Portal

POINT_PLACE = "supervision.SupervisionPoint.sealed_ref"

LEARNING_PLACE = "supervision.SupervisionSession.learning_ref"

OWN = {Portal.COACH: lambda v: Q(practice_id=v.practice_id, coach_id=v.user_id)}
POINT_RULES = SUPERVISOR_RULES = RECORD_RULES = OWN
SESSION_RULES = {**OWN, Portal.PRACTICE: lambda v: Q(practice_id=v.practice_id)}

plumbing(
    "supervision.SupervisionPoint",
    "id ref practice coach note state number written_at changed_at treated_at brought_on session",
)
declare("supervision.SupervisionPoint", "sealed_ref", Confidence.SECRET, Reader.COACH)

plumbing(
    "supervision.Supervisor",
    "id ref practice coach relation form language agreed_from agreed_until created_at ended_at",
)
declare("supervision.Supervisor", "name email credentials", Confidence.OPERATIONS, Reader.COACH)
plumbing(
    "supervision.SupervisionSession",
    "id ref practice coach supervisor held_on minutes form state number recorded_at asked_at attested_at contested_at "
    "dropped_at document",
)
declare("supervision.SupervisionSession", "learning_ref", Confidence.SECRET, Reader.COACH)
declare("supervision.SupervisionSession", "attested_name contested_with", Confidence.OPERATIONS, Reader.COACH)
plumbing("supervision.AttestationLink", "id session token_hash sent_at expires_at used_at revoked_at")
plumbing(
    "supervision.SupervisionRule",
    "id practice preset coaching_hours hours_a_year hours_a_quarter group_share attest_within",
)
plumbing("supervision.StricterRule", "id practice coach coaching_hours")
plumbing("supervision.Notice", "id practice coach level at")
plumbing("supervision.YearRecord", "id ref practice coach year document made_at")

declare_section("supervision.dates", Reader.COACH)
declare_section("supervision.held", Reader.COACH, Reader.ADMINISTRATOR)
declare_section("supervision.rule", Reader.MEMBERS)
