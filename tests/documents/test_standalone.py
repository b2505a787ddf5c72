"""The script a third party runs: no Django, nothing of the house, both languages."""

import ast
import importlib.util
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives import serialization
from django.conf import settings

from coaching.documents import seal
from contracts.rendering import contract_pdf
from contracts.services import sealing
from tests.contracts.evidence import evidence_of
from tests.contracts.sealed import gathered, sealed_by
from tests.documents.alterations import alterations
from tests.documents.bundles import certify, curve

SCRIPT = settings.BASE_DIR / "scripts" / "verify_sealed.py"
pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
OTHERS = {"asn1crypto", "pyhanko", "pyhanko_certvalidator"}


@pytest.fixture(scope="module")
def script():
    specification = importlib.util.spec_from_file_location("verify_sealed", SCRIPT)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def made(world):
    return sealed_by(world.practice.ref, world.version)


@pytest.fixture
def judge(script, tmp_path, capsys):
    """The script's exit code and what it printed, for these bytes."""

    def of(content: bytes, **options):
        file = tmp_path / "contract.pdf"
        file.write_bytes(content)
        arguments = {"file": file, "certificate": None, "fingerprint": None, "extract": None, **options}
        code = script.verify(SimpleNamespace(**arguments))
        return code, capsys.readouterr().out

    return of


def test_it_imports_nothing_of_the_house():
    tree = ast.parse(SCRIPT.read_text())
    names = {
        (node.module if isinstance(node, ast.ImportFrom) else alias.name).partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in node.names
    }
    assert names - set(sys.stdlib_module_names) == OTHERS


def test_a_third_party_finds_a_sealed_contract_good_in_both_languages(world, made, tmp_path):
    file = tmp_path / "contract.pdf"
    file.write_bytes(made.pdf)
    command = [
        sys.executable,
        "-I",
        SCRIPT,
        file,
        "--fingerprint",
        seal.describe(world.practice.ref).fingerprint,
    ]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env={"PYTHONUTF8": "1"})
    assert done.returncode == 0, done.stdout + done.stderr
    assert "TOUT TIENT." in done.stdout
    assert "EVERYTHING HOLDS." in done.stdout
    assert done.stdout.count("[oui · yes]") == 9
    for one in gathered(world.version)[1].signatures:
        assert one.name in done.stdout


def test_the_certificate_itself_may_be_given(world, made, judge, tmp_path):
    (kept,) = seal._kept(world.practice.ref)
    assert judge(made.pdf, certificate=kept)[0] == 0
    other = tmp_path / "other.pem"
    other.write_bytes(certify(curve()).public_bytes(serialization.Encoding.PEM))
    code, said = judge(made.pdf, certificate=other)
    assert code == 1
    assert "NON" in said


def test_it_writes_the_attached_files_out(made, judge, tmp_path, world):
    judge(made.pdf, extract=tmp_path / "out")
    assert sorted(path.name for path in Path(tmp_path / "out").iterdir()) == [
        "charter.md",
        "evidence.json",
        "signed.pdf",
    ]
    assert (tmp_path / "out" / "signed.pdf").read_bytes() == gathered(world.version)[2]


def test_no_alteration_is_called_good(made, judge):
    for kind, altered in alterations(made.pdf, 60, seed=6):
        code, said = judge(altered)
        assert code in (1, 2), kind
        assert "TOUT TIENT" not in said


@pytest.mark.parametrize(("content", "code"), [(b"", 2), (b"bonjour", 2), (b"%PDF-1.7\n", 1)])
def test_what_is_no_sealed_contract_is_said(judge, content, code):
    assert judge(content)[0] == code


FORGED = {
    "other digests": (
        lambda evidence: replace(evidence, document=replace(evidence.document, sha256="0" * 64)),
        "Le fichier signé joint",
    ),
    "another charter": (
        lambda evidence: replace(evidence, charter=replace(evidence.charter, sha256="0" * 64)),
        "La charte jointe",
    ),
    "nobody's signature": (lambda evidence: replace(evidence, signatures=()), "Chaque signature"),
}


@pytest.mark.parametrize("what", FORGED)
def test_evidence_that_does_not_agree_with_the_files_is_noticed_under_a_good_seal(world, judge, what):
    snapshot, evidence, signed = gathered(world.version)
    forge, said = FORGED[what]
    forged = sealing.prepare(snapshot, forge(evidence), signed, world.practice.ref)
    code, printed = judge(forged.pdf)
    assert code == 1
    assert [line for line in printed.splitlines() if "[NON" in line and said in line], printed
    assert "[oui · yes] Le sceau tient" in printed


def test_another_contract_carried_as_the_signed_one_is_noticed(world, judge, monkeypatch):
    """Whoever holds the seal could attach another file and its digest: the pages would not be its pages."""
    from coaching.documents import sealing as documents

    snapshot, _evidence, _signed = gathered(world.version)
    other = contract_pdf(replace(snapshot, subtitle="Une autre personne"))
    monkeypatch.setattr(documents, "refuse_other_pages", lambda *_files: None)
    evidence = evidence_of(snapshot, other.sha256, other.pages)
    code, printed = judge(sealing.prepare(snapshot, evidence, other.pdf, world.practice.ref).pdf)
    assert code == 1
    assert "[NON · NO ] Les premières pages" in printed
