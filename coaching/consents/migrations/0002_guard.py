from django.db import migrations

from coaching.journal.triggers import append_only


class Migration(migrations.Migration):
    """A consent that has ended is history: what was agreed, and when it ended, no longer changes."""

    dependencies = [("consents", "0001_initial")]
    operations = [migrations.RunPython(*append_only("consents_consent", when="OLD.ended_at IS NOT NULL"))]
