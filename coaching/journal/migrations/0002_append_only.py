from django.db import migrations

from coaching.journal.triggers import append_only

forwards, backwards = append_only("journal_event")


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [migrations.RunPython(forwards, backwards)]
