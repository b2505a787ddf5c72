"""Annex 2, the evidence of signature, as the last pages of the sealed contract. Pure; no query."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from django.template.loader import render_to_string

from coaching.kernel.dates import long_date
from coaching.kernel.markup import WIDE

from .evidence import ConsumerEvidence, Evidence, SignatureEvidence
from .evidence_wording import EVIDENCE_WORDING, EvidenceWording
from .rendering import STYLES, contract_body
from .snapshots import ContractSnapshot
from .wording import WORDING

EVIDENCE_STYLES = STYLES.with_name("evidence.css")
MOST_PAGES = 60  # of an annex; beyond, its pages would be numbered as the document's
_UNPRINTABLE = re.compile(r"[^\x20-\x7e]")  # of what a browser says of itself


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    value: str
    digest: bool = False


def sealed_body(snapshot: ContractSnapshot, evidence: Evidence) -> str:
    """The body of the sealed contract: the contract as it was signed, then annex 2."""
    return contract_body(snapshot) + annex_body(evidence)


def sealed_styles(evidence: Evidence) -> str:
    """The contract's own styles; the pages that were signed keep their total, the annex counts its own."""
    pages, words = evidence.document.pages, EVIDENCE_WORDING[evidence.language]
    numbers = " ".join(f'"{number}"' for number in range(1, MOST_PAGES + 1))
    of = WORDING[evidence.language].page_of
    return "\n".join(
        (
            STYLES.read_text(encoding="utf-8"),
            EVIDENCE_STYLES.read_text(encoding="utf-8"),
            f"@counter-style annex {{ system: fixed {pages + 1}; symbols: {numbers}; }}",
            f'@page {{ @bottom-right {{ content: "Page " counter(page) " {of} {pages}"; }} }}',
            f'@page evidence {{ @bottom-right {{ content: "{words.page} " counter(page, annex) " {words.of} " '
            "counter(pages, annex); } }",
        )
    )


def annex_body(evidence: Evidence) -> str:
    words = EVIDENCE_WORDING[evidence.language]
    context = {
        "words": words,
        "intro": words.intro.format(pages=evidence.document.pages),
        "document": _document(evidence, words),
        "procedure": _procedure(evidence, words),
        "signatures": [_signature(one, evidence.language, words) for one in evidence.signatures],
        "consumers": [_consumer(one, evidence.language, words) for one in evidence.consumers],
        "record": _record(evidence, words),
        "files": list(words.file_names.items()),
        "colon": WIDE + ":" if evidence.language == "fr" else ":",
    }
    return render_to_string("documents/evidence.html", context)


def _moment(at: datetime, language: str) -> str:
    """To the second and in universal time, which has no summer."""
    at = at.astimezone(UTC)
    day = long_date(at.date(), language)
    return EVIDENCE_WORDING[language].moment.format(day=day, time=f"{at:%H:%M:%S}")


def _document(evidence: Evidence, words: EvidenceWording) -> list[Row]:
    signed = evidence.document
    return [
        Row(words.document_title, signed.title),
        Row(words.reference, f"{signed.reference}, {words.version.format(number=signed.version)}"),
        Row(words.pages, str(signed.pages)),
        Row(words.digest, signed.sha256, digest=True),
    ]


def _procedure(evidence: Evidence, words: EvidenceWording) -> list[Row]:
    said, language = evidence.procedure, evidence.language
    expires = _moment(said.expires_at, language) if said.expires_at else words.no_expiry
    return [
        Row(words.created, _moment(said.created_at, language)),
        Row(words.sent, _moment(said.sent_at, language)),
        Row(words.expires, expires),
        Row(words.order, words.set_order if said.in_order else words.any_order),
        Row(words.completed, _moment(said.completed_at, language)),
    ]


def _signature(one: SignatureEvidence, language: str, words: EvidenceWording) -> list[Row]:
    rows = [
        Row(words.signatory, one.name),
        Row(words.signed_as, one.role),
        Row(words.organisation, one.organisation),
        Row(words.address, one.address),
        Row(words.access, words.accesses.get(one.access, one.access)),
        Row(words.displayed, _moment(one.displayed_at, language)),
        Row(words.consent, one.consent),
        Row(words.typed, one.typed_name),
        Row(words.channel, words.channels.get(one.channel, one.channel)),
        Row(words.signed, _moment(one.signed_at, language)),
        Row(words.ip, one.ip or words.unknown),
        Row(words.browser, _UNPRINTABLE.sub("?", one.user_agent)[:300] or words.unknown),
        Row(words.event, f"{words.event_text.format(number=one.journal_number)} {one.journal_digest}"),
    ]
    return [row for row in rows if row.value]


def _consumer(one: ConsumerEvidence, language: str, words: EvidenceWording) -> list[Row]:
    return [
        Row(words.signatory, one.name),
        Row(words.received, _moment(one.received_at, language)),
        Row(words.statement, one.statement),
        Row(words.information, one.information_sha256, digest=True),
        Row(words.event, f"{words.event_text.format(number=one.journal_number)} {one.journal_digest}"),
        Row(words.early_start, _early_start(one, language, words)),
    ]


def _early_start(one: ConsumerEvidence, language: str, words: EvidenceWording) -> str:
    if one.requested_at is None:
        return words.no_early_start
    return f"{_moment(one.requested_at, language)}. {one.early_start}"


def _record(evidence: Evidence, words: EvidenceWording) -> list[Row]:
    charter = evidence.charter
    published = long_date(charter.published_on, evidence.language)
    return [
        Row(words.practice, evidence.practice),
        Row(words.chain, evidence.journal_chain),
        Row(
            words.charter,
            words.charter_text.format(title=charter.title, number=charter.number, day=published),
        ),
        Row(words.digest, charter.sha256, digest=True),
    ]
