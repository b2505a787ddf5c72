from django.db import migrations

from coaching.journal.triggers import append_only


class Migration(migrations.Migration):
    """What a consumer was told, said and asked is written once."""

    dependencies = [("contracts", "0006_consumers")]
    operations = [
        migrations.RunPython(*append_only(f"contracts_{table}"))
        for table in ("information", "informationreceipt", "earlystart", "withdrawal")
    ]
