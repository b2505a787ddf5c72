from django.db import migrations

from coaching.vault.row_security import ERASING, policies

on, off = policies((), ERASING)


class Migration(migrations.Migration):
    """The author of a text may erase it: a note, or what was kept while it was being typed."""

    dependencies = [("vault", "0006_audience_of_the_coachee")]
    operations = [migrations.RunPython(on, off)]
