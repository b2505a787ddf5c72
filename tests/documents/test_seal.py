"""The practice's seal: replaced by a PKCS#12 of its own, or not, with the reason in words."""

import os
from datetime import date

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import dsa, ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID as Usage

from coaching.documents import seal
from coaching.documents.rendering import render_pdf
from coaching.documents.sealing import NoSeal, seal_pdf
from coaching.documents.services import replace_seal
from coaching.documents.verifying import SealState, judge_seal
from coaching.journal.models import Event
from coaching.kernel.errors import Invalid
from coaching.kernel.refs import new_ref
from coaching.kernel.viewer import Portal, Viewer
from tests.documents.bundles import PASSWORD, bundle, certify, curve


@pytest.fixture
def viewer():
    """The administrator of a practice that has its first seal."""
    made = Viewer(1, "U-2222222222", 1, new_ref("P"), Portal.PRACTICE)
    seal.make_seal(made.practice_ref, "Cabinet d’essai")
    return made


@pytest.fixture(scope="module")
def page():
    return render_pdf(
        "<h1>Une page</h1>", title="T", language="fr", authored_on=date(2026, 11, 24), author="A", css=""
    )


def _seal(page, viewer):
    return seal_pdf(page, practice_ref=viewer.practice_ref, label="Sceau", reason="Essai")


def _own(**options):
    key = options.pop("key", None) or curve()
    return bundle(key, certify(key, **options))


def test_a_seal_of_ones_own_takes_the_place_of_the_first(db, viewer):
    before = seal.describe(viewer.practice_ref)
    after = replace_seal(viewer, _own(name="Cabinet à soi"), PASSWORD)
    assert seal.describe(viewer.practice_ref) == after
    assert after.subject == "Cabinet à soi"
    assert [one.fingerprint for one in seal.former(viewer.practice_ref)] == [before.fingerprint]
    event = Event.unscoped.filter(chain=viewer.practice_ref, kind="seal.replace").get()
    assert event.data == {
        "before": before.fingerprint.replace(":", ""),
        "after": after.fingerprint.replace(":", ""),
    }


@pytest.mark.parametrize("make", [
    lambda: ec.generate_private_key(ec.SECP384R1()),
    lambda: rsa.generate_private_key(65537, 2048),
], ids=["P-384", "RSA 2048"])  # fmt: skip
def test_documents_are_sealed_with_the_new_key_and_the_old_ones_still_verify(db, viewer, page, make):
    old = _seal(page, viewer)
    replace_seal(viewer, _own(key=make()), PASSWORD)
    new = _seal(page, viewer)
    assert old.certificate != new.certificate
    for sealed in (old, new):
        judged = judge_seal(sealed.pdf)
        assert (judged.state, judged.fingerprint) == (SealState.HOLDS, sealed.certificate)


def test_a_certificate_issued_by_an_authority_seals_with_its_chain(db, viewer, page):
    root, key = curve(), curve()
    authority = certify(root, name="Une autorité", ca=True)
    leaf = certify(key, issuer=authority, issuer_key=root)
    replace_seal(viewer, bundle(key, leaf, chain=[authority]), PASSWORD)
    assert seal.describe(viewer.practice_ref).issuer == "Une autorité"
    assert judge_seal(_seal(page, viewer).pdf).state == SealState.HOLDS


def test_the_key_lies_encrypted_under_the_deployments_key_readable_by_its_owner_alone(db, viewer):
    replace_seal(viewer, _own(), PASSWORD)
    path = seal._path(viewer.practice_ref)
    assert path.stat().st_mode & 0o777 == 0o400
    for password in (PASSWORD.encode(), None, b""):
        with pytest.raises(ValueError, match="password"):
            pkcs12.load_pkcs12(path.read_bytes(), password)


def test_the_key_of_a_seal_that_was_replaced_is_nowhere_any_more(db, viewer):
    first = seal.signing_material(viewer.practice_ref).key
    replace_seal(viewer, _own(), PASSWORD)
    kept = [
        path
        for path in seal._path("x").parent.rglob("*")
        if path.is_file() and viewer.practice_ref in str(path)
    ]
    assert sorted(path.suffix for path in kept) == [".p12", ".pem", ".pem"]
    assert seal.signing_material(viewer.practice_ref).key != first


