import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models

import coaching.kernel.refs
from coaching.journal.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0002_versions_append_only"),
        ("documents", "0002_append_only"),
        ("journal", "0002_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="SealedContract",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", coaching.kernel.refs.RefField(prefix="SC")),
                ("evidence", models.TextField()),
                ("certificate", models.CharField(max_length=64)),
                ("timestamped", models.BooleanField(default=False)),
                ("sealed_at", models.DateTimeField()),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="contracts.contract",
                        unique=True,
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="documents.document",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="contracts.contractversion",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "unscoped",
            },
            managers=[
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.RunPython(*append_only("contracts_sealedcontract")),
    ]
