from django.db import migrations

from coaching.journal.triggers import append_only


class Migration(migrations.Migration):
    """What is sealed, contract, amendment or adhesion, is again beyond everybody's reach."""

    dependencies = [("contracts", "0008_leaning")]
    operations = [migrations.RunPython(*append_only("contracts_contract", when="OLD.state = 'sealed'"))]
