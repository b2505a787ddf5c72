"""Append-only tables whose rows a purge may delete once their mission's time is over; never change one. Not the journal.

The condition is the one their own room guards them with.
"""

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
