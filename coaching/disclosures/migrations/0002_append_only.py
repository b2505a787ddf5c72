from django.db import migrations

from coaching.journal.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("disclosures", "0001_initial"), ("journal", "0002_append_only")]
    operations = [migrations.RunPython(*append_only("disclosures_disclosure"))]
