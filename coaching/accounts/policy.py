"""Who may read what of accounts and practices."""

from django.db.models import Q

from coaching.kernel.registry import Confidence, Reader, declare, plumbing
from coaching.kernel.viewer import Portal

PRACTICE_RULES = {
    Portal.COACH: lambda v: Q(pk=v.practice_id),
    Portal.PRACTICE: lambda v: Q(pk=v.practice_id),
}
MEMBER_RULES = {Portal.PRACTICE: lambda v: Q(practice_id=v.practice_id)}
INVITATION_RULES = {Portal.PRACTICE: lambda v: Q(practice_id=v.practice_id, purpose="membership")}

plumbing("accounts.User", "id ref password last_login language theme is_active date_joined")
declare("accounts.User", "email name", Confidence.OPERATIONS, Reader.OWN, Reader.ADMINISTRATOR)
plumbing(
    "accounts.Practice", "id ref language vat_regime vat_rate smallest_group development_hours created_at"
)
declare("accounts.Practice", "name", Confidence.PUBLIC, Reader.ANYONE)
declare(
    "accounts.Practice",
    "legal_form siret vat_number address city email phone insurance recourse_name recourse_contact mediator_name "
    "mediator_contact",
    Confidence.OPERATIONS,
    Reader.MEMBERS,
    Reader.COACH,
    Reader.COACHEE,
    Reader.SPONSOR,
    Reader.MANAGER,
    Reader.ADMINISTRATOR,
)
plumbing("accounts.Membership", "id ref practice user is_coach is_administrator joined_at left_at")
plumbing(
    "accounts.Invitation",
    "id ref practice purpose target_ref language as_coach as_administrator token_hash invited_by created_at "
    "expires_at used_at used_by revoked_at",
)
declare(
    "accounts.Invitation", "email name", Confidence.OPERATIONS, Reader.ADMINISTRATOR, Reader.COACH, Reader.OWN
)
plumbing("accounts.KeptForm", "id user page handed_over browser saved_at")
# Sealed, bound to its author and its page; shown in the very form they typed it in, and nowhere else.
declare("accounts.KeptForm", "sealed", Confidence.SECRET, Reader.OWN)
