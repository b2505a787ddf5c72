from django.db import migrations

from coaching.vault.row_security import KEY_POLICIES, KEY_TABLES, policies


class Migration(migrations.Migration):
    dependencies = [("vault", "0004_recipients")]

    operations = [migrations.RunPython(*policies(KEY_TABLES, KEY_POLICIES))]
