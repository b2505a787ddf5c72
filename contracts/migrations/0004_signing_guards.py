from django.db import migrations

from coaching.journal.triggers import append_only


class Migration(migrations.Migration):
    """A signature is written once; a contract that is sealed is no longer changed or deleted by anyone."""

    dependencies = [("contracts", "0004_signing")]
    operations = [
        migrations.RunPython(*append_only("contracts_signature")),
        migrations.RunPython(*append_only("contracts_contract", when="OLD.state = 'sealed'")),
    ]
