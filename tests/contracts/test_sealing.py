"""A contract sealed: the pages that were signed, the evidence, the files, one seal; or nothing at all."""

import hashlib
import io
import json
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from pikepdf import Name
from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from coaching.documents import seal
from coaching.documents.canonical import canonical
from coaching.documents.comparing import PagesDiffer, refuse_other_pages
from coaching.documents.models import Document
from coaching.documents.sealing import NoSeal, OtherPages, Step
from coaching.documents.services import content_of
from coaching.documents.store import path_of
from coaching.journal.models import Event
from coaching.journal.services import verify as verify_journal
from contracts.evidence import SIMPLE, thaw_evidence
from contracts.evidence_wording import EVIDENCE_WORDING
from contracts.models import ContractVersion, SealedContract
from contracts.rendering import contract_pdf
from contracts.services import sealing
from tests.conformance.structure import faults
from tests.contracts.evidence import evidence_of
from tests.contracts.rendered_once import rendered_once
from tests.contracts.sealed import gathered, kept, sealed_by


@pytest.fixture(scope="module")
def made(world):
    """The world's contract, sealed."""
    return sealed_by(world.practice.ref, world.version)


@pytest.fixture(scope="module")
def parts(world):
    return gathered(world.version)


@pytest.fixture(scope="module")
def file(made, tmp_path_factory):
    path = tmp_path_factory.mktemp("sealed") / "sealed.pdf"
    path.write_bytes(made.pdf)
    return path


def _run(*command) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _text(file, first, last) -> str:
    return _run("pdftotext", "-layout", "-f", str(first), "-l", str(last), file, "-")


# What is sealed


def test_the_pages_before_the_annex_are_those_that_were_signed(made, file, parts, tmp_path):
    _snapshot, evidence, signed = parts
    (tmp_path / "signed.pdf").write_bytes(signed)
    pages = evidence.document.pages
    assert _text(file, 1, pages) == _text(tmp_path / "signed.pdf", 1, pages)
    for number in (1, 2, pages):
        command = ["pdftoppm", "-r", "40", "-f", str(number), "-l", str(number)]
        pictures = [
            subprocess.run([*command, one], capture_output=True, check=True).stdout
            for one in (file, tmp_path / "signed.pdf")
        ]
        assert pictures[0] == pictures[1], f"page {number}"
    assert made.pages > pages


def test_each_page_that_was_signed_keeps_its_total_and_the_annex_counts_its_own(made, file, parts):
    pages = parts[1].document.pages
    assert f"Page {pages} sur {pages}" in _text(file, pages, pages)
    annex = made.pages - pages
    for number in range(1, annex + 1):
        assert f"Annexe 2, page {number} sur {annex}" in _text(file, pages + number, pages + number)


def test_annex_2_prints_the_evidence_of_every_signature(made, file, parts):
    _snapshot, evidence, _signed = parts
    text = re.sub(r"\s+", "", _text(file, evidence.document.pages + 1, made.pages))
    for one in evidence.signatures:
        for value in (
            one.name,
            one.role,
            one.organisation,
            one.address,
            one.typed_name,
            one.ip,
            one.journal_digest,
        ):
            assert re.sub(r"\s+", "", value) in text, value
        assert f"{one.signed_at:%H:%M:%S}(UTC)" in text
        assert f"{one.displayed_at:%H:%M:%S}(UTC)" in text
    assert evidence.document.sha256 in text
    assert evidence.charter.sha256 in text


@pytest.mark.parametrize(("language", "claim", "denial"), [
    ("fr", "signatures électroniques simples", "Elles ne sont ni avancées ni qualifiées"),
    ("en", "simple electronic signatures", "They are neither advanced nor qualified"),
])  # fmt: skip
def test_the_level_of_the_signatures_is_said_and_never_more(language, claim, denial):
    words = EVIDENCE_WORDING[language]
    assert claim in words.level_text
    assert denial in words.level_text
    everything = " ".join(str(getattr(words, name)) for name in words.__slots__ if name != "level_text")
    assert not re.search("avancée|advanced|qualifi", everything)
    assert SIMPLE.startswith("simple electronic signature (eIDAS art. 25")


