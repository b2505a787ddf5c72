from django.db import models
from django.utils.translation import gettext_lazy as _


class Source(models.TextChoices):
    """Where a line of the log comes from."""

    HELD = "held", _("Sessions held here")
    IMPORTED = "imported", _("Imported")
    LETTER = "letter", _("Verification letter")


class ImportState(models.TextChoices):
    """How far a file has come. Nothing of it counts before ``KEPT``."""

    RECEIVED = "received", _("Being read")
    COLUMNS = "columns", _("Columns to be named")
    READ = "read", _("To be confirmed")
    UNREADABLE = "unreadable", _("Could not be read")
    KEPT = "kept", _("In the log")
    DISCARDED = "discarded", _("Not kept")
    TAKEN_BACK = "taken_back", _("Taken back out of the log")


class PartKind(models.TextChoices):
    """What of a file waits for its coach."""

    FILE = "file"
    LINES = "lines"
    WRONG = "wrong"


class Column(models.TextChoices):
    """The columns of a log, in the order ICF gives them."""

    CLIENT = "client", _("Client name")
    CONTACT = "contact", _("Contact")
    KIND = "kind", _("Individual or group")
    GROUP = "group", _("Number in group")
    START = "start", _("Start date")
    END = "end", _("End date")
    PAID = "paid", _("Paid hours")
    PRO_BONO = "pro_bono", _("Pro-bono hours")


class Fault(models.TextChoices):
    """What is wrong with a cell, or with a line."""

    FORMULA = "formula", _("A formula is never computed here: type the value itself.")
    NO_CLIENT = "no_client", _("The client’s name is missing.")
    TOO_LONG = "too_long", _("This text is too long.")
    WRONG_DATE = "wrong_date", _("This is no date: write day/month/year, such as 31/12/2024.")
    NO_DATE = "no_date", _("The start date is missing.")
    FUTURE = "future", _("This day has not come yet.")
    TOO_EARLY = "too_early", _("This day lies too far back.")
    ENDS_BEFORE = "ends_before", _("The end date is before the start date.")
    WRONG_HOURS = "wrong_hours", _("This is no number of hours: write 1.5, 1 h 30 or 90 min.")
    NEGATIVE = "negative", _("Hours cannot be negative.")
    NO_HOURS = "no_hours", _("The line has no hours.")
    TOO_MANY = "too_many", _("There are more hours than the period has.")
    WRONG_KIND = "wrong_kind", _("Write “individual” or “group”.")
    WRONG_NUMBER = "wrong_number", _("The number in the group is a whole number, of 1 at least.")
    NO_NUMBER = "no_number", _("A group needs its number of people.")
    ALONE = "alone", _("An individual line cannot have several people in the group.")
    TWICE = "twice", _("The same line stands above in the file.")
    THERE = "there", _("This line is in your log already.")


class Problem(models.TextChoices):
    """Why a file could not be read at all. Said of the whole file, with what to do."""

    NOT_A_TABLE = (
        "not_a_table",
        _("This is neither a CSV nor an XLSX file. Save your table as one of them and send it again."),
    )
    OLD_EXCEL = (
        "old_excel",
        _("This is a workbook of the old XLS format. Save it as XLSX or CSV and send it again."),
    )
    DAMAGED = "damaged", _("The file is damaged: it could not be opened. Save it again and send it again.")
    TOO_BIG_INSIDE = (
        "too_big_inside",
        _(
            "The workbook holds far more than a table of hours. Copy the lines into a new workbook and send that one."
        ),
    )
    TOO_MANY_LINES = "too_many_lines", _("The file has too many lines. Split it and send each part.")
    EMPTY = "empty", _("The file has no line.")
