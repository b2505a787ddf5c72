"""Sealing and verifying: what the seal costs beside rendering, two hundred contracts in a row, a thousand verified."""

import hashlib
import os
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from coaching.documents import pool
from coaching.documents.comparing import refuse_other_pages
from coaching.documents.lookups import find
from coaching.documents.rendering import render_pdf
from coaching.documents.sealing import seal_pdf
from coaching.documents.services import store
from coaching.documents.verifying import verify
from contracts.evidence_page import sealed_body, sealed_styles
from contracts.services import sealing
from tests.benchmarks.table import ratio, show
from tests.contracts.sealed import gathered, kept

ROUNDS = 7
IN_A_ROW = int(os.environ.get("SEALED_IN_A_ROW", "200"))
EARLY = 20
VERIFIED = int(os.environ.get("VERIFIED", "1000"))


def run(world) -> None:
    parts = gathered(world.version)
    _alone(world, parts)
    made = _in_a_row(world, parts)
    _verified(world, made)


def _timed(act):
    began = time.perf_counter()
    made = act()
    return made, time.perf_counter() - began


def _alone(world, parts) -> None:
    """Each round renders, compares and seals: the differences are of the same moment on the same machine."""
    taken: dict[str, list[float]] = {"bare": [], "compare": [], "seal": [], "whole": []}
    sealing.prepare(*parts, world.practice.ref)  # everything warm
    for _round in range(ROUNDS):
        _round_of(taken, world, parts)
    median = {name: statistics.median(seconds) for name, seconds in taken.items()}
    alone = median["compare"] + median["seal"]
    show(
        f"A sealed contract (median of {ROUNDS})",
        ("", "wall", "target"),
        [
            ("rendering alone, the same pages", f"{median['bare']:.2f} s", ""),
            ("comparing with the pages that were signed", f"{median['compare']:.3f} s", ""),
            ("field and seal, no timestamp", f"{median['seal']:.3f} s", ""),
            ("sealing alone: the two before", f"{alone:.2f} s", ratio(alone, 0.3)),
            ("sealing whole: render, attach, compare, seal", f"{median['whole']:.2f} s", ""),
        ],
    )


def _round_of(taken: dict, world, parts) -> None:
    snapshot, evidence, signed = parts
    ref = world.practice.ref
    bare, seconds = _timed(lambda: _bare(snapshot, evidence))
    taken["bare"].append(seconds)
    taken["compare"].append(_timed(lambda: refuse_other_pages(signed, bare.pdf))[1])
    taken["seal"].append(_timed(lambda: seal_pdf(bare, practice_ref=ref, label="S", reason="R"))[1])
    taken["whole"].append(_timed(lambda: sealing.prepare(*parts, ref))[1])


def _bare(snapshot, evidence):
    return render_pdf(
        sealed_body(snapshot, evidence),
        title=snapshot.title,
        language=snapshot.language,
        authored_on=snapshot.issued_on,
        author=snapshot.practice,
        css=sealed_styles(evidence),
    )


def _resident(pid: int) -> float:
    """Mebibytes in memory."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _in_a_row(world, parts) -> list:
    made, memory = [], {}
    began = time.perf_counter()
    for number in range(1, IN_A_ROW + 1):
        sealed = sealing.prepare(*parts, world.practice.ref)
        about = {
            "practice_ref": world.practice.ref,
            "kind": "bench",
            "title": "T",
            "language": "fr",
            "snapshot": "{}",
        }
        store(sealed.rendered, **about)
        if number <= EARLY:
            made.append(sealed)
        if number in (EARLY, IN_A_ROW):
            memory[number] = (_resident(os.getpid()), *(_resident(pid) for pid in pool.engine_pids()))
    minutes = (time.perf_counter() - began) / 60
    rows = [("sealed and stored", f"{IN_A_ROW / minutes:.0f} a minute", "")]
    for place, name in enumerate(("the worker", "the rendering engine")):
        early, late = memory[EARLY][place], memory[IN_A_ROW][place]
        rows.append(
            (
                f"memory of {name} after {EARLY} and after {IN_A_ROW}",
                f"{early:.0f} → {late:.0f} MiB",
                ratio(late / early, 1.1),
            )
        )
    show(f"{IN_A_ROW} contracts sealed in a row by one worker", ("", "measured", "growth"), rows)
    return made


def _verified(world, made: list) -> None:
    kept(world, made[0])
    files = [made[number % len(made)].pdf for number in range(VERIFIED)]
    verify(files[0])
    _nothing, lookups = _timed(lambda: [find(hashlib.sha256(one).hexdigest(), None) for one in files])
    answers, both = _timed(lambda: [verify(one) for one in files])
    assert all(answer.seal.state == "holds" for answer in answers)
    with ThreadPoolExecutor(2) as two:
        _nothing, at_once = _timed(lambda: list(two.map(_judged, files)))
    alone = statistics.median(_timed(lambda: _by_the_book(files[0]))[1] for _round in range(5))
    size = sum(len(one) for one in files) / len(files) / 1024
    show(
        f"{VERIFIED} sealed PDFs verified, {size:.0f} KiB each",
        ("", "a second"),
        [
            ("the whole file's digest, in table and journal", f"{VERIFIED / lookups:.0f}"),
            ("both answers, the seal judged in a process of its own", f"{VERIFIED / both:.1f}"),
            ("the seal alone, two at once", f"{VERIFIED / at_once:.1f}"),
            ("for comparison: pyHanko's full validation, in this process", f"{1 / alone:.1f}"),
        ],
    )


def _judged(content: bytes):
    from coaching.documents.verifying import judge_seal

    return judge_seal(content)


def _by_the_book(content: bytes):
    """As pyHanko's manual shows it, the analysis of later revisions included."""
    import io

    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    (put,) = PdfFileReader(io.BytesIO(content)).embedded_regular_signatures
    status = validate_pdf_signature(
        put, ValidationContext(trust_roots=[put.signer_cert], allow_fetching=False)
    )
    assert status.bottom_line
    return status
