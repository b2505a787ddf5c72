from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_smallest_group")]

    operations = [
        migrations.AddConstraint(
            model_name="practice",
            constraint=models.CheckConstraint(
                condition=models.Q(("smallest_group__gte", 3)), name="practice_smallest_group"
            ),
        ),
    ]
