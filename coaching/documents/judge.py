"""Judging the seal of one PDF: a process of its own, started by :mod:`coaching.documents.pool`.

What strangers send is read here and nowhere else, in a child with limits on time and memory. Judged is one thing: does a
certificate of this installation's practices seal the whole of this file, byte for byte. Signatures of anybody else, or
of a part of the file, are not weighed: what is not wholly under the seal is altered.
"""

import hashlib
import io
from dataclasses import dataclass

from .forking import serve


@dataclass
class Verdict:
    """``state`` says which it is; the rest is known when a seal was found."""

    state: str  # "holds" · "altered" · "unknown" (another's seal) · "none" · "unreadable" · "encrypted"
    certificate: str = ""
    signed_at: str = ""
    timestamped_at: str = ""


def work(job: dict) -> tuple[dict, bytes]:
    """``files``: the PDF, then each known certificate in DER."""
    pdf, *certificates = (one["content"] for one in job["files"])
    return vars(judge(pdf, {hashlib.sha256(one).hexdigest(): one for one in certificates})), b""


def judge(pdf: bytes, known: dict[str, bytes]) -> Verdict:
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=False)
        if reader.encrypted:
            return Verdict("encrypted")
        seals = reader.embedded_regular_signatures
    except MemoryError:
        raise
    except Exception:  # a library that meets bytes made to upset it raises whatever it likes
        return Verdict("unreadable")
    try:
        return _judge_seals(pdf, seals, known)
    except MemoryError:
        raise
    except Exception:  # there was a seal and it cannot be made sense of: it does not hold
        return Verdict("altered")


def _judge_seals(pdf: bytes, seals: list, known: dict[str, bytes]) -> Verdict:
    for seal in seals:
        fingerprint = hashlib.sha256(seal.signer_cert.dump()).hexdigest()
        if fingerprint in known:
            return _judge_ours(pdf, seal, fingerprint)
    return Verdict("unknown" if seals else "none")


def _judge_ours(pdf: bytes, seal, fingerprint: str) -> Verdict:
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko_certvalidator import ValidationContext

    when = seal.self_reported_timestamp
    said = Verdict("altered", fingerprint, when.isoformat() if when else "")
    if not _covers_the_whole(pdf, seal) or when is None:
        return said
    # The certificate is one this installation knows: it is the root of trust, judged at the time of the seal.
    trust = ValidationContext(
        trust_roots=[seal.signer_cert], moment=when, allow_fetching=False, revocation_mode="soft-fail"
    )
    usage = KeyUsageConstraints(
        key_usage={"non_repudiation", "digital_signature"}, match_all_key_usages=False
    )
    nobody = ValidationContext(trust_roots=[], allow_fetching=False)
    status = validate_pdf_signature(seal, trust, nobody, key_usage_settings=usage, skip_diff=True)
    if status.intact and status.valid and status.trusted:
        said.state = "holds"
    stamp = status.timestamp_validity
    if stamp is not None:
        said.timestamped_at = stamp.timestamp.isoformat()
        if not (stamp.intact and stamp.valid):
            said.state = "altered"
    return said


def _covers_the_whole(pdf: bytes, seal) -> bool:
    """From the first byte to the last but for the seal's own place, which holds it, padding, and nothing else."""
    start, before, after, rest = (int(one) for one in seal.byte_range)
    gap = pdf[before:after]
    if (start, after + rest) != (0, len(pdf)) or (gap[:1], gap[-1:]) != (b"<", b">"):
        return False
    sealed = seal.pkcs7_content
    written = bytes.fromhex(gap[1:-1].decode("ascii"))
    return written == sealed and not any(sealed[_length(sealed) :])


def _length(der: bytes) -> int:
    """Of the one DER value at the beginning, its header included."""
    size = der[1]
    if size < 0x80:
        return 2 + size
    return 2 + (size & 0x7F) + int.from_bytes(der[2 : 2 + (size & 0x7F)], "big")


def warm_up() -> None:
    """Load what every judgement needs."""
    import pyhanko.pdf_utils.reader
    import pyhanko.sign.validation  # noqa: F401


if __name__ == "__main__":
    serve(work, warm_up)
