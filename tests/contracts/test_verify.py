"""Verifying what somebody holds: on the public page, from the command line, and after ten thousand alterations."""

import hashlib
import io
import logging
import os
import re
import signal
from collections import Counter

import pikepdf
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coaching.documents import pool, seal, verifying
from coaching.documents.judge import judge
from coaching.documents.lookups import find
from coaching.documents.models import Document
from coaching.documents.services import content_of, replace_seal
from coaching.documents.verifying import SealState, verify
from coaching.journal.models import Event
from coaching.journal.services import record
from coaching.kernel.viewer import Portal
from contracts.models import SealedContract
from contracts.policy import initials
from contracts.services.sealing import prepare
from contracts.web.public import MOST
from tests.contracts.helpers import contracting
from tests.contracts.sealed import gathered, kept, sealed_by
from tests.documents.alterations import KINDS, alterations
from tests.documents.bundles import PASSWORD, bundle, certify, curve

URL = "/verify/"


@pytest.fixture(scope="module")
def sealed(world):
    """The world's contract, sealed and kept for the tests of this file."""
    made = sealed_by(world.practice.ref, world.version)
    kept(world, made)
    return made


def _drop(browser, content: bytes, name="contrat.pdf", kind="application/pdf"):
    return browser.post(URL, {"file": SimpleUploadedFile(name, content, kind)})


