from django.db import migrations
from django.db.models import F


def confirm(apps, schema_editor):
    """What was published before rests on the evidence of its numbers, as it did: nothing is left to be decided."""
    apps.get_model("charter", "CharterVersion").unscoped.filter(mapped_at=None).update(
        mapped_at=F("published_at"), mapped_by=F("published_by")
    )


class Migration(migrations.Migration):
    dependencies = [("charter", "0002_mapping")]
    operations = [migrations.RunPython(confirm, migrations.RunPython.noop)]
