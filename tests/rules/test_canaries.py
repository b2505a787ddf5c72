"""Every text of the world is a canary: seen by somebody entitled, by nobody else, wherever the product writes."""

import html
import io
import logging
import re
import zipfile
from collections import Counter
from functools import cache
from urllib.parse import urljoin

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from coaching.accounts.access import chairs_of, viewer_on
from coaching.journal.models import Event
from coaching.kernel.registry import declared, rules
from coaching.outbox.models import Letter
from coaching.outbox.services import open_letter
from coaching.personal.services import exporting
from tests.personal.helpers import pack
from tests.rules.addresses import ADDRESSES, access_of, product_patterns
from tests.world import PERSONAS

PATTERNS = dict(product_patterns())
OURS = (
    "accounts",
    "calendar",
    "charter",
    "clients",
    "closings",
    "coaching_sessions",
    "conformity",
    "consents",
    "contracts",
    "decisions",
    "development",
    "disclosures",
    "documents",
    "handover",
    "hours",
    "jobs",
    "journal",
    "minutes",
    "missions",
    "notes",
    "openings",
    "outbox",
    "personal",
    "progress",
    "recourse",
    "restitutions",
    "supervision",
    "vault",
)
QUERIES = 25
LINK = re.compile(r'href="([^"#]+)"')
# Texts nobody types into a field of their own; the canaries inside them are found through their sources.
DERIVED = {
    "development.ShownSheet.shown_as": "the name of a person at the table",
    "development.ShownSheet.content": "the coach’s trainings as they were shown, canary by canary",
    "documents.Document.title": "title and reference of the contract",
    "documents.Document.snapshot": "the values of the contract, canary by canary",
    "contracts.SealedContract.evidence": "names and addresses of the parties, planted on people and accounts",
    "contracts.Information.text": "a dated legal text, with the values of the contract and the practice",
    "contracts.InformationReceipt.statement": "a dated legal sentence, with the reference of the contract",
    "contracts.EarlyStart.statement": "a dated legal sentence, with the reference of the contract",
    "contracts.Withdrawal.statement": "a dated legal sentence, with the name and the address given beside it",
    "closings.PartyLetter.content": "what was told to that party, planted where it is written",
    "missions.RequestVersion.sealed_ref": "a reference into the vault, where the words are planted",
    "recourse.RecoursePerson.email": "the address they were invited at, that of their account",
    "outbox.Letter.to": "an address, planted on accounts and people",
    "outbox.Letter.sealed": "a letter, read below as its addressee reads it",
    "personal.Export.material": "what was gathered of somebody, canary by canary; opened below",
    "charter.Article.duty": "parsed from the charter's text",
    "clients.Person.email": "the address of the account it is linked to",
    "contracts.Signatory.name": "the name of a person or a coach, as the document has it",
    "contracts.Signatory.capacity": "a word of the document",
    "contracts.Signatory.organisation": "the name of the organisation, or of the practice",
    "contracts.Signatory.email": "an address, planted on accounts and people",
    "contracts.Challenge.sent_to": "an address, planted on accounts and people",
    "contracts.Signature.consent": "a dated legal text, the same for everybody",
    "contracts.Signature.typed_name": "the signatory’s name, or it is refused",
    "contracts.Signature.address": "an address, planted on accounts and people",
    "contracts.Signature.ip": "of the connection, in the proof of signature alone",
    "contracts.Signature.user_agent": "of the browser, in the proof of signature alone",
}
# The mailbox of a person's own machine shows every letter to whoever sits there; it does not exist on a server.
LOCAL = {"mailbox", "mailbox_letter"}


def test_every_field_of_every_table_is_declared():
    fields = {
        f"{model._meta.label}.{field.name}"
        for label in OURS
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.concrete_fields
    }
    assert fields - declared() == set()
    assert declared() - fields == set(), "declared, and no longer there"


def test_every_declared_text_has_a_canary(world):
    planted = {path for path, _personas in world.canaries.values()}
    assert set(rules()) - planted - set(DERIVED) == set()


def test_no_text_a_person_writes_passes_for_plumbing():
    plumbing = declared() - set(rules())
    codes = {
        "ref",
        "kind",
        "state",
        "role",
        "level",
        "tag",
        "language",
        "place",
        "row",
        "audience",
        "about",
        "section",
        "page",
    }
    for path in plumbing:
        app, model, name = path.split(".")
        field = apps.get_model(app, model)._meta.get_field(name)
        if isinstance(field, models.TextField) or (
            isinstance(field, models.CharField) and field.max_length > 64
        ):
            assert field.choices or name in codes or name in NOT_WRITTEN, path


