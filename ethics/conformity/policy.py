"""Who may read how the charter is held: a coach their own, the administrator figures, references and dates."""

from django.db.models import Q

from coaching.kernel.registry import Reader, declare_section, plumbing
from coaching.kernel.viewer import Portal

TALLY_RULES = {
    Portal.COACH: lambda v: Q(practice_id=v.practice_id, coach_id=v.user_id),
    Portal.PRACTICE: lambda v: Q(practice_id=v.practice_id),
}
COACH_RULES = {
    Portal.COACH: lambda v: Q(practice_id=v.practice_id, user_id=v.user_id, is_coach=True),
    Portal.PRACTICE: lambda v: Q(practice_id=v.practice_id, is_coach=True),
}

plumbing(
    "conformity.Tally",
    "id practice coach month about article held overridden to_do not_applicable counted_at",
)
declare_section("conformity.evidence", Reader.COACH)
declare_section("conformity.figures", Reader.COACH, Reader.ADMINISTRATOR)
# Each side is shown a list of its own.
declare_section("conformity.coachee", Reader.COACH, Reader.COACHEE)
declare_section("conformity.organisation", Reader.COACH, Reader.SPONSOR, Reader.MANAGER)
