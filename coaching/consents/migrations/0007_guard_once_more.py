from django.db import migrations

from coaching.journal.triggers import append_only

put_on, take_off = append_only("consents_consent", when="OLD.ended_at IS NOT NULL")


class Migration(migrations.Migration):
    """As after the change before: an engine that remakes a table to change it has lost the guard on the way."""

    dependencies = [("consents", "0006_listing")]
    operations = [
        migrations.RunPython(take_off, migrations.RunPython.noop),
        migrations.RunPython(put_on, migrations.RunPython.noop),
    ]
