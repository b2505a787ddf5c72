from django.db import migrations

from coaching.journal.triggers import purgeable
from coaching.restitutions.row_security import COACH
from coaching.vault.row_security import policies

# As it was on that day: a table guarded later gives way in a migration of its own.
PURGEABLE = {
    "closings_acknowledgement": "",
    "closings_look": "",
    "closings_partyletter": "OLD.document_id IS NOT NULL",
    "closings_satisfaction": "",
    "consents_consent": "OLD.ended_at IS NOT NULL",
    "contracts_contract": "OLD.state = 'sealed'",
    "contracts_contractversion": "",
    "contracts_earlystart": "",
    "contracts_information": "",
    "contracts_informationreceipt": "",
    "contracts_sealedcontract": "",
    "contracts_signature": "",
    "contracts_withdrawal": "",
    "development_shownsheet": "",
    "disclosures_disclosure": "",
    "documents_document": "",
    "handover_handover": "OLD.ended_at IS NOT NULL",
    "handover_handoverrecord": "",
    "minutes_agreedminutes": "",
    "minutes_agreedside": "",
    "minutes_coacheecopy": "OLD.final",
    "minutes_minutes": "OLD.state = 'agreed'",
    "minutes_organisationcopy": "OLD.final",
    "openings_opening": "",
    "restitutions_receipt": "",
    "restitutions_releasedrestitution": "",
    "restitutions_restitutiontext": "",
}

# A released restitution is there for its coach; while a purge is under way, and then alone, it may also be deleted.
PURGE = (
    f"CREATE POLICY purge ON restitutions_releasedrestitution FOR DELETE USING ({COACH}"  # noqa: S608  constants
    " AND EXISTS (SELECT 1 FROM journal_lifting))",
)


class Migration(migrations.Migration):
    """Once the time of a mission's file is over, its rows may go: guards give way to a purge, in its own transaction alone."""

    dependencies = [
        ("personal", "0001_initial"),
        ("journal", "0003_lifting"),
        ("closings", "0002_guards"),
        ("consents", "0007_guard_once_more"),
        ("contracts", "0009_leaning_guards"),
        ("development", "0003_append_only"),
        ("disclosures", "0002_append_only"),
        ("documents", "0002_append_only"),
        ("handover", "0002_guards"),
        ("minutes", "0002_guards"),
        ("openings", "0003_letters"),
        ("restitutions", "0002_guards"),
    ]
    operations = [
        migrations.RunPython(*purgeable(PURGEABLE)),
        migrations.RunPython(*policies((), PURGE)),
    ]
