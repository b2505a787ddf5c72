"""Who reads an hours log: its coach alone. The administrator sets the figures, and reads no hour."""

from django.db.models import Q

from coaching.kernel.registry import Confidence, Reader, declare, declare_section, plumbing
from coaching.kernel.viewer import Portal

PART_PLACE = "hours.LogPart.sealed_ref"

OWN_RULES = {Portal.COACH: lambda v: Q(practice_id=v.practice_id, coach_id=v.user_id)}
OWN_PART_RULES = {Portal.COACH: lambda v: Q(source__practice_id=v.practice_id, source__coach_id=v.user_id)}
OWN_APPLIED_RULES = {Portal.COACH: lambda v: Q(letter__practice_id=v.practice_id, letter__coach_id=v.user_id)}
SETTING_RULES = {
    Portal.COACH: lambda v: Q(practice_id=v.practice_id),
    Portal.PRACTICE: lambda v: Q(practice_id=v.practice_id),
}

plumbing(
    "hours.HoursImport",
    "id ref practice coach state problem month_first columns line_count good_count kept_count received_at read_at "
    "kept_at ended_at",
)
plumbing("hours.ImportPart", "id source kind number")
declare("hours.ImportPart", "sealed", Confidence.SECRET, Reader.COACH)
plumbing("hours.LogPart", "id ref source number")
declare("hours.LogPart", "sealed_ref", Confidence.SECRET, Reader.COACH)
plumbing(
    "hours.VerificationLetter",
    "id ref practice coach issued_on starts_on ends_on paid_minutes pro_bono_minutes clients number recorded_at",
)
declare("hours.VerificationLetter", "issuer contact", Confidence.SHARED, Reader.COACH)
plumbing("hours.LetterMission", "id letter mission")
plumbing("hours.HoursRules", "id practice largest_group figures changed_at")
declare_section("hours.log", Reader.COACH)
declare_section("hours.rules", Reader.MEMBERS)
