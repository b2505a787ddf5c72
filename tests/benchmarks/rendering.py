"""A contract as PDF: our whole pipeline against bare WeasyPrint on the same HTML, and against LibreOffice."""

import shutil
import statistics
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from coaching.documents import engine
from coaching.documents.rendering import _page
from contracts.frozen import thaw
from contracts.rendering import STYLES, contract_body, contract_pdf
from tests.benchmarks.table import ratio, show

ROUNDS = 7


def _median(act) -> float:
    taken = []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        act()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def run(world) -> None:
    snapshot = thaw(world.version.document.snapshot)
    html = _page(
        contract_body(snapshot), snapshot.title, snapshot.language, snapshot.issued_on, snapshot.practice
    )
    css = STYLES.read_text()
    made = contract_pdf(snapshot)
    engine.render(html, css)  # both warm
    ours = _median(lambda: contract_pdf(snapshot))
    bare = _median(lambda: _bare(html, css))
    rows = [
        ("bare WeasyPrint, same HTML, this process", f"{bare:.2f} s", "1"),
        ("ours: snapshot, HTML, other process, PDF/A-3a, checks", f"{ours:.2f} s", ratio(ours / bare, 1.25)),
    ]
    rows += _libreoffice(html, ours)
    one_by_one = _median(lambda: [contract_pdf(snapshot), contract_pdf(snapshot)])
    with ThreadPoolExecutor(2) as two:
        at_once = _median(lambda: list(two.map(contract_pdf, [snapshot, snapshot])))
    rows.append(
        (
            "two at once, against one after the other",
            f"{at_once:.2f} s",
            ratio(one_by_one / at_once, 1.7, at_least=True),
        )
    )
    show(f"A contract of {made.pages} pages as PDF (median of {ROUNDS})", ("", "wall", "ratio"), rows)
    print(
        f"  peak memory of the process that renders: {made.peak_kb / 1024:.0f} MiB; {len(made.pdf) / 1024:.0f} KiB of PDF"
    )


def _bare(html: str, css: str) -> bytes:
    """WeasyPrint as its tutorial shows it, with the same stylesheet and the same kind of PDF."""
    import weasyprint

    sheet = weasyprint.CSS(string=css)
    return weasyprint.HTML(string=html).write_pdf(stylesheets=[sheet], pdf_variant="pdf/a-3a", pdf_tags=True)


def _libreoffice(html: str, ours: float) -> list[tuple]:
    office = shutil.which("soffice")
    if not office:
        return [("LibreOffice", "not installed", "–")]
    with tempfile.TemporaryDirectory() as scratch:
        (Path(scratch) / "contract.html").write_text(html)
        command = [office, "--headless", f"-env:UserInstallation=file://{scratch}/profile", "--convert-to", "pdf:writer_web_pdf_Export",
                   "--outdir", scratch, f"{scratch}/contract.html"]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True)
        taken = _median(lambda: subprocess.run(command, check=True, capture_output=True))
    return [("LibreOffice, same text", f"{taken:.2f} s", f"ours {ours / taken:.2f} ×")]
