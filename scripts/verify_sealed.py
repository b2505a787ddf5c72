#!/usr/bin/env python3
"""Verify a sealed contract without the product that made it.

    pip install pyhanko
    python verify_sealed.py contract.pdf [--certificate practice.pem | --fingerprint SHA256] [--extract DIRECTORY]

Reads the PDF, its seal and the files it carries, and says in French and in English what holds and what does not. Needs
Python and pyHanko (which brings asn1crypto and cryptography), no network, nothing of the service where the contract was
signed. The exit code is 0 when everything holds, 1 when something does not, 2 when there was nothing to judge.
"""

import argparse
import hashlib
import io
import json
import logging
import sys
from pathlib import Path

from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext

CARRIED = ("evidence.json", "charter.md", "signed.pdf")
LARGEST = 100 << 20

SAID = {
    "whole": (
        "Le sceau couvre le fichier entier, du premier octet au dernier.",
        "The seal covers the whole file, from its first byte to its last.",
    ),
    "holds": (
        "Le sceau tient : rien n’a été modifié depuis qu’il a été apposé.",
        "The seal holds: nothing was changed since it was put.",
    ),
    "one": ("Le fichier porte un seul sceau.", "The file bears exactly one seal."),
    "known": (
        "Le certificat est bien celui que vous avez indiqué.",
        "The certificate is the one you gave.",
    ),
    "carried": (
        "Les trois fichiers joints sont là : les éléments de preuve, la charte, le fichier signé.",
        "The three attached files are there: the evidence, the charter, the file that was signed.",
    ),
    "signed": (
        "Le fichier signé joint a exactement l’empreinte que chaque partie a signée.",
        "The attached signed file has exactly the digest that each party signed.",
    ),
    "charter": (
        "La charte jointe a exactement l’empreinte inscrite dans la preuve.",
        "The attached charter has exactly the digest written in the evidence.",
    ),
    "pages": (
        "Les premières pages de ce document sont dessinées comme celles du fichier signé.",
        "The first pages of this document are drawn as those of the signed file.",
    ),
    "agreed": (
        "Chaque signature porte un nom, une date et un consentement.",
        "Each signature bears a name, a date and a consent.",
    ),
}


class Report:
    """What was found, printed as it is found, in both languages."""

    def __init__(self):
        self.fine = True

    def say(self, what: str, holds: bool) -> bool:
        french, english = SAID[what]
        print(f"[{'oui · yes' if holds else 'NON · NO '}] {french}\n            {english}")
        self.fine &= holds
        return holds

    @staticmethod
    def tell(french: str, english: str) -> None:
        print(f"            {french}\n            {english}")


def judge_seal(content: bytes, reader: PdfFileReader, wanted: str, report: Report) -> None:
    seals = reader.embedded_regular_signatures
    if not report.say("one", len(seals) == 1):
        return
    (seal,) = seals
    start, before, after, rest = (int(one) for one in seal.byte_range)
    put = seal.pkcs7_content
    written = content[before:after] == b"<" + put.hex().upper().encode() + b">"
    written = written and not any(put[value_length(put) :])  # what room is left holds nothing
    whole = report.say("whole", written and (start, after + rest) == (0, len(content)))
    certificate, when = seal.signer_cert, seal.self_reported_timestamp
    trust = ValidationContext(trust_roots=[certificate], moment=when, allow_fetching=False)
    nobody = ValidationContext(trust_roots=[], allow_fetching=False)
    usage = KeyUsageConstraints(
        key_usage={"non_repudiation", "digital_signature"}, match_all_key_usages=False
    )
    status = validate_pdf_signature(seal, trust, nobody, key_usage_settings=usage)
    report.say(
        "holds", whole and status.intact and status.valid and status.trusted and bool(status.docmdp_ok)
    )
    fingerprint = hashlib.sha256(certificate.dump()).hexdigest()
    name = certificate.subject.human_friendly
    report.tell(
        f"Scellé le {when:%Y-%m-%d %H:%M:%S %z} par : {name}",
        f"Sealed on {when:%Y-%m-%d %H:%M:%S %z} by: {name}",
    )
    stamp = status.timestamp_validity
    if stamp is not None:
        dated = f"{stamp.timestamp:%Y-%m-%d %H:%M:%S %z}"
        good = stamp.intact and stamp.valid
        report.tell(
            f"Horodatage d’une autorité : {dated if good else 'INVALIDE'}",
            f"Timestamp of an authority: {dated if good else 'INVALID'}",
        )
        report.fine &= good
    print(f"            SHA-256 : {fingerprint}")
    if wanted:
        report.say("known", fingerprint == wanted)
    else:
        report.tell(
            "Demandez au cabinet de confirmer cette empreinte : n’importe qui peut faire un certificat à ce nom.",
            "Ask the practice to confirm this fingerprint: anyone can make a certificate in this name.",
        )