def _said(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


# Ten thousand alterations


@pytest.mark.one_engine
def test_ten_thousand_alterations_are_none_of_them_taken_for_the_sealed_document(world, db, sealed):
    kinds = Counter()
    for kind, altered in alterations(sealed.pdf, 10_000, seed=4):
        kinds[kind] += 1
        if verify_bytes(altered):
            pytest.fail(f"{kind}: taken for the sealed document")
    assert set(kinds) == {kind.__name__ for kind in KINDS}
    assert sum(kinds.values()) == 10_000


def verify_bytes(content: bytes) -> bool:
    """The first of the two answers alone: the digest of the whole file, which decides."""
    return find(hashlib.sha256(content).hexdigest(), None) is not None


def test_the_document_itself_is_never_doubted(world, db, sealed):
    assert all(verify_bytes(sealed.pdf) for _time in range(200))
    assert all(verify(sealed.pdf).intact for _time in range(10))


def test_the_seal_alone_notices_alterations_too_without_any_table(sealed):
    """Judged apart from the digest, as by someone who has the file and the certificate alone."""
    logging.disable(logging.CRITICAL)
    try:
        known = {name: one.certificate for name, one in seal.known_certificates().items()}
        states = Counter(
            judge(altered, known).state for _kind, altered in alterations(sealed.pdf, 300, seed=5)
        )
    finally:
        logging.disable(logging.NOTSET)
    assert states["holds"] == 0, states
    assert judge(sealed.pdf, known).state == "holds"


def test_both_answers_are_no_for_one_byte_changed(world, db, sealed):
    for place in (10, len(sealed.pdf) // 2, len(sealed.pdf) - 3):
        altered = sealed.pdf[:place] + bytes([sealed.pdf[place] ^ 1]) + sealed.pdf[place + 1 :]
        answer = verify(altered)
        assert answer.known is None
        assert answer.seal.state != SealState.HOLDS


def test_a_file_with_another_page_added_after_the_seal_is_altered(sealed, db):
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(sealed.pdf))
    writer.root["/Lang"] = writer.root["/Lang"]
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    assert verify(out.getvalue()).seal.state == SealState.ALTERED


def test_the_text_of_a_sealed_file_saved_again_is_not_the_sealed_document(sealed, db):
    with pikepdf.open(io.BytesIO(sealed.pdf)) as pdf:
        out = io.BytesIO()
        pdf.save(out)
    answer = verify(out.getvalue())
    assert (answer.known, answer.seal.state) == (None, SealState.ALTERED)


# What is sealed by others, and what is sealed no longer


def test_a_seal_of_somebody_else_is_not_one_of_ours(sealed, db, monkeypatch):
    monkeypatch.setattr(verifying, "known_certificates", dict)
    assert verify(sealed.pdf).seal.state == SealState.UNKNOWN


def test_a_seal_in_our_name_with_another_key_is_not_one_of_ours(world, sealed, db, tmp_path, settings):
    settings.KEYS_DIR, there = tmp_path, settings.KEYS_DIR
    (tmp_path / "deployment.key").write_bytes((there / "deployment.key").read_bytes())
    seal.make_seal(world.practice.ref, world.practice.name)
    forged = prepare(*gathered(world.version), world.practice.ref)
    settings.KEYS_DIR = there
    answer = verify(forged.pdf)
    assert (answer.known, answer.seal.state) == (None, SealState.UNKNOWN)


def test_a_version_that_was_signed_but_bears_no_seal_is_said_so(world, db):
    assert verify(content_of(world.version.document)).seal.state == SealState.NONE


def test_a_row_the_journal_does_not_bear_out_is_not_believed(world, db, sealed):
    """Somebody writes in the tables alone: they say one thing, no event of the journal does."""
    content, there = b"%PDF-1.7 forged", SealedContract.unscoped.select_related("document").get()
    fields = ("practice_ref", "kind", "title", "language", "pages", "snapshot", "snapshot_sha256")
    same = {name: getattr(there.document, name) for name in fields}
    sha256 = hashlib.sha256(content).hexdigest()
    document = Document.unscoped.create(**same, sha256=sha256, size=len(content))
    _mission, contract = contracting(world)
    row = SealedContract.unscoped.create(
        contract=contract, version=there.version, document=document, evidence=there.evidence,
        certificate=there.certificate, sealed_at=there.sealed_at,
    )  # fmt: skip
    assert find(sha256, None) is None
    said = {
        "chain": world.practice.ref,
        "kind": "contract.sealed",
        "actor": "U-2222222222",
        "subject": row.ref,
    }
    record(**said, data={"sha256": "0" * 64})
    assert find(sha256, None) is None, "an event that says another digest"
    record(**said, data={"sha256": sha256})
    assert find(sha256, None).title == there.document.title


def test_what_was_sealed_before_the_seal_was_replaced_still_verifies(world, db, sealed):
    viewer = world.viewer("administrator", Portal.PRACTICE)
    key = curve()
    replace_seal(viewer, bundle(key, certify(key)), PASSWORD)
    assert verify(sealed.pdf).intact


# The page


def test_a_stranger_reads_that_it_is_intact_with_initials_and_roles(world, db, sealed):
    answer = _drop(Client(), sealed.pdf)
    said = _said(answer)
    assert answer.status_code == 200
    assert "Ce document est intact" in said
    assert "Ces octets sont exactement ceux" in said
    assert "Rien n’a changé depuis" in said
    assert world.practice.name in said
    evidence = gathered(world.version)[1]
    for one in evidence.signatures:
        assert f"{initials(one.name)}, {one.role}" in said
        assert one.name not in said
        assert one.address not in said
    assert evidence.charter.title in said


@pytest.mark.parametrize("persona", ["coach", "coachee", "teammate", "sponsor", "manager"])
def test_a_party_signed_in_reads_the_names_in_full(world, browse, sealed, persona):
    said = _said(_drop(browse(persona), sealed.pdf))
    for one in gathered(world.version)[1].signatures:
        assert one.name in said


@pytest.mark.parametrize(
    "persona", ["colleague", "coach_elsewhere", "administrator", "departed", "sponsor_elsewhere", "disabled"]
)
def test_somebody_signed_in_who_is_no_party_reads_initials(world, browse, sealed, persona):
    # The coach's name is on every page of a colleague and of the administrator; the others' are on none.
    names = [one.name for one in gathered(world.version)[1].signatures[1:]]
    said = _said(_drop(browse(persona), sealed.pdf))
    assert "Ce document est intact" in said
    assert [name for name in names if name in said] == []


def test_one_byte_changed_is_refused_by_both_answers_and_names_nobody(world, db, sealed):
    altered = sealed.pdf[:5000] + bytes([sealed.pdf[5000] ^ 1]) + sealed.pdf[5001:]
    said = _said(_drop(Client(), altered))
    assert "Ce fichier n’est pas le document qui a été scellé" in said
    assert "Aucun document scellé ici" in said
    assert "quelque chose a été modifié ou ajouté" in said
    assert "Signé par" not in said


def test_a_version_sent_for_reading_is_said_to_bear_no_seal(world, db):
    answer = _drop(Client(), content_of(world.version.document))
    assert answer.status_code == 200
    assert "Ce document ne porte pas de sceau" in _said(answer)


def _locked(content: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        out = io.BytesIO()
        pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


def _deep() -> bytes:
    return b"%PDF-1.7\n1 0 obj\n" + b"[" * 400_000 + b"\nendobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF"


def _bomb() -> bytes:
    """Two hundred megabytes in a few kilobytes, where the reader looks first: in its table of objects."""
    import zlib

    table = zlib.compress(zlib.compress(b"\0" * (200 << 20), 9), 9)
    head = b"%PDF-1.7\n"
    stream = (
        b"1 0 obj\n<</Type/XRef/Size 40000000/W[1 2 2]/Root 2 0 R/Filter[/FlateDecode/FlateDecode]/Length %d>>\nstream\n"
        % len(table)
    )
    return head + stream + table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % len(head)


def _circle() -> bytes:
    return (
        b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 1 0 R/AcroForm 1 0 R/Fields[1 0 R]/Kids[1 0 R]>>\nendobj\n"
        b"xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<</Size 2/Root 1 0 R/Prev 109>>\nstartxref\n109\n%%EOF"
    )


BAD = {
    "nothing chosen": (None, "obligatoire"),
    "an empty file": (b"", "Ce fichier est vide"),
    "a text": ("Bonjour, c’est un contrat.".encode(), "n’est pas un PDF"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 500, "n’est pas un PDF"),
    "a web page": (b"<script>alert(1)</script>", "n’est pas un PDF"),
    "the head of a PDF": (b"%PDF-1.7\n", "abîmé"),
    "noise after the head": (b"%PDF-1.7\n" + bytes(range(256)) * 4000, "abîmé"),
    "lists within lists": (_deep(), ""),
    "a bomb": (_bomb(), ""),
    "a circle": (_circle(), ""),
}


@pytest.mark.parametrize("what", BAD)
def test_a_file_that_cannot_be_judged_is_refused_beside_its_field(world, db, what):
    content, said = BAD[what]
    answer = Client().post(URL, {}) if content is None else _drop(Client(), content, "<b>x</b>.pdf")
    assert answer.status_code in (200, 422)
    if said:
        assert answer.status_code == 422
        assert said in _said(answer)
    assert "intact" not in _said(answer)
    assert "<script>alert" not in _said(answer)


def test_a_locked_pdf_is_said_to_be_locked(world, db, sealed):
    answer = _drop(Client(), _locked(sealed.pdf))
    assert answer.status_code == 422
    assert "mot de passe" in _said(answer)


@pytest.mark.parametrize("megabytes", [21, 50])
def test_a_file_too_large_is_read_past_and_said_so(world, db, megabytes, monkeypatch):
    asked = []
    monkeypatch.setattr(pool, "ask", lambda *_a, **_k: asked.append(1))
    answer = _drop(Client(), b"%PDF-1.7\n" + b"\0" * (megabytes << 20))
    assert answer.status_code == 422
    assert "trop volumineux" in _said(answer)
    assert asked == []


def test_verification_goes_on_after_its_process_was_killed(world, db, sealed):
    assert verify(sealed.pdf).intact
    for pid in pool.engine_pids(pool.JUDGE):
        os.kill(pid, signal.SIGKILL)
    assert verify(sealed.pdf).intact


def test_a_judge_that_cannot_start_is_said_and_nothing_is_called_intact(world, db, sealed, monkeypatch):
    monkeypatch.setattr(pool, "ask", lambda *_a, **_k: ({"error": "not started"}, b""))
    answer = _drop(Client(), b"%PDF-1.7 x")
    assert answer.status_code == 422
    assert "pas disponible" in _said(answer)
    assert not verify(sealed.pdf).intact


def test_the_page_keeps_nothing(world, db, sealed):
    before = Document.unscoped.count(), Event.unscoped.count()
    _drop(Client(), sealed.pdf)
    assert (Document.unscoped.count(), Event.unscoped.count()) == before


def test_too_many_files_from_one_address_are_asked_to_wait(world, db, sealed):
    with time_machine.travel(timezone.now(), tick=False):  # all in one window, however busy the machine
        answers = [_drop(Client(), b"x").status_code for _file in range(MOST + 1)]
    assert answers == [422] * MOST + [429]
    assert _drop(Client(REMOTE_ADDR="198.51.100.9"), b"x").status_code == 422


def test_the_page_is_linked_from_every_page_and_speaks_english(world, db):
    assert reverse("verify") == URL
    page = Client(headers={"accept-language": "en"}).get(URL)
    assert "Verify a document" in page.content.decode()
    assert f'href="{URL}"' in Client().get(reverse("charter")).content.decode()


@pytest.mark.parametrize(("name", "said"), [
    ("Claire Martin", "C. M."), ("Anne-Lise Le Goff", "A. L. G."), ("Élodie d’Arc", "É. D. A."), ("", "–"), ("  ", "–"),
    ("李 明", "李. 明."), ("O'Neil", "O."),
])  # fmt: skip
def test_initials(name, said):
    assert initials(name) == said


# The command


def test_the_command_says_both_answers_and_ends_with_zero(world, db, sealed, tmp_path, capsys):
    path = tmp_path / "contract.pdf"
    path.write_bytes(sealed.pdf)
    call_command("verify_document", str(path))
    said = capsys.readouterr().out
    assert sealed.sha256 in said
    assert "Sealed here, byte for byte?  YES" in said
    assert "Does the seal hold?          YES" in said
    assert world.practice.name in said


@pytest.mark.parametrize(("alter", "said"), [
    (lambda pdf: pdf + b"\n", "something was changed or added afterwards"),
    (lambda pdf: b"", "It is empty."),
    (lambda pdf: b"hello", "It is not a PDF."),
    (lambda pdf: pdf[:-4000], "cannot be read"),
    (_locked, "locked with a password"),
    (lambda pdf: pdf + b"\0" * (21 << 20), "too large"),
])  # fmt: skip
def test_the_command_ends_with_one_for_anything_else(world, db, sealed, tmp_path, capsys, alter, said):
    path = tmp_path / "contract.pdf"
    path.write_bytes(alter(sealed.pdf))
    with pytest.raises(SystemExit) as ended:
        call_command("verify_document", str(path))
    assert ended.value.code == 1
    printed = capsys.readouterr().out
    assert said in printed
    assert "YES" not in printed


def test_the_command_says_which_file_it_cannot_read(db, tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("verify_document", str(tmp_path / "nowhere.pdf"))
