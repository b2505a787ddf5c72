from django.db import migrations

from coaching.journal.triggers import append_only


class Migration(migrations.Migration):
    """What all agreed on is beyond everybody's reach: the text, who approved it and when, and the copies they approved."""

    dependencies = [("minutes", "0001_initial")]
    operations = [
        migrations.RunPython(*append_only("minutes_minutes", when="OLD.state = 'agreed'")),
        migrations.RunPython(*append_only("minutes_coacheecopy", when="OLD.final")),
        migrations.RunPython(*append_only("minutes_organisationcopy", when="OLD.final")),
        migrations.RunPython(*append_only("minutes_agreedminutes")),
        migrations.RunPython(*append_only("minutes_agreedside")),
    ]