def value_length(der: bytes) -> int:
    """Of the one DER value at the beginning, its header included."""
    size = der[1]
    if size < 0x80:
        return 2 + size
    return 2 + (size & 0x7F) + int.from_bytes(der[2 : 2 + (size & 0x7F)], "big")


def at(node, key):
    """What a dictionary says under a key, followed to its end; None when it says nothing."""
    return node[key] if node is not None and key in node else None


def carried_files(reader: PdfFileReader) -> dict[str, bytes]:
    """The attached files, by name."""
    found: dict[str, bytes] = {}
    names = at(at(at(reader.root, "/Names"), "/EmbeddedFiles"), "/Names") or []
    for number in range(0, len(names), 2):
        specification = names[number + 1]
        found[str(specification["/UF"])] = specification["/EF"]["/F"].data
    return found


def judge_evidence(reader: PdfFileReader, files: dict[str, bytes], report: Report) -> None:
    if not report.say("carried", set(CARRIED) <= set(files)):
        return
    evidence = json.loads(files["evidence.json"])
    report.say("signed", hashlib.sha256(files["signed.pdf"]).hexdigest() == evidence["document"]["sha256"])
    report.say("charter", hashlib.sha256(files["charter.md"]).hexdigest() == evidence["charter"]["sha256"])
    report.say("pages", same_pages(reader, files["signed.pdf"]))
    signatures = evidence["signatures"]
    report.say(
        "agreed",
        bool(signatures)
        and all(one["typed_name"] and one["signed_at"] and one["consent"] for one in signatures),
    )
    print(f"            {evidence['document']['title']}, version {evidence['document']['version']}")
    print(f"            {evidence['charter']['title']}, version {evidence['charter']['number']}")
    for one in signatures:
        print(f"            · {one['name']}, {one['role']}: {one['signed_at']} ({one['channel']})")
    report.tell(
        f"Niveau : signature électronique simple. « {evidence['level']} »",
        f"Level: simple electronic signature. “{evidence['level']}”",
    )


def same_pages(reader: PdfFileReader, signed: bytes) -> bool:
    """Page by page, the drawing instructions of the signed file and of this document."""
    before = [drawing(page) for page in pages(PdfFileReader(io.BytesIO(signed)).root["/Pages"])]
    after = [drawing(page) for page in pages(reader.root["/Pages"])]
    return len(after) > len(before) > 0 and after[: len(before)] == before


def pages(node):
    for kid in (node["/Kids"][number] for number in range(len(node["/Kids"]))):
        if kid["/Type"] == "/Pages":
            yield from pages(kid)
        else:
            yield kid


def drawing(page) -> bytes:
    contents = page["/Contents"]
    streams = [contents] if hasattr(contents, "data") else [contents[n] for n in range(len(contents))]
    return b"\n".join(stream.data for stream in streams)


def wanted_fingerprint(arguments) -> str:
    if arguments.fingerprint:
        return arguments.fingerprint.replace(":", "").replace(" ", "").lower()
    if not arguments.certificate:
        return ""
    der = arguments.certificate.read_bytes()
    if pem.detect(der):
        _kind, _headers, der = pem.unarmor(der)
    return hashlib.sha256(x509.Certificate.load(der).dump()).hexdigest()


def verify(arguments) -> int:
    content = arguments.file.read_bytes()
    print(f"{arguments.file.name}\n            SHA-256 : {hashlib.sha256(content).hexdigest()}")
    if len(content) > LARGEST or b"%PDF-" not in content[:1024]:
        Report.tell("Ce fichier n’est pas un contrat scellé.", "This file is not a sealed contract.")
        return 2
    report = Report()
    try:
        reader = PdfFileReader(io.BytesIO(content), strict=False)
        judge_seal(content, reader, wanted_fingerprint(arguments), report)
        files = carried_files(reader)
        judge_evidence(reader, files, report)
    except Exception as wrong:  # a damaged file provokes any error: whatever it is, the file does not hold
        Report.tell(
            f"Illisible ou abîmé : {type(wrong).__name__}", f"Unreadable or damaged: {type(wrong).__name__}"
        )
        return 1
    if arguments.extract:
        arguments.extract.mkdir(parents=True, exist_ok=True)
        for name in CARRIED:
            if name in files:
                (arguments.extract / name).write_bytes(files[name])
    if report.fine:
        Report.tell("TOUT TIENT.", "EVERYTHING HOLDS.")
    else:
        Report.tell("CE DOCUMENT N’EST PAS FIABLE.", "THIS DOCUMENT IS NOT TO BE RELIED ON.")
    return 0 if report.fine else 1


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path, help="the sealed PDF")
    parser.add_argument(
        "--certificate", type=Path, help="the practice's certificate, PEM or DER, had from the practice"
    )
    parser.add_argument("--fingerprint", help="or its SHA-256, as the practice tells it")
    parser.add_argument("--extract", type=Path, metavar="DIRECTORY", help="write the attached files there")
    logging.disable(logging.CRITICAL)
    sys.exit(verify(parser.parse_args()))


if __name__ == "__main__":
    main()