def test_annex_2_is_in_the_language_of_the_contract(world, tmp_path):
    snapshot, _evidence, _signed = gathered(world.version)
    english = replace(snapshot, language="en", title="Team coaching contract")
    signed = contract_pdf(english)
    evidence = evidence_of(english, signed.sha256, signed.pages)
    made = sealing.prepare(english, evidence, signed.pdf, world.practice.ref)
    (tmp_path / "en.pdf").write_bytes(made.pdf)
    text = _text(tmp_path / "en.pdf", signed.pages + 1, made.pages)
    assert "Evidence of signature" in text
    assert f"Annex 2, page 1 of {made.pages - signed.pages}" in text
    assert "24 November 2026" in text
    assert "signature" in text
    assert "preuve" not in text


# What is attached


def test_the_evidence_the_charter_and_the_very_signed_file_are_attached_intact(made, parts):
    snapshot, evidence, signed = parts
    with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
        files = {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}
    assert files == {
        "evidence.json": canonical(evidence).encode(),
        "charter.md": snapshot.charter.markdown.encode(),
        "signed.pdf": signed,
    }
    assert hashlib.sha256(files["signed.pdf"]).hexdigest() == evidence.document.sha256
    assert hashlib.sha256(files["charter.md"]).hexdigest() == evidence.charter.sha256
    assert thaw_evidence(files["evidence.json"].decode()) == evidence


def test_attachments_say_what_they_are_and_bear_the_date_of_the_last_signature(made, parts):
    with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
        associated = pdf.Root.AF
        found = {
            str(one.UF): (str(one.AFRelationship), str(one.EF.F.Subtype), str(one.EF.F.Params.ModDate))
            for one in associated
        }
        assert len(associated) == 3
    date = f"D:{parts[1].procedure.completed_at:%Y%m%d%H%M%S}Z"
    assert found == {
        "evidence.json": ("/Data", "/application/json", date),
        "charter.md": ("/Supplement", "/text/markdown", date),
        "signed.pdf": ("/Source", "/application/pdf", date),
    }


def test_evidence_survives_the_journey_to_json(parts):
    evidence = parts[1]
    assert thaw_evidence(canonical(evidence)) == evidence
    open_ended = replace(evidence, procedure=replace(evidence.procedure, expires_at=None))
    assert thaw_evidence(canonical(open_ended)) == open_ended
    assert json.loads(canonical(evidence))["level"] == SIMPLE


# What others say of it


def test_poppler_finds_the_seal_valid_on_the_whole_document(file):
    said = _run("pdfsig", "-nocert", file)
    assert said.count("Signature #") == 1
    assert "Signature is Valid." in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said


def test_pyhanko_finds_the_seal_valid_and_the_document_closed_to_change(world, made):
    (put,) = PdfFileReader(io.BytesIO(made.pdf)).embedded_regular_signatures
    known = seal._kept(world.practice.ref)
    roots = list(load_certs_from_pemder([str(path) for path in known]))
    status = validate_pdf_signature(put, ValidationContext(trust_roots=roots, allow_fetching=False))
    assert status.bottom_line, status.pretty_print_details()
    assert status.docmdp_ok
    assert put.docmdp_level.name == "NO_CHANGES"


def test_qpdf_finds_nothing_wrong(file):
    assert "No syntax or stream encoding errors" in _run("qpdf", "--check", file)


def test_the_seal_leaves_the_metadata_of_an_archivable_accessible_file_as_they_were(made):
    with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
        assert pdf.pdf_version == "1.7"
        assert Name.Version not in pdf.Root
        with pdf.open_metadata() as meta:
            assert (meta["pdfaid:part"], meta["pdfaid:conformance"], meta["pdfuaid:part"]) == ("3", "A", "1")
        assert pdf.Root.MarkInfo.Marked == True  # noqa: E712  a PDF boolean


def test_nothing_of_an_archivable_accessible_file_is_seen_missing_signed_or_sealed(made, parts):
    """Structural checks, not a validation: ``make conformance`` asks veraPDF."""
    assert faults(parts[2]) == []
    assert faults(made.pdf) == []


