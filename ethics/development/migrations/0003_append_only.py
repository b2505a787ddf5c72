from django.db import migrations

from coaching.journal.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("development", "0002_competence"), ("journal", "0002_append_only")]
    operations = [migrations.RunPython(*append_only("development_shownsheet"))]
