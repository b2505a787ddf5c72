"""A picture somebody sends, drawn anew: its pixels are kept, and nothing that came beside them. In the child of :mod:`.cleaner` alone."""

import io

from .refusals import Refused

MOST_PIXELS = 50_000_000  # a page scanned at 600 dots an inch has 35 millions
LONGEST = 3_000  # points on the longer side of what is kept: an A4 page is read well
QUALITY = 88


def clean_picture(content: bytes, kind: str) -> bytes:
    """``kind`` is Pillow's name of the format, known by the first bytes: no other decoder is tried."""
    picture = _open(content, kind)
    if picture.width * picture.height > MOST_PIXELS:
        raise Refused("pixels")
    try:
        picture.load()
        kept = _plain(_upright(picture), kind)
    except (OSError, SyntaxError, ValueError, EOFError, IndexError) as broken:
        raise Refused("unreadable") from broken
    out = io.BytesIO()
    kept.save(out, kind, **({"quality": QUALITY} if kind == "JPEG" else {}))
    return out.getvalue()


def _open(content: bytes, kind: str):
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # counted by us, before a pixel is read
    try:
        return Image.open(io.BytesIO(content), formats=(kind,))
    except Exception as broken:  # a decoder raises whatever the bytes provoke
        raise Refused("unreadable") from broken


def _upright(picture):
    """As it was held, where the camera says so; what it says wrongly is left aside."""
    from PIL import ImageOps

    try:
        return ImageOps.exif_transpose(picture)
    except Exception:  # of what comes beside the pixels, nothing stops the picture
        return picture


def _plain(picture, kind: str):
    """The pixels alone, on a fresh sheet: no name, place, comment, profile, second frame or text comes along."""
    from PIL import Image

    if picture.mode.startswith("I"):  # sixteen bits a point
        picture = picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    picture = picture.convert(_mode(picture, kind))
    picture.thumbnail((LONGEST, LONGEST))
    fresh = Image.new(picture.mode, picture.size)
    fresh.paste(picture)
    return fresh


def _mode(picture, kind: str) -> str:
    if picture.mode in ("1", "L") and "transparency" not in picture.info:
        return "L"
    see_through = picture.mode in ("LA", "La", "PA", "RGBA", "RGBa") or "transparency" in picture.info
    return "RGBA" if see_through and kind == "PNG" else "RGB"
