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
