"""The closed vocabularies of a contract: sections, kinds, languages, what its clauses may depend on."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Section(TextChoices):
    """The sections of a contract, in the order in which they are read and numbered."""

    PARTIES = "parties", _("Parties")
    PREAMBLE = "preamble", _("Preamble and requests")
    OBJECTIVES = "objectives", _("Purpose and objectives")
    CONDITIONS = "conditions", _("Conditions and modalities")
    ROLES = "roles", _("Roles and commitments")
    CONFIDENTIALITY = "confidentiality", _("Confidentiality")
    RESTITUTION = "restitution", _("Restitution")
    SUPERVISION = "supervision", _("Supervision")
    FEES = "fees", _("Fees")
    CANCELLATION = "cancellation", _("Postponement and cancellation")
    SUSPENSION = "suspension", _("Pause and stop")
    PERSONAL_DATA = "personal_data", _("Personal data")
    RECOURSE = "recourse", _("Recourse")
    WITHDRAWAL = "withdrawal", _("Right of withdrawal")
    APPLICABLE_LAW = "applicable_law", _("Applicable law")
    SIGNATURES = "signatures", _("Annexes and signatures")


class Part(TextChoices):
    """What stands round the clauses of a document that leans on a contract: written for it, never a clause of its own."""

    SUBJECT = "subject", _("Subject")
    CLOSING = "closing", _("Effect and signatures")


# Every place of a document that can be pointed at, in reading order.
PLACES = (Part.SUBJECT, *Section, Part.CLOSING)
PLACE_CHOICES = [(place.value, place.label) for place in PLACES]


class Instrument(TextChoices):
    """What a document does: it makes the contract, amends it, or is one coachee's adhesion to a framework."""

    CONTRACT = "contract", _("Contract")
    AMENDMENT = "amendment", _("Amendment")
    ADHESION = "adhesion", _("Adhesion")


class ContractKind(TextChoices):
    """Who stands at the table: an organisation with one coachee or a team, or a coachee alone."""

    TRIPARTITE = "tripartite", _("Tripartite contract")
    FRAMEWORK = "framework", _("Framework contract for several coachees")
    INDIVIDUAL = "individual", _("Contract paid by the coachee")


class Language(TextChoices):
    """The language a contract is written in; it never follows the reader's own."""

    FRENCH = "fr", _("French")
    ENGLISH = "en", _("English")


class Condition(TextChoices):
    """What may make one text apply rather than another within the same kind of contract."""

    CONSUMER = "consumer", _("The coachee pays as a consumer")
    PROFESSIONAL = "professional", _("The coachee pays for their professional activity")
    DISTANCE = "distance", _("The contract is concluded at a distance or off premises")


class PlaceholderKind(TextChoices):
    """What a placeholder stands for; only a block carries Markdown of its own."""

    TEXT = "text", _("Text")
    DATE = "date", _("Date")
    MONEY = "money", _("Amount")
    NUMBER = "number", _("Number")
    BLOCK = "block", _("Block")


class Severity(TextChoices):
    """An error holds the contract back; a warning is the coach's to weigh."""

    ERROR = "error", _("To correct")
    WARNING = "warning", _("To look at")


class CommentKind(TextChoices):
    """What a party asks by writing about a clause: nothing, or that it change."""

    COMMENT = "comment", _("A comment")
    CHANGE = "change", _("I ask for a change")


class CommentAudience(TextChoices):
    """Whom the author of a comment lets read it; the coach always does."""

    COACH = "coach", _("The coach alone")
    TABLE = "table", _("Everyone at the table")


class Outcome(TextChoices):
    """What the coach did of a comment: took it into the next version, or explained why not."""

    ACCEPTED = "accepted", _("Accepted")
    EXPLAINED = "explained", _("Explained")


class ContractState(TextChoices):
    DRAFT = "draft", _("Draft")
    REVIEW = "review", _("In review")
    SIGNING = "signing", _("Awaiting signatures")
    SIGNED = "signed", _("Signed, being sealed")
    SEALED = "sealed", _("Sealed")
    DECLINED = "declined", _("Declined by a signatory")
    WITHDRAWN = "withdrawn", _("Withdrawn")


ENDED = (ContractState.DECLINED, ContractState.WITHDRAWN)  # another contract can be drafted
OVER = (*ENDED, ContractState.SEALED)  # nothing moves in it any more
SENT = (ContractState.SIGNING, ContractState.SIGNED, ContractState.SEALED)


class SigningOrder(TextChoices):
    """Who may sign when."""

    ANY = "any", _("In any order")
    COACH_FIRST = "coach_first", _("The coach first, then coachee, manager, sponsor, one after the other")
    COACH_LAST = "coach_last", _("Coachee, manager, sponsor one after the other, then the coach")


class SignatoryRole(TextChoices):
    COACH = "coach", _("Coach")
    COACHEE = "coachee", _("Coachee")
    SPONSOR = "sponsor", _("Sponsor")
    MANAGER = "manager", _("Manager")


class Closing(TextChoices):
    """Why a signing round is over."""

    COMPLETE = "complete", _("Signed by all")
    REPLACED = "replaced", _("Taken back to draft")
    DECLINED = "declined", _("Declined by a signatory")
    WITHDRAWN = "withdrawn", _("Withdrawn by the coach")
    EXPIRED = "expired", _("Expired")


class Channel(TextChoices):
    """How it was proved, at the moment of signing, that it was this person."""

    EMAIL = "email", _("Code sent by e-mail")
    TOTP = "totp", _("Code of the account’s second factor")


class Medium(TextChoices):
    ON_SITE = "on_site", _("Face to face")
    VIDEO = "video", _("Video call")
    PHONE = "phone", _("Telephone")


class ScopeItem(TextChoices):
    """What a restitution may carry, item by item; the closed list of the charter's article 15 in practice."""

    ATTENDANCE = "attendance", _("Number of sessions held")
    COMMON_OBJECTIVES = "common_objectives", _("Common objectives and progress on them")
    MEANS = "means", _("Means used")
    ORGANISATION = "organisation", _("Observations on the organisation, never on a person")
    SUPPORT = "support", _("Support asked of the organisation")
    NEXT_STEPS = "next_steps", _("Next steps")
    FREE_TEXT = "free_text", _("Free text, read and agreed each time")
