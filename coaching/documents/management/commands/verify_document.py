import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from coaching.documents.verifying import SealState, Verification, verify

SAID = {
    SealState.ALTERED: "NO. It bears the seal of {subject}; something was changed or added afterwards.",
    SealState.UNKNOWN: "NO. It bears a seal or a signature of somebody unknown to this installation.",
    SealState.NONE: "NO. It bears no seal.",
    SealState.NOT_A_PDF: "NO. It is not a PDF.",
    SealState.UNREADABLE: "NO. It is a PDF that cannot be read.",
    SealState.ENCRYPTED: "NO. It is locked with a password.",
    SealState.TOO_HEAVY: "NO. It takes too long, or too much memory, to read.",
    SealState.EMPTY: "NO. It is empty.",
    SealState.TOO_LARGE: "NO. It is too large.",
    SealState.UNAVAILABLE: "UNKNOWN. The process that judges seals could not be started; the log says why.",
}


class Command(BaseCommand):
    help = (
        "Verify a PDF: is it exactly what was sealed here, and does its seal hold. Both answers are printed; the exit code "
        "is 0 when both are yes, 1 otherwise."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", help="the PDF; - for standard input")

    def handle(self, *, file, **options):
        try:
            content = _read(file)
        except OSError as wrong:
            raise CommandError(f"{file} cannot be read: {wrong.strerror}.") from wrong
        answer = verify(content)
        for line in _lines(answer):
            self.stdout.write(line)
        if not answer.intact:
            sys.exit(1)


def _read(file: str) -> bytes:
    most = settings.LARGEST_UPLOAD + 1
    if file == "-":
        return sys.stdin.buffer.read(most)
    with Path(file).open("rb") as source:
        return source.read(most)


def _lines(answer: Verification) -> list[str]:
    return [f"SHA-256             {answer.sha256}", *_of_bytes(answer), *_of_seal(answer)]


def _of_bytes(answer: Verification) -> list[str]:
    known = answer.known
    if known is None:
        return ["Sealed here, byte for byte?  NO. No document sealed here has these bytes."]
    signers = "; ".join(f"{one.name}, {one.role}" for one in known.signers)
    return [
        f"Sealed here, byte for byte?  YES, on {_when(known.sealed_at)} (journal entry {known.journal_number}).",
        f"  {known.title}, {known.practice}",
        f"  charter: {known.charter_title}, version {known.charter_number}, SHA-256 {known.charter_sha256}",
        f"  signed by: {signers}",
    ]


def _of_seal(answer: Verification) -> list[str]:
    seal = answer.seal
    if seal.state != SealState.HOLDS:
        return [f"Does the seal hold?          {SAID[seal.state].format(subject=seal.subject)}"]
    lines = [
        f"Does the seal hold?          YES: nothing changed since {_when(seal.signed_at)}, sealed by {seal.subject}."
    ]
    if seal.timestamped_at:
        lines.append(f"  dated {_when(seal.timestamped_at)} by a timestamp authority")
    return [*lines, f"  certificate SHA-256 {seal.fingerprint}"]


def _when(moment) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M:%S %Z}"