NOT_WRITTEN = {
    "password",
    "sealed_key",
    "last_error",
    "name",
}  # made by the product; names of clauses are codes


def _text(answer) -> str:
    """What a person, or a program, can read of an answer: body, headers, the pages and the data of a PDF."""
    head = " ".join(f"{key}: {value}" for key, value in answer.items())
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if answer.get("Content-Type", "").startswith("application/pdf"):
        return head + _text_of_pdf(content)
    if "spreadsheetml" in answer.get("Content-Type", ""):
        return head + _text_of_workbook(content)
    return head + html.unescape(content.decode(errors="replace"))


@cache
def _text_of_pdf(content: bytes) -> str:
    """Read once for each document: the same bytes say the same to everybody."""
    reader = PdfReader(io.BytesIO(content))
    said = [page.extract_text() for page in reader.pages]
    return " ".join(
        [*said, str(reader.metadata), str(reader.xmp_metadata and reader.xmp_metadata.rdf_root.toxml())]
    )


def _text_of_workbook(content: bytes) -> str:
    return " ".join(
        str(cell) for sheet in load_workbook(io.BytesIO(content)) for row in sheet.values for cell in row
    )


def _found(world, text: str) -> set[str]:
    # Lines, soft hyphens and grouping spaces may fall inside a word on a page.
    packed = re.sub(r"[\s\u00ad\u2011\u202f-]", "", text).casefold()
    return {word for word in world.canaries if word in packed}


def _crawl(world, browser, persona: str) -> dict[str, str]:
    """Address → text of every page this persona can reach, by knowing addresses and by following links."""
    todo = [
        reverse(name, kwargs=ADDRESSES[name].own(world))
        for name, pattern in PATTERNS.items()
        if access_of(pattern)[0] != "acts" and name not in LOCAL
    ]
    pages: dict[str, str] = {}
    asked: Counter[str] = Counter()  # a calendar has no last page: of one address, so many ways to ask it
    while todo:
        url = todo.pop()
        path, _mark, query = url.partition("?")
        if (
            url in pages
            or (query and asked[path] >= QUERIES)
            or not url.startswith("/")
            or url.startswith(("/static/", "/mailbox/", "/accounts/"))
        ):
            continue
        asked[path] += bool(query)
        answer = browser.get(url)
        assert answer.status_code < 500, (persona, url)
        pages[url] = _text(answer)
        if answer.get("Content-Type", "").startswith("text/html"):
            todo += [urljoin(url, link) for link in LINK.findall(html.unescape(answer.content.decode()))]
    return pages


@pytest.fixture(scope="module")
def seen():
    """Canaries each persona came across, filled in by the crawl."""
    return {}


@pytest.mark.parametrize("persona", [*PERSONAS, "anonymous"])
def test_no_page_or_document_shows_a_text_to(world, browse, seen, caplog, persona):
    caplog.set_level(logging.INFO)
    found = set()
    for url, text in _crawl(world, browse(persona), persona).items():
        here = _found(world, text)
        stray = {
            f"{word} {world.canaries[word][0]}" for word in here if persona not in world.canaries[word][1]
        }
        assert stray == set(), (persona, url)
        found |= here
    seen[persona] = found
    logged = " ".join(
        record.getMessage() for record in caplog.records if not record.name.startswith("django.db")
    )
    assert _found(world, logged) == set(), "a log line carries a text"


def _archives(world, browse, persona: str) -> dict[str, str]:
    """What is in the archive of one's own data, file by file, behind each portal this person has."""
    found = {}
    for chair in chairs_of(world.users[persona]):
        viewer = viewer_on(world.users[persona], chair)
        row = pack(exporting.ask(viewer, "fr"))
        archive = zipfile.ZipFile(io.BytesIO(exporting.content_of(viewer, row)))
        for name in archive.namelist():
            content = archive.read(name)
            found[f"{chair.portal}:{name}"] = (
                _text_of_pdf(content) if name.endswith(".pdf") else content.decode()
            )
    return found


