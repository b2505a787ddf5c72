"""The rendering engine: a process of its own that turns HTML into PDF and knows nothing else.

Started by :mod:`coaching.documents.pool` as ``python -m coaching.documents.engine``; it loads WeasyPrint and
the bundled fonts once, then forks a child per document. The child has limits on time and memory, fetches nothing,
and its death is an answer like another. No Django, no database connection, no setting is within its reach. When the
engine ends, so does its child; when the process that started the engine ends, the pipe closes and so does the engine.

Frames on both pipes: four bytes of length, then that many bytes. A request is JSON, followed by one frame for each
file it names under ``attachments``; an answer is a JSON frame followed by a frame with the PDF.
"""

import ctypes
import io
import json
import os
import resource
import select
import signal
import struct
import sys
import time
from datetime import UTC, datetime

LARGEST_ANSWER = 64 << 20
PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of Linux's prctl
# The mark of PDF/UA-1, and the description of its vocabulary that PDF/A asks for whenever one is not its own.
ACCESSIBLE = (
    b'<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="" pdfuaid:part="1" />'
    b'<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    b' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
    b' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>'
    b'<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>'
    b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>"
    b'<rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>'
    b"<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>"
    b"<pdfaProperty:description>Part of ISO 14289 the document keeps to</pdfaProperty:description></rdf:li>"
    b"</rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)
WARM_UP = "<html lang=fr><title>–</title><body><h1>É</h1><p>œuvre, <b>gras</b>, <i>italique</i>, <b><i>§</i></b></p>"


def read_frame(stream) -> bytes | None:
    """One frame, or None when the other side has gone."""
    head = stream.read(4)
    if len(head) < 4:
        return None
    (length,) = struct.unpack(">I", head)
    body = stream.read(length)
    return body if len(body) == length else None


def write_frame(stream, body: bytes) -> None:
    stream.write(struct.pack(">I", len(body)) + body)
    stream.flush()


def render(html: str, stylesheet: str = "", attachments: list[dict] = ()) -> tuple[bytes, int, list[str]]:
    """PDF/A-3a with the PDF/UA-1 identifier, its number of pages, and every address it tried to fetch."""
    import weasyprint
    from weasyprint.css.counters import CounterStyle

    fetcher, counters = _fetcher(), CounterStyle()
    sheet = weasyprint.CSS(string=stylesheet, url_fetcher=fetcher, counter_style=counters)
    document = weasyprint.HTML(string=html, url_fetcher=fetcher).render(
        stylesheets=[sheet], counter_style=counters, pdf_variant="pdf/a-3a", pdf_tags=True
    )
    _identify_as_universally_accessible(document.metadata)
    # Whatever the page itself would attach is dropped: only the files of the request are embedded.
    document.metadata.attachments = [_attachment(one, fetcher) for one in attachments]
    pdf = document.write_pdf(pdf_variant="pdf/a-3a", pdf_tags=True)
    return pdf, len(document.pages), fetcher.asked


def _attachment(one: dict, fetcher):
    """A file of the request as an associated file; its date is the request's, so that equal input gives equal bytes."""
    import weasyprint

    dated = datetime.fromtimestamp(one["dated"], UTC)
    return weasyprint.Attachment(
        file_obj=io.BytesIO(one["content"]),
        name=one["name"],
        description=one["description"],
        relationship=one["relationship"],
        created=dated,
        modified=dated,
        url_fetcher=fetcher,
    )


def _fetcher():
    """A fetcher that refuses everything and remembers what it was asked for."""
    from weasyprint.urls import URLFetcher, URLFetchingError

    class NothingFetched(URLFetcher):
        def __init__(self):
            super().__init__(allowed_protocols=())
            self.asked: list[str] = []

        def fetch(self, url, headers=None):
            self.asked.append(str(url)[:200])
            raise URLFetchingError(url)

    return NothingFetched()


def _identify_as_universally_accessible(metadata) -> None:
    """One RDF block names both standards; the library writes one or the other."""
    write = metadata.generate_rdf_metadata

    def both(variant, version, conformance):
        return write(variant, version, conformance).replace(b"</rdf:RDF>", ACCESSIBLE + b"</rdf:RDF>")

    metadata.generate_rdf_metadata = both


def _child(job: dict, out: int, engine: int) -> None:
    """In the forked child: limits first, then the work; every way out is ``_exit``."""
    status = 1
    try:
        _die_with(engine)
        _limit(job)
        with os.fdopen(out, "wb") as stream:
            head, pdf = _work(job)
            write_frame(stream, json.dumps(head).encode())
            write_frame(stream, pdf)
        status = 0
    finally:
        os._exit(status)


def _work(job: dict) -> tuple[dict, bytes]:
    try:
        pdf, pages, asked = render(job["html"], job["css"], job["attachments"])
    except Exception as error:
        return {"error": "failed", "why": type(error).__name__}, b""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"pages": pages, "asked": asked, "peak_kb": peak}, pdf


def _limit(job: dict) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (job["cpu"], job["cpu"] + 1))
    resource.setrlimit(resource.RLIMIT_AS, (job["memory"], job["memory"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # a renderer has no file to write


def _die_with(engine: int) -> None:
    """An engine that is killed must not leave a child computing for nobody."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGKILL)
        if os.getppid() != engine:  # it died before the line above
            os._exit(1)


def serve_one(job: dict) -> tuple[dict, bytes]:
    """Fork, wait with a limit, and tell what came of it."""
    engine = os.getpid()
    ours, theirs = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(ours)
        _child(job, theirs, engine)
    os.close(theirs)
    received, error = _collect(ours, time.monotonic() + job["seconds"])
    os.close(ours)
    if error:
        os.kill(pid, signal.SIGKILL)
    _pid, status = os.waitpid(pid, 0)
    if error:
        return {"error": error}, b""
    if status != 0:
        return {"error": _cause(status)}, b""
    return _split(received)


def _cause(status: int) -> str:
    if not os.WIFSIGNALED(status):
        return "failed"
    return "timeout" if os.WTERMSIG(status) == signal.SIGXCPU else "killed"


def _collect(source: int, deadline: float) -> tuple[bytes, str]:
    """What the child said, and why no more was waited for: nothing, "timeout" or "too large"."""
    received = bytearray()
    while len(received) <= LARGEST_ANSWER:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([source], [], [], left)[0]:
            return b"", "timeout"
        piece = os.read(source, 1 << 16)
        if not piece:
            return bytes(received), ""
        received += piece
    return b"", "too large"


def _split(received: bytes) -> tuple[dict, bytes]:
    stream = io.BytesIO(received)
    head, pdf = read_frame(stream), read_frame(stream)
    if head is None or pdf is None:
        return {"error": "failed"}, b""
    return json.loads(head), pdf


def main() -> None:
    """Answer requests until the other side closes the pipe. The first frame is "ready", or why it is not."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not fall into the answers
    try:
        render(WARM_UP)
    except Exception as error:
        write_frame(answers, f"{type(error).__name__}: {error}".encode())
        return
    write_frame(answers, b"ready")
    while (frame := read_frame(requests)) is not None:
        job = json.loads(frame)
        for one in job["attachments"]:
            one["content"] = read_frame(requests)
        head, pdf = serve_one(job)
        write_frame(answers, json.dumps(head).encode())
        write_frame(answers, pdf)


if __name__ == "__main__":
    main()
