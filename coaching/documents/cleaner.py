"""Cleaning one file somebody sends: a process of its own, started by :mod:`coaching.documents.pool`.

What people send is opened here and nowhere else, in a child with limits on time and memory: known by its first bytes,
never by its name or by what the browser says of it, and written anew. What came in is not kept.
"""

import io

from .cleaning_images import clean_picture
from .forking import serve
from .refusals import Refused

KINDS = ((b"%PDF-", "pdf"), (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"))


def work(job: dict) -> tuple[dict, bytes]:
    """``files``: the one file. The answer says its kind and pages, or the code of a refusal."""
    (one,) = job["files"]
    try:
        return clean(one["content"])
    except Refused as refusal:
        return {"refused": refusal.code}, b""
    except (MemoryError, RecursionError):
        return {"refused": "heavy"}, b""


def clean(content: bytes) -> tuple[dict, bytes]:
    kind = next((kind for start, kind in KINDS if content.startswith(start)), "")
    if kind == "pdf":
        from .cleaning_pdfs import clean_pdf

        made, pages = clean_pdf(content)
    elif kind:
        made, pages = clean_picture(content, kind.upper()), 1
    else:
        raise Refused("kind")
    return {"kind": kind, "pages": pages}, made


def warm_up() -> None:
    """Clean one of each, so that every child finds its libraries loaded."""
    import pikepdf
    from PIL import Image

    for kind in ("PNG", "JPEG"):
        out = io.BytesIO()
        Image.new("RGB", (2, 2)).save(out, kind)
        clean(out.getvalue())
    with pikepdf.new() as document:
        document.add_blank_page()
        out = io.BytesIO()
        document.save(out)
    clean(out.getvalue())


if __name__ == "__main__":
    serve(work, warm_up)