def test_the_structural_checks_notice_what_they_are_for(made):
    def spoilt(document):
        del document.Root.AF[0]
        del document.Root.Lang
        document.pages[0].Annots[0].StructParent = 9999

    found = faults(_altered(made.pdf, spoilt))
    assert len(found) == 3, found


def test_the_seal_is_a_named_form_element_of_the_last_page(made, world):
    with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
        (field,) = pdf.Root.AcroForm.Fields
        assert str(field.TU) == f"Sceau électronique de {world.practice.name}"
        assert field.P.objgen == pdf.pages[-1].objgen
        element = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)[int(field.StructParent)]
        assert (element.S, element.K.Obj.objgen) == (Name.Form, field.objgen)


# The same each time, and refused when it is not


def test_the_same_evidence_gives_the_same_bytes_up_to_the_seal(world, made, parts):
    again = sealing.prepare(*parts, world.practice.ref)
    ours, theirs = (one.pdf[: one.pdf.index(b"%%EOF")] for one in (made, again))
    assert ours == theirs
    assert len(ours) > 100_000
    assert again.pdf != made.pdf, "each seal has its own moment"


CHANGES = {
    "a word": lambda s: replace(s, subtitle=s.subtitle + " x"),
    "a clause": lambda s: replace(s, clauses=s.clauses[:-1]),
    "a figure": lambda s: replace(s, clauses=(replace(s.clauses[0], markdown=s.clauses[0].markdown + "\n\n8"), *s.clauses[1:])),
    "the charter": lambda s: replace(s, charter=replace(s.charter, markdown=s.charter.markdown.replace("coach", "guide", 1))),
    "the practice’s name": lambda s: replace(s, practice="Un autre cabinet"),
    "a signatory": lambda s: replace(s, signatories=s.signatories[:-1]),
}  # fmt: skip


@pytest.mark.parametrize("what", CHANGES)
def test_nothing_is_sealed_when_the_pages_are_not_those_that_were_signed(world, parts, what):
    snapshot, evidence, signed = parts
    steps = []
    with pytest.raises(OtherPages) as refused:
        sealing.prepare(CHANGES[what](snapshot), evidence, signed, world.practice.ref, steps.append)
    assert not refused.value.again, "trying again would not help"
    assert steps[-1] == Step.COMPARING


def _altered(pdf: bytes, alter) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        alter(document)
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def _swap_two_letters(document):
    """The text stays the same to a machine; the letters drawn are others."""
    from fontTools.ttLib import TTFont

    font = next(iter(document.pages[0].resources.Font.values()))
    holder = font.DescendantFonts[0].FontDescriptor
    whole = TTFont(io.BytesIO(holder.FontFile2.read_bytes()))
    names = [name for name in whole.getGlyphOrder() if whole["glyf"][name].numberOfContours > 0][:2]
    glyphs = whole["glyf"]
    glyphs[names[0]], glyphs[names[1]] = glyphs[names[1]], glyphs[names[0]]
    out = io.BytesIO()
    whole.save(out)
    holder.FontFile2 = document.make_stream(out.getvalue())


def _say_otherwise(document):
    """The letters stay; what is copied or read aloud is another text."""
    font = next(iter(document.pages[0].resources.Font.values()))
    lines = font.ToUnicode.read_bytes().splitlines()
    pairs = [n for n, line in enumerate(lines) if re.fullmatch(rb"<....> <....>", line)]
    lines[pairs[0]] = lines[pairs[0]][:7] + b"<0041>"
    font.ToUnicode = document.make_stream(b"\n".join(lines))


def _widen(document):
    font = next(iter(document.pages[0].resources.Font.values()))
    font.DescendantFonts[0].W[1][0] = 999


def _draw_more(document):
    document.pages[1].contents_add(b"0 0 100 100 re f")


def _crop(document):
    document.pages[1].mediabox = [0, 0, 300, 300]


def _lead_elsewhere(document):
    document.pages[0].Annots[0].Dest = pikepdf.String("annex-1")
    document.pages[0].Annots[1].Rect = pikepdf.Array([0, 0, 9, 9])


def _insert(document):
    document.add_blank_page()
    document.pages.insert(0, document.pages.p(len(document.pages)))


def _drop(document):
    del document.pages[2]


