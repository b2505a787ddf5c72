"""Judging the seal of one PDF: a process of its own, started by :mod:`coaching.documents.pool`.

What strangers send is read here and nowhere else, in a child with limits on time and memory. Judged is one thing: does a
certificate of this installation's practices seal the whole of this file, byte for byte. Signatures of anybody else, or
of a part of the file, are not weighed: what is not wholly under the seal is altered.
"""

import hashlib
import io
from dataclasses import dataclass

from .forking import serve

SHA256 = bytes.fromhex("300d06096086480165030402010500")  # the algorithm's name as DER


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
    sealed = seal.pkcs7_content
    # As it was written, letter for letter: a digit in another case would be the same seal in another file.
    written = pdf[before:after] == b"<" + sealed.hex().upper().encode() + b">"
    whole = written and (start, after + rest) == (0, len(pdf)) and not any(sealed[_length(sealed) :])
    return whole and _plainly_wrapped(sealed[: _length(sealed)])


def _plainly_wrapped(der: bytes) -> bool:
    """What is around the signature and not under it says what it said when the seal was put."""
    from asn1crypto import cms

    signed = cms.ContentInfo.load(der, strict=True)["content"]
    (algorithm,), (signer,) = signed["digest_algorithms"], signed["signer_infos"]
    versions = (signed["version"].native, signer["version"].native)
    same = algorithm.dump() == signer["digest_algorithm"].dump() == SHA256
    inside = der[len(der) - _inner(der) :]
    inside = inside[_length(inside) :]  # after the name of the type, the signed data to the end
    return same and versions == ("v1", "v1") and _length(inside) == len(inside)


def _inner(der: bytes) -> int:
    """Of the content of the DER value at the beginning."""
    return der[1] if der[1] < 0x80 else int.from_bytes(der[2 : 2 + (der[1] & 0x7F)], "big")


def _length(der: bytes) -> int:
    """Of the one DER value at the beginning, its header included."""
    return 2 + (0 if der[1] < 0x80 else der[1] & 0x7F) + _inner(der)


def warm_up() -> None:
    """Judge once, so that every child finds loaded, and filled in, what a judgement needs."""
    pdf, certificate = _sample()
    if judge(pdf, {hashlib.sha256(certificate).hexdigest(): certificate}).state != "holds":
        raise RuntimeError("a seal that was just put does not hold")


def _sample() -> tuple[bytes, bytes]:
    """The smallest sealed PDF, with a key that is forgotten, and its certificate."""
    from asn1crypto import keys, x509
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric import ec
    from pyhanko.pdf_utils.generic import StreamObject
    from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner, sign_pdf

    from .self_signed import certify

    key = ec.generate_private_key(ec.SECP256R1())
    certificate = certify(key, "-", "-").public_bytes(form.Encoding.DER)
    plain = key.private_bytes(form.Encoding.DER, form.PrivateFormat.PKCS8, form.NoEncryption())
    signer = SimpleSigner(
        signing_cert=x509.Certificate.load(certificate),
        signing_key=keys.PrivateKeyInfo.load(plain),
        cert_registry=None,
    )
    writer = PdfFileWriter()
    page = PageObject(contents=writer.add_object(StreamObject(stream_data=b" ")), media_box=(0, 0, 9, 9))
    writer.insert_page(page)
    about = PdfSignatureMetadata(field_name="S", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    return sign_pdf(writer, about, signer).getvalue(), certificate


if __name__ == "__main__":
    serve(work, warm_up)
