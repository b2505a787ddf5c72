from django.db import migrations

from coaching.journal.triggers import append_only
from coaching.restitutions.row_security import POLICIES, TABLES
from coaching.vault.row_security import policies


class Migration(migrations.Migration):
    """What was worded, released and read stays as it was; on PostgreSQL, what was released is there for its readers alone."""

    dependencies = [("restitutions", "0001_initial"), ("clients", "0001_initial")]
    operations = [
        migrations.RunPython(*append_only("restitutions_restitutiontext")),
        migrations.RunPython(*append_only("restitutions_releasedrestitution")),
        migrations.RunPython(*append_only("restitutions_receipt")),
        migrations.RunPython(*policies(TABLES, POLICIES)),
    ]
