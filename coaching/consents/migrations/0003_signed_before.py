import json

from django.db import migrations

from coaching.kernel.refs import new_ref


def signed_before(apps, _editor):
    """What coachees signed before consents had a table of their own: the scope of the last sealed document that words it."""
    sealed_contracts = apps.get_model("contracts", "SealedContract")
    signatures, consents = apps.get_model("contracts", "Signature"), apps.get_model("consents", "Consent")
    rows = sealed_contracts.unscoped.filter(contract__mission__state__in=("active", "paused"))
    scopes = {}  # the last one sealed is the one that counts
    for sealed in rows.select_related("contract", "version__document").order_by("sealed_at", "pk"):
        frozen = json.loads(sealed.version.document.snapshot)
        sections = {clause["section"] for clause in frozen["clauses"]}
        if sealed.contract.instrument == "amendment" and "restitution" not in sections:
            continue
        signed = signatures.unscoped.filter(
            signatory__round__contract=sealed.contract, signatory__round__version=sealed.version
        )
        by_seat = {
            one.signatory.seat.ref: one
            for one in signed.select_related("signatory__seat__person")
            if one.signatory.seat
        }
        for scope in frozen.get("scopes", ()):
            if scope["seat"] in by_seat:
                scopes[scope["seat"], scope["addressee"]] = (by_seat[scope["seat"]], scope["items"], sealed)
    for (_seat, addressee), (signature, items, sealed) in scopes.items():
        seat = signature.signatory.seat
        if items and seat.ended_at is None:
            consents.unscoped.create(
                ref=new_ref("CN"),
                seat=seat,
                kind="restitution",
                addressee=addressee,
                items=items,
                contract=sealed.contract,
                given_by=seat.person.user,
                given_at=signature.signed_at,
            )


class Migration(migrations.Migration):
    """Missions whose contract was sealed before: their scope is a consent from now on."""

    dependencies = [
        ("consents", "0002_guard"),
        ("contracts", "0009_leaning_guards"),
        ("missions", "0005_recourse"),
    ]
    operations = [migrations.RunPython(signed_before, migrations.RunPython.noop)]
