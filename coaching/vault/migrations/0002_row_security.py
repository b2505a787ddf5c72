from django.db import migrations

from coaching.vault.row_security import disable, enable


class Migration(migrations.Migration):
    dependencies = [("vault", "0001_initial")]

    operations = [migrations.RunPython(enable, disable)]