def _mismatched() -> bytes:
    """A key beside a certificate that is not its own, which no library writes by itself."""
    from asn1crypto import pkcs12 as asn1

    bags = asn1.SafeContents([_bag("key_bag"), _bag("cert_bag")])
    part = {"content_type": "data", "content": bags.dump()}
    safe = asn1.AuthenticatedSafe([part]).dump()
    return asn1.Pfx({"version": "v3", "auth_safe": {"content_type": "data", "content": safe}}).dump()


def _bag(kind: str):
    from asn1crypto import pkcs12 as asn1

    key = curve()
    made = pkcs12.serialize_key_and_certificates(b"a", key, certify(key), None, serialization.NoEncryption())
    (part,) = asn1.Pfx.load(made).authenticated_safe
    return next(bag for bag in asn1.SafeContents.load(part["content"].native) if bag["bag_id"].native == kind)


BAD = {
    "an empty file": (lambda: b"", PASSWORD, "PKCS#12"),
    "a text": (lambda: b"-----BEGIN CERTIFICATE-----", PASSWORD, "PKCS#12"),
    "noise": (lambda: os.urandom(4000), PASSWORD, "PKCS#12"),
    "half a file": (lambda: _own()[:500], PASSWORD, "PKCS#12"),
    "a huge file": (lambda: _own() + b"\0" * (1 << 20), PASSWORD, "PKCS#12"),
    "a wrong password": (_own, "autre", "mot de passe"),
    "no password": (_own, "", "mot de passe"),
    "a flipped byte": (lambda: (lambda b: b[:200] + bytes([b[200] ^ 1]) + b[201:])(_own()), PASSWORD, ""),
    "an expired certificate": (lambda: _own(days=(-30, -1)), PASSWORD, "expiré"),
    "one not valid yet": (lambda: _own(days=(1, 30)), PASSWORD, "pas encore"),
    "a short RSA key": (lambda: _own(key=rsa.generate_private_key(65537, 1024)), PASSWORD, "2048"),
    "a DSA key": (lambda: _own(key=dsa.generate_private_key(2048)), PASSWORD, "genre"),
    "another curve": (lambda: _own(key=ec.generate_private_key(ec.SECP256K1())), PASSWORD, "genre"),
    "a usage that is not signing": (lambda: _own(usage=False), PASSWORD, "signer"),
    "no usage at all": (lambda: _own(usage=None), PASSWORD, "signer"),
    "a web server's": (lambda: _own(purposes=[Usage.SERVER_AUTH]), PASSWORD, "signer"),
    "a certificate without its key": (
        lambda: pkcs12.serialize_key_and_certificates(
            b"a", None, None, [certify(curve())], serialization.BestAvailableEncryption(PASSWORD.encode())
        ),
        PASSWORD,
        "clé privée",
    ),
    "somebody else's key": (_mismatched, "", "clé privée"),
    "hours of derivation": (lambda: _heavy(), PASSWORD, "trop long"),
}  # fmt: skip


def _heavy() -> bytes:
    """A file that asks for two thousand million rounds before it opens."""
    from asn1crypto import pkcs12 as asn1

    pfx = asn1.Pfx.load(_own())
    pfx["mac_data"]["iterations"] = 2_000_000_000
    return pfx.dump(force=True)


@pytest.mark.parametrize("what", BAD)
def test_a_bad_bundle_is_refused_in_words_and_the_seal_stays(db, viewer, what):
    make, password, said = BAD[what]
    before = seal.describe(viewer.practice_ref)
    with pytest.raises(Invalid) as refused:
        replace_seal(viewer, make(), password)
    assert said in str(refused.value.message)
    assert refused.value.field in ("file", "password")
    assert seal.describe(viewer.practice_ref) == before
    assert not Event.unscoped.filter(chain=viewer.practice_ref, kind="seal.replace").exists()


def test_nothing_is_sealed_without_a_seal_or_with_one_that_has_expired(viewer, page, monkeypatch):
    key = curve()
    seal.put(viewer.practice_ref, key, certify(key, days=(-30, -1)))
    with pytest.raises(NoSeal):
        _seal(page, viewer)
    with pytest.raises(NoSeal):
        seal_pdf(page, practice_ref="P-NOSUCHONE2", label="Sceau", reason="Essai")


def test_a_first_seal_never_takes_the_place_of_another(viewer):
    before = seal.describe(viewer.practice_ref)
    seal.make_seal(viewer.practice_ref, "Un autre nom")
    assert seal.describe(viewer.practice_ref) == before
    key = curve()
    with pytest.raises(FileExistsError):
        seal.put(viewer.practice_ref, key, certify(key), fresh=True)
    assert seal.describe(viewer.practice_ref) == before
