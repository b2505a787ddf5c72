from django.db import migrations

from coaching.journal.triggers import append_only


class Migration(migrations.Migration):
    """What was handed over, or was not, stays as it was."""

    dependencies = [("handover", "0001_initial")]
    operations = [
        migrations.RunPython(*append_only("handover_handover", when="OLD.ended_at IS NOT NULL")),
        migrations.RunPython(*append_only("handover_handoverrecord")),
    ]
