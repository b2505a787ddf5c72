"""Whether the first pages of one PDF are the pages of another: same marks, same letters in the same shapes and places.

Two renderings of the same text differ as files (a subset of a font holds what the whole document uses). What must not
differ is what a reader sees: the drawing instructions of each page, and the outline, width and meaning of every glyph of
the fonts they name.
"""

import io
from collections.abc import Iterator
from itertools import pairwise

import pikepdf

DRAWN = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit")
OF_A_FONT = ("/Subtype", "/Encoding")


class PagesDiffer(RuntimeError):
    """The pages are not those that were signed; the message says where they part."""


def refuse_other_pages(signed: bytes, made: bytes) -> None:
    """Raise :class:`PagesDiffer` unless ``made`` begins with exactly the pages of ``signed``."""
    with pikepdf.open(io.BytesIO(signed)) as before, pikepdf.open(io.BytesIO(made)) as after:
        if len(after.pages) <= len(before.pages):
            raise PagesDiffer("there are fewer pages than were signed")
        fonts: dict = {}
        for number, (ours, theirs) in enumerate(zip(before.pages, after.pages, strict=False), start=1):
            if what := next(_differences(ours, theirs, fonts), ""):
                raise PagesDiffer(f"page {number}: {what}")


def _differences(ours: pikepdf.Page, theirs: pikepdf.Page, fonts: dict) -> Iterator[str]:
    if any(repr(ours.obj.get(key)) != repr(theirs.obj.get(key)) for key in DRAWN):
        yield "size"
    if _drawing(ours) != _drawing(theirs):
        yield "what is drawn"
    if _links(ours) != _links(theirs):
        yield "links"
    here, there = ours.resources, theirs.resources
    for kind in {*here.keys(), *there.keys()} - {"/Font", "/ProcSet"}:
        if not _same(here.get(kind), there.get(kind)):
            yield f"resources {kind}"
    for name, font in here.get("/Font", {}).items():
        yield from _font_differences(name, font, there.get("/Font", {}).get(name), fonts)


def _drawing(page: pikepdf.Page) -> bytes:
    contents = page.obj.get("/Contents")
    streams = contents if isinstance(contents, pikepdf.Array) else [contents]
    return b"\n".join(stream.read_bytes() for stream in streams)


def _links(page: pikepdf.Page) -> list[tuple[str, ...]]:
    """What can be clicked, where, and where it leads."""
    keys = ("/Subtype", "/Rect", "/Dest", "/A", "/Contents")
    return [tuple(repr(one.get(key)) for key in keys) for one in page.obj.get("/Annots", [])]


def _same(ours, theirs, depth: int = 12) -> bool:
    """Equal by value, streams by their decoded bytes; what is nested too deep to be ours is not equal."""
    if depth == 0 or type(ours) is not type(theirs):
        return False
    if isinstance(ours, pikepdf.Stream):
        plain = ("/Length", "/Filter", "/DecodeParms")
        keys = {*ours.keys(), *theirs.keys()} - {*plain}
        same = all(_same(ours.get(key), theirs.get(key), depth - 1) for key in keys)
        return same and ours.read_bytes() == theirs.read_bytes()
    if isinstance(ours, pikepdf.Dictionary):
        keys = {*ours.keys(), *theirs.keys()}
        return all(_same(ours.get(key), theirs.get(key), depth - 1) for key in keys)
    if isinstance(ours, pikepdf.Array):
        pairs = zip(ours, theirs, strict=False)
        return len(ours) == len(theirs) and all(_same(a, b, depth - 1) for a, b in pairs)
    return ours == theirs


def _font_differences(name: str, ours, theirs, seen: dict) -> Iterator[str]:
    """A font of the signed pages must be in the new ones with every glyph it had, unchanged."""
    key = (ours.objgen, theirs.objgen if theirs is not None else None)
    if key in seen:
        return
    seen[key] = True
    if theirs is None:
        yield f"font {name} is missing"
        return
    if any(repr(ours.get(key)) != repr(theirs.get(key)) for key in OF_A_FONT):
        yield f"font {name}"
    if _family(ours) != _family(theirs):
        yield f"font {name} is another one"
    if not _meanings(ours).items() <= _meanings(theirs).items():
        yield f"letters of font {name}"
    if not _widths(ours).items() <= _widths(theirs).items():
        yield f"widths of font {name}"
    if not _outlines(ours).items() <= _outlines(theirs).items():
        yield f"shapes of font {name}"


def _family(font) -> str:
    """The name without the six letters that mark a subset."""
    return str(font.get("/BaseFont", "")).partition("+")[2] or str(font.get("/BaseFont", ""))


def _meanings(font) -> dict[bytes, bytes]:
    """Code → text, from the map a reader copies text with."""
    pairs: dict[bytes, bytes] = {}
    if "/ToUnicode" in font:
        for line in font.ToUnicode.read_bytes().splitlines():
            code, _, text = line.strip().partition(b" ")
            if code.startswith(b"<") and text.startswith(b"<"):
                pairs[code] = text
    return pairs


def _widths(font) -> dict[int, str]:
    widths: dict[int, str] = {}
    for descendant in font.get("/DescendantFonts", []):
        run = list(descendant.get("/W", []))
        for first, several in zip(run[::2], run[1::2], strict=True):
            widths.update({int(first) + n: str(width) for n, width in enumerate(several)})
    return widths


def _outlines(font) -> dict[int, bytes]:
    """Glyph → its outline as it stands in the embedded TrueType font."""
    from fontTools.ttLib import TTFont

    outlines: dict[int, bytes] = {}
    for descendant in font.get("/DescendantFonts", []):
        program = descendant.FontDescriptor.FontFile2.read_bytes()
        whole = TTFont(io.BytesIO(program), lazy=True)
        places, glyphs = whole["loca"].locations, whole.reader["glyf"]
        for number, (start, end) in enumerate(pairwise(places)):
            if start < end:
                outlines[number] = glyphs[start:end]
    return outlines
