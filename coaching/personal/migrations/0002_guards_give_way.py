from django.db import migrations

from coaching.journal.triggers import purgeable
from coaching.personal.guards import PURGEABLE
from coaching.restitutions.row_security import COACH
from coaching.vault.row_security import policies

# A released restitution is there for its coach; while a purge is under way, and then alone, it may also be deleted.
PURGE = (
    f"CREATE POLICY purge ON restitutions_releasedrestitution FOR DELETE USING ({COACH}"  # noqa: S608  constants
    " AND EXISTS (SELECT 1 FROM journal_lifting))",
)


class Migration(migrations.Migration):
    """Once the time of a mission's file is over, its rows may go: guards give way to a purge, in its own transaction alone."""

    dependencies = [
        ("personal", "0001_initial"),
        ("journal", "0003_lifting"),
        ("closings", "0002_guards"),
        ("consents", "0007_guard_once_more"),
        ("contracts", "0009_leaning_guards"),
        ("development", "0003_append_only"),
        ("disclosures", "0002_append_only"),
        ("documents", "0002_append_only"),
        ("handover", "0002_guards"),
        ("minutes", "0002_guards"),
        ("openings", "0003_letters"),
        ("restitutions", "0002_guards"),
    ]
    operations = [
        migrations.RunPython(*purgeable(PURGEABLE)),
        migrations.RunPython(*policies((), PURGE)),
    ]
