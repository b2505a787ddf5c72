from django.db import migrations

from coaching.journal.triggers import append_only


class Migration(migrations.Migration):
    """What was written to a party, read by them, looked at and answered stays as it was; a letter, once its PDF is there."""

    dependencies = [("closings", "0001_initial")]
    operations = [
        migrations.RunPython(*append_only("closings_partyletter", when="OLD.document_id IS NOT NULL")),
        migrations.RunPython(*append_only("closings_acknowledgement")),
        migrations.RunPython(*append_only("closings_look")),
        migrations.RunPython(*append_only("closings_satisfaction")),
    ]
