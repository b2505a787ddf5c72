"""The contract as it leaves: a real PDF, opened page by page."""

import contextlib
import io
import os
import re
import signal
import subprocess
import threading
import time
from dataclasses import replace
from html.parser import HTMLParser

import pikepdf
import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from pypdf import PdfReader

from coaching.documents import pool
from coaching.documents.canonical import canonical
from coaching.documents.models import Document
from coaching.documents.rendering import Limits, RenderFailed, RenderTimeout, render_pdf
from coaching.documents.services import content_of
from coaching.documents.store import Damaged, path_of, write_once
from coaching.missions.models import Mission
from contracts.frozen import thaw
from contracts.models import Contract, ContractVersion
from contracts.rendering import contract_body, contract_pdf
from contracts.services import sharing
from contracts.snapshots import FrozenClause


@pytest.fixture
def snapshot(world, db):
    return thaw(world.version.document.snapshot)


@pytest.fixture
def stored(world, db):
    return content_of(world.version.document)


def _words(text: str) -> str:
    return re.sub(r"[\s\u00ad\u2010\u202f\u00a0-]+", "", text)


def _pages(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


@pytest.mark.one_engine
def test_a_contract_has_twelve_pages_or_more_and_says_so_on_each(stored):
    pages = _pages(stored)
    assert len(pages) >= 12
    for number, text in enumerate(pages, start=1):
        assert f"Page {number} sur {len(pages)}" in text.replace("\u00a0", " ")


@pytest.mark.one_engine
def test_the_table_of_contents_names_the_page_each_clause_stands_on(stored, snapshot):
    pages = _pages(stored)
    lines = dict(re.findall(r"^(\d+)\.\s*.*?(?:\s\.)+\s*(\d+)$", pages[0], re.MULTILINE))
    assert len(lines) == len(snapshot.clauses)
    for number, page in lines.items():
        title = _words(f"{number}. {snapshot.clauses[int(number) - 1].title}")
        assert title in _words(pages[int(page) - 1]), title


@pytest.mark.one_engine
def test_the_charter_is_annexed_whole_in_order_with_its_digest(stored, snapshot):
    annex = _words("".join(_pages(stored)))
    assert snapshot.charter.sha256 in annex
    place = 0
    for line in re.sub(r"[#*_>\\]", "", snapshot.charter.markdown).splitlines():
        if line.strip(" -"):
            place = annex.find(_words(line.strip(" -")), place)
            assert place >= 0, line


@pytest.mark.one_engine
def test_a_contract_is_archivable_and_accessible(stored, tmp_path):
    file = tmp_path / "contract.pdf"
    file.write_bytes(stored)
    with pikepdf.open(file) as pdf:
        assert pdf.Root.MarkInfo.Marked == True  # noqa: E712  a PDF boolean
        assert str(pdf.Root.Lang) == "fr"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle == True  # noqa: E712
        assert "/StructTreeRoot" in pdf.Root
        with pdf.open_metadata() as meta:
            assert (meta["pdfaid:part"], meta["pdfaid:conformance"], meta["pdfuaid:part"]) == ("3", "A", "1")
            assert meta["dc:title"].startswith("Contrat de coaching")
        assert "/JavaScript" not in pdf.Root.get("/Names", {})
        assert "/OpenAction" not in pdf.Root
    checked = subprocess.run(["qpdf", "--check", str(file)], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout


@pytest.mark.one_engine
def test_only_the_bundled_fonts_are_in_a_contract_and_whole(stored, tmp_path):
    file = tmp_path / "contract.pdf"
    file.write_bytes(stored)
    lines = subprocess.run(
        ["pdffonts", str(file)], capture_output=True, text=True, check=True
    ).stdout.splitlines()[2:]
    assert lines
    for line in lines:
        assert "Gentium" in line.split()[0], line
        assert line.split()[-5] == "yes", f"not embedded: {line}"


@pytest.mark.one_engine
def test_a_contract_links_to_its_own_pages_alone(stored):
    for page in PdfReader(io.BytesIO(stored)).pages:
        for annotation in page.get("/Annots", []):
            assert "/URI" not in annotation.get_object().get("/A", {})


@pytest.mark.one_engine
def test_the_same_snapshot_gives_the_same_bytes(snapshot, stored):
    assert contract_pdf(snapshot).pdf == contract_pdf(snapshot).pdf == stored


@pytest.mark.one_engine
def test_a_contract_keeps_its_own_language_whoever_reads(snapshot):
    from django.utils.translation import override

    with override("en"):
        english = contract_body(snapshot)
    with override("fr"):
        assert contract_body(snapshot) == english


HOSTILE = (
    '<img src="file:///etc/passwd">',
    "![x](file:///etc/passwd)",
    "![x](http://127.0.0.1:1/x.png)",
    '<link rel="attachment" href="file:///etc/passwd">',
    '<link rel="stylesheet" href="http://127.0.0.1:1/a.css">',
    "<style>body{background:url(http://127.0.0.1:1/b.png)}</style>",
    '<svg><image href="file:///etc/passwd"/></svg>',
    '<object data="file:///etc/passwd"></object>',
    '<iframe src="file:///etc/passwd"></iframe>',
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "{{ snapshot.charter.sha256 }}{% include 'x' %}{% load i18n %}",
    '<p style="content:url(file:///etc/passwd)">x</p>',
    '<table><td colspan="100000000">x</td></table>',
    "<meta http-equiv=refresh content='0;url=http://127.0.0.1:1/'>",
    "\x00\x1b[31m\u202ereversed",
)


@pytest.mark.one_engine
def test_nothing_is_fetched_or_run_whatever_a_clause_or_a_request_says(snapshot):
    clauses = tuple(
        FrozenClause("preamble", f"Titre {text}", f"Avant\n\n{text}\n\naprès") for text in HOSTILE
    )
    made = contract_pdf(replace(snapshot, clauses=clauses))
    assert made.asked == ()
    assert "root:x:0" not in "".join(_pages(made.pdf))
    assert b"root:x:0" not in made.pdf


@pytest.mark.one_engine
@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_left_without_anything_that_acts(snapshot, text):
    body = contract_body(replace(snapshot, clauses=(FrozenClause("preamble", text, text),)))
    clause = body[body.index("<main>") : body.index('<section class="charter"')]
    found = Elements()
    found.feed(clause)
    assert found.names <= {"main", "section", "h2", "p", "div", "span", "br", "em", "strong"}
    assert {(name, value) for name, value in found.attributes if name not in ("class", "id")} == set()


class Elements(HTMLParser):
    """The elements and attributes a reader of HTML would see."""

    def __init__(self):
        super().__init__()
        self.names, self.attributes = set(), set()

    def handle_starttag(self, tag, attrs):
        self.names.add(tag)
        self.attributes.update(attrs)


@pytest.mark.one_engine
@pytest.mark.parametrize(
    "body",
    [
        "<div style='display:flex'>" * 60 + "x" + "</div>" * 60,
        "<table><tr>" + "<td>x</td>" * 20000 + "</tr></table>",
        "<p>" + "x " * 3_000_000 + "</p>",
    ],
    ids=["nested boxes", "a table without end", "a page without end"],
)
def test_a_document_that_never_ends_is_stopped_and_said(body, db):
    began = time.monotonic()
    with pytest.raises((RenderTimeout, RenderFailed)):
        render_pdf(
            body,
            title="x",
            language="fr",
            authored_on=_day(),
            author="x",
            css="",
            limits=Limits(2, 4, 1 << 29),
        )
    assert time.monotonic() - began < 60


def _day():
    from datetime import date

    return date(2026, 11, 24)


@pytest.mark.one_engine
def test_a_renderer_killed_in_the_middle_is_an_error_and_the_next_document_is_made(snapshot):
    contract_pdf(snapshot)

    over = threading.Event()

    def kill():
        """Whenever the document reaches an engine, however slow the machine is."""
        while not over.wait(0.3):
            for pid in {*pool.engine_pids(), *_children()}:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        with pytest.raises(RenderFailed):
            contract_pdf(replace(snapshot, clauses=snapshot.clauses * 12))
    finally:
        over.set()
    killer.join()
    assert contract_pdf(snapshot).pages >= 12


def _children() -> list[int]:
    """Engines at work are not idle, though others may be: they are children of this process."""
    listed = subprocess.run(
        ["pgrep", "-P", str(os.getpid()), "-f", "documents.engine"], capture_output=True, text=True
    )
    return [int(pid) for pid in listed.stdout.split()]


def test_a_contract_not_sent_when_the_renderer_dies_changes_nothing(world, db, monkeypatch, browse):
    sharing_before = ContractVersion.unscoped.count(), Document.unscoped.count()
    monkeypatch.setattr(pool, "ask", lambda *asked: ({"error": "killed"}, b""))
    answer = browse("coach").post(reverse("coach_contract_share", args=[world.contract.ref]))
    assert answer.status_code in (422, 503)
    assert (ContractVersion.unscoped.count(), Document.unscoped.count()) == sharing_before
    assert Contract.unscoped.get(pk=world.contract.pk).state == "draft"


def test_a_document_is_never_made_inside_a_transaction(snapshot):
    with transaction.atomic(), pytest.raises(RuntimeError):
        contract_pdf(snapshot)


def test_a_stored_document_that_was_altered_is_not_shown(world, browse):
    path = path_of(world.version.document.sha256)
    kept = path.read_bytes()
    path.chmod(0o600)
    try:
        for altered in (kept[:-1], kept + b"x", kept[:500] + bytes([kept[500] ^ 1]) + kept[501:]):
            path.write_bytes(altered)
            with pytest.raises(Damaged):
                content_of(world.version.document)
        answer = browse("coachee").get(reverse("coachee_contract_pdf", args=[world.version.ref]))
        assert answer.status_code == 403
    finally:
        path.write_bytes(kept)
    assert browse("coachee").get(reverse("coachee_contract_pdf", args=[world.version.ref])).content == kept


def test_a_stored_document_is_written_once():
    first = write_once(b"%PDF-1.7 once")
    before = path_of(first).stat().st_mtime_ns
    assert write_once(b"%PDF-1.7 once") == first
    assert path_of(first).stat().st_mtime_ns == before
    assert path_of(first).stat().st_mode & 0o777 == 0o400


@pytest.mark.parametrize("table", ["documents_document", "contracts_contractversion"])
@pytest.mark.parametrize("statement", ["UPDATE {t} SET ref = 'X-1'", "DELETE FROM {t}"])
def test_what_was_frozen_can_neither_be_changed_nor_taken_away(world, db, table, statement):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(t=table))


def test_canonical_text_is_the_same_for_equal_snapshots_and_survives_the_journey(snapshot):
    assert canonical(thaw(canonical(snapshot))) == canonical(snapshot)
    assert canonical(replace(snapshot, version=9)) != canonical(snapshot)


def test_the_command_writes_the_version_the_parties_have(world, db, tmp_path, stored):
    target = tmp_path / "contract.pdf"
    call_command("generate_contract", world.mission.ref, "-o", str(target))
    assert target.read_bytes() == stored


def test_the_command_lists_the_missions_that_are_ready(world, db, capsys):
    call_command("generate_contract")
    assert capsys.readouterr().out == f"{world.mission.ref}  {world.mission.title}\n"


def test_the_command_refuses_an_unknown_mission_and_one_without_a_contract(world, db, tmp_path):
    for reference in ("M-2222222222", world.enquiry.ref, world.refused.ref):
        with pytest.raises(CommandError, match=reference):
            call_command("generate_contract", reference, "-o", str(tmp_path / "x.pdf"))
    assert list(tmp_path.iterdir()) == []


def test_the_command_says_what_is_missing_from_a_draft(world, db, tmp_path):
    from tests.contracts.helpers import contracting

    mission, _contract = contracting(world, terms=False)
    with pytest.raises(CommandError, match="number of sessions"):
        call_command("generate_contract", mission.ref, "-o", str(tmp_path / "x.pdf"))


def test_the_command_refuses_a_place_it_cannot_write_to(world, db):
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("generate_contract", world.mission.ref, "-o", "/nowhere/x.pdf")
    assert Mission.unscoped.get(pk=world.mission.pk).state == "contracting"


def test_two_versions_are_numbered_one_after_the_other(world, db):
    world.contract.refresh_from_db()
    second = sharing.share(world.coach, world.contract)
    assert second.number == 2
    assert second.document.sha256 != world.version.document.sha256
