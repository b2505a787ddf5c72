from django.db import migrations


def copy_members(apps, editor) -> None:
    """Members of before are recipients who wait. For the length of this statement the owner of the tables sees all."""
    forced = editor.connection.vendor == "postgresql"
    if forced:
        editor.execute("ALTER TABLE vault_member NO FORCE ROW LEVEL SECURITY")
    editor.execute(
        "INSERT INTO vault_recipient (compartment_id, user_id, waiting) SELECT compartment_id, user_id, true FROM vault_member"
    )
    if forced:
        editor.execute("ALTER TABLE vault_member FORCE ROW LEVEL SECURITY")


class Migration(migrations.Migration):
    dependencies = [("vault", "0003_personal_keys")]

    operations = [migrations.RunPython(copy_members, migrations.RunPython.noop)]
