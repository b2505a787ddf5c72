"""``python -m tests.conformance``: the contract as it is signed and as it is sealed, in both languages, and every other paper, before a validator."""

import os
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "coaching.settings.test"

import logging
import tempfile
from dataclasses import replace
from pathlib import Path

import django

django.setup()
logging.disable(logging.WARNING)

from django.conf import settings

from contracts.rendering import contract_pdf
from contracts.services import sealing
from tests.benchmarks.table import database, show
from tests.conformance import verapdf
from tests.conformance.papers import papers
from tests.conformance.structure import faults
from tests.contracts.evidence import evidence_of
from tests.contracts.sealed import gathered
from tests.documents.authority import OpenSsl, serving

TOOLS = settings.BASE_DIR / "var" / "tools"


def documents(world, directory: Path) -> dict[str, Path]:
    """The files to judge, written in ``directory``."""
    snapshot, _evidence, _signed = gathered(world.version)
    files = {}
    for language in ("fr", "en"):
        frozen = replace(snapshot, language=language)
        signed = contract_pdf(frozen)
        evidence = evidence_of(frozen, signed.sha256, signed.pages)
        sealed = sealing.prepare(frozen, evidence, signed.pdf, world.practice.ref)
        files |= {f"contract, {language}": signed.pdf, f"sealed contract, {language}": sealed.pdf}
    with serving(OpenSsl(directory)) as (url, _asked):
        settings.TSA_URL = url
        dated = sealing.prepare(frozen, evidence, signed.pdf, world.practice.ref)
        settings.TSA_URL = ""
    files["sealed and timestamped contract, en"] = dated.pdf
    files |= dict(papers(world))
    return {
        name: _written(directory / f"{number}.pdf", pdf) for number, (name, pdf) in enumerate(files.items())
    }


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def validated(jar: Path, files: dict[str, Path]) -> list[tuple[str, str, list[str]]]:
    rows = []
    for profile, title in verapdf.PROFILES.items():
        found = verapdf.failures(jar, list(files.values()), profile)
        rows += [(name, title, broken) for name, broken in zip(files, found, strict=True)]
    return rows


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch, database() as world:
        files = documents(world, Path(scratch))
        structure = [(name, "structure", faults(file.read_bytes())) for name, file in files.items()]
        try:
            rows = structure + validated(verapdf.fetched(TOOLS), files)
            title = f"Conformance, by veraPDF {verapdf.VERSION} (and our structural checks)"
        except verapdf.NotHad as absent:
            rows = structure
            title = f"NOT validated: {absent}. Structural checks alone, which prove no conformance"
    show(
        title,
        ("document", "against", "found"),
        [(n, t, "conforms" if not f else f"{len(f)} FAULTS") for n, t, f in rows],
    )
    broken = [(name, against, fault) for name, against, found in rows for fault in found]
    for name, against, fault in broken:
        print(f"  {name}, {against}: {fault}")
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