def _swap_fonts(document):
    fonts = document.pages[0].resources.Font
    first, second = list(fonts.keys())[:2]
    fonts[first], fonts[second] = fonts[second], fonts[first]


@pytest.mark.parametrize(
    "alter",
    [
        _swap_two_letters,
        _say_otherwise,
        _widen,
        _draw_more,
        _crop,
        _lead_elsewhere,
        _insert,
        _drop,
        _swap_fonts,
    ],
)
def test_the_comparison_notices(made, parts, alter):
    signed = parts[2]
    refuse_other_pages(signed, made.pdf)
    with pytest.raises(PagesDiffer):
        refuse_other_pages(signed, _altered(made.pdf, alter))


def test_a_document_without_its_annex_is_not_taken_for_sealed(parts):
    with pytest.raises(PagesDiffer):
        refuse_other_pages(parts[2], parts[2])


# Kept once, or not at all


def _stored() -> set[Path]:
    return {path for path in (Path(settings.VAR_DIR) / "documents").rglob("*") if path.is_file()}


class Killed(BaseException):
    """As a signal ends a worker, wherever it is."""


_known: dict = {}


@pytest.fixture
def once():
    with rendered_once(_known):
        yield


@pytest.mark.usefixtures("once")
@pytest.mark.parametrize("step", [Step.PREPARING, Step.RENDERING, Step.COMPARING, Step.SEALING])
def test_a_worker_killed_at_a_step_leaves_nothing_and_the_next_one_seals(world, db, parts, step):
    before = _stored(), Document.unscoped.count(), Event.unscoped.count()
    steps = []

    def killed(now):
        steps.append(now)
        if now == step:
            raise Killed

    with pytest.raises(Killed):
        sealing.prepare(*parts, world.practice.ref, killed)
    assert steps == list(Step)[: list(Step).index(step) + 1]
    assert (_stored(), Document.unscoped.count(), Event.unscoped.count()) == before
    assert SealedContract.unscoped.count() == 0


def test_a_worker_killed_while_it_stores_leaves_no_row_and_the_next_one_seals(world, db, made, parts):
    before = Document.unscoped.count(), Event.unscoped.count()
    with pytest.raises(Killed), transaction.atomic():
        sealing.keep(world.coach, world.version, parts[1], made)
        raise Killed
    assert (Document.unscoped.count(), Event.unscoped.count()) == before
    assert SealedContract.unscoped.count() == 0
    row = kept(world, made)
    assert content_of(row.document) == made.pdf


def test_what_is_kept_is_in_its_table_its_store_and_the_journal(world, db, made, parts):
    row = kept(world, made)
    assert row.document.sha256 == made.sha256 == hashlib.sha256(made.pdf).hexdigest()
    assert thaw_evidence(row.evidence) == parts[1]
    assert path_of(made.sha256).stat().st_mode & 0o777 == 0o400
    event = Event.unscoped.get(kind="contract.sealed", subject=row.ref)
    assert event.data["sha256"] == made.sha256
    assert event.mission == world.mission.ref
    assert list(verify_journal(world.practice.ref)) == []


def test_a_contract_is_sealed_once_whoever_comes_second(world, db, made, parts):
    first = kept(world, made)
    other = replace(made, pdf=made.pdf + b"\n", sha256="0" * 64)
    assert kept(world, other) == first
    assert Event.unscoped.filter(kind="contract.sealed").count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        SealedContract.unscoped.create(
            contract=world.contract, version=world.version, document=first.document, evidence="{}",
            certificate="", sealed_at=made.sealed_at,
        )  # fmt: skip


@pytest.mark.parametrize("statement", [
    "UPDATE contracts_sealedcontract SET evidence = '{}'", "DELETE FROM contracts_sealedcontract",
])  # fmt: skip
def test_a_sealed_contract_can_neither_be_changed_nor_taken_away(world, db, made, statement):
    kept(world, made)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.usefixtures("once")
def test_nothing_is_sealed_for_a_practice_without_a_seal(parts):
    with pytest.raises(NoSeal):
        sealing.prepare(*parts, "P-NOSEALHERE")


def test_versions_stay_as_they_were(world, db, made):
    before = list(ContractVersion.unscoped.values())
    kept(world, made)
    assert list(ContractVersion.unscoped.values()) == before
