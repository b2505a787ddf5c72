from django.db import migrations

from coaching.journal.triggers import append_only

forwards, backwards = append_only("contracts_contractversion")


class Migration(migrations.Migration):
    dependencies = [("contracts", "0001_initial"), ("journal", "0002_append_only")]

    operations = [migrations.RunPython(forwards, backwards)]