# What the archive of a coachee must hold: a text of each of these, and every one of it that is theirs alone to read.
THEIRS = {
    "accounts.KeptForm.sealed",
    "accounts.User.email",
    "clients.Person.phone",
    "coaching_sessions.CoachingSession.place",
    "contracts.Comment.text",
    "decisions.Suggestion.sealed_ref",
    "decisions.Wording.text_ref",
    "disclosures.Disclosure.told_ref",
    "handover.HandOver.proposed_ref",
    "minutes.CoacheeCopy.wording_ref",
    "missions.SharedWording.text",
    "notes.SharedSummary.sealed_ref",
    "personal.Correction.wanted",
    "progress.Measure.words",
    "recourse.Message.sealed_ref",
    "restitutions.ReleasedRestitution.content",
    "restitutions.RestitutionText.sealed_ref",
    "vault.SealedText.ciphertext",
}


@pytest.mark.parametrize("persona", PERSONAS)
def test_nobody_takes_away_a_text_of_somebody_else(world, browse, db, persona):
    """The archive of one's own data is searched as every page is: each file of it, behind each portal."""
    found = set()
    for name, text in _archives(world, browse, persona).items():
        here = _found(world, text)
        stray = {
            f"{word} {world.canaries[word][0]}" for word in here if persona not in world.canaries[word][1]
        }
        assert stray == set(), (persona, name)
        found |= here
    if persona == "coachee":
        paths = {world.canaries[word][0] for word in found}
        assert THEIRS - paths == set()
        assert not {path for path in paths if path.startswith(("notes.SessionNote", "supervision."))}


def test_each_text_is_seen_by_somebody_entitled(world, seen, db):
    reached = {world.canaries[word][0] for word in set().union(*seen.values())}
    assert {path for path, _personas in world.canaries.values()} - reached == set()


def test_no_letter_carries_a_text_of_a_mission(world, db):
    """Letters carry the names of those who write and are written to; what was said stays in the portal."""
    allowed = {"accounts.User.name", "accounts.User.email", "accounts.Practice.name", "clients.Person.name"}
    told = {
        "accounts.Invitation.name",
        "accounts.Invitation.email",
        "clients.Organisation.name",
        "recourse.RecoursePerson.name",
    }
    # The law wants the consumer's own statement in its acknowledgement, which names the practice it is made to.
    stated = {"contracts.Withdrawal.name", "contracts.Withdrawal.email"}
    stated |= {"accounts.Practice.address", "accounts.Practice.email"}
    # When and where to meet is told to those who meet, and to nobody else.
    met = {"coaching_sessions.CoachingSession.place", "coaching_sessions.CoachingSession.join_link"}
    persona_at = {user.email: persona for persona, user in world.users.items()}
    for letter in Letter.unscoped.all():
        message = open_letter(letter)
        here = _found(world, " ".join([message.subject, message.text, message.html, letter.to]))
        meeting = {word for word in here if world.canaries[word][0] in met}
        if letter.kind.startswith("sessions/"):
            assert all(persona_at[letter.to] in world.canaries[word][1] for word in meeting)
            assert not _found(world, message.subject)
            here -= meeting
        stray = {world.canaries[word][0] for word in here} - allowed - told
        if letter.kind in (
            "supervision/asked",
            "supervision/copy",
        ):  # to the supervisor, who is greeted by name
            stray -= {"supervision.Supervisor.name", "supervision.Supervisor.email"}
        stray -= stated if letter.kind == "contracts/withdrawal_received" else set()
        assert stray == set(), (letter.kind, message.subject)


def test_the_journal_carries_no_text_at_all(world, db):
    for event in Event.unscoped.all():
        assert _found(world, f"{event.kind} {event.subject} {event.mission} {event.data}") == set(), (
            event.kind
        )


def test_a_refusal_shows_nothing_of_what_was_refused(world, browse):
    for persona in ("colleague", "coach_elsewhere", "departed", "sponsor_elsewhere"):
        for name in ("coach_mission", "coachee_mission", "organisation_mission"):
            answer = browse(persona).get(reverse(name, kwargs={"ref": world.mission.ref}))
            assert answer.status_code == 404
            stray = {w for w in _found(world, _text(answer)) if persona not in world.canaries[w][1]}
            assert stray == set(), (persona, name)


def test_a_search_is_no_oracle_on_somebody_elses_texts(world, browse):
    for word, (_path, personas) in world.canaries.items():
        if "colleague" not in personas:
            answer = browse("colleague").get(reverse("coach_missions"), {"q": word})
            assert "/coach/missions/M-" not in answer.content.decode(), word
            answer = browse("colleague").get(reverse("coach_notes"), {"q": word})
            assert "/coach/notes/N-" not in answer.content.decode(), word
