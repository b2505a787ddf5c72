"""A PDF somebody sends, written anew from what its pages draw. In the child of :mod:`.cleaner` alone.

Nothing is taken out of the file: a new one is made, and into it go the pages' drawing, and of fonts, pictures and colours
the keys that drawing needs. Scripts, actions, forms, notes, files, layers, names and metadata have no way in.
"""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from .refusals import Refused

MOST_PAGES = 60
MOST_OBJECTS = 60_000
DEEPEST = 40  # of things inside things
MOST_DECODED = 300 << 20

PAGE = "Type Parent Resources MediaBox CropBox Rotate Contents Group UserUnit"
RESOURCES = ("/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading")
DATA = "Length Filter DecodeParms"
IMAGE = (
    f"{DATA} Type Subtype Width Height ColorSpace BitsPerComponent Decode ImageMask Mask SMask Interpolate Intent "
    "SMaskInData Matte"
)
FORM = f"{DATA} Type Subtype FormType BBox Matrix Resources Group"
PATTERN = f"{DATA} Type PatternType PaintType TilingType BBox XStep YStep Resources Matrix Shading ExtGState"
STATE = "Type LW LC LJ ML D RI OP op OPM Font BG BG2 UCR UCR2 TR TR2 HT FL SM SA BM SMask CA ca AIS TK G S BC"
FONT = (
    "Type Subtype Name BaseFont FirstChar LastChar Widths FontDescriptor Encoding ToUnicode DescendantFonts "
    "CIDSystemInfo DW W DW2 W2 CIDToGIDMap FontBBox FontMatrix CharProcs Resources"
)
# Of everything else that is reached: what acts, names or carries something, and draws nothing.
NEVER = [
    "/A",
    "/AA",
    "/AF",
    "/AcroForm",
    "/Alternates",
    "/Annots",
    "/Dests",
    "/EF",
    "/EmbeddedFiles",
    "/F",
    "/FDecodeParms",
    "/FFilter",
    "/JS",
    "/JavaScript",
    "/LastModified",
    "/Launch",
    "/Measure",
    "/Metadata",
    "/Names",
    "/OC",
    "/OPI",
    "/OpenAction",
    "/PS",
    "/PieceInfo",
    "/Properties",
    "/Ref",
    "/RichMedia",
    "/StructParent",
    "/StructParents",
    "/URI",
    "/XFA",
]
OPERATORS = frozenset(
    [
        "b",
        "B",
        "b*",
        "B*",
        "BI",
        "BT",
        "BX",
        "c",
        "cm",
        "CS",
        "cs",
        "d",
        "d0",
        "d1",
        "Do",
        "EI",
        "ET",
        "EX",
        "f",
        "F",
        "f*",
        "G",
        "g",
        "gs",
        "h",
        "i",
        "ID",
        "INLINE",
        "IMAGE",
        "j",
        "J",
        "K",
        "k",
        "l",
        "M",
        "m",
        "n",
        "q",
        "Q",
        "re",
        "RG",
        "rg",
        "ri",
        "s",
        "S",
        "SC",
        "sc",
        "SCN",
        "scn",
        "sh",
        "T*",
        "Tc",
        "Td",
        "TD",
        "Tf",
        "Tj",
        "TJ",
        "TL",
        "Tm",
        "Tr",
        "Ts",
        "Tw",
        "Tz",
        "v",
        "w",
        "W",
        "W*",
        "y",
        "'",
        '"',
    ]
) | {"INLINE IMAGE"}
PACKED = ("/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode", "/DCT", "/CCF")


def clean_pdf(content: bytes) -> tuple[bytes, int]:
    """The new file and its number of pages."""
    if b"%%EOF" not in content:
        raise Refused("unreadable")  # cut short
    try:
        return _written_anew(content)
    except pikepdf.PasswordError as locked:
        raise Refused("encrypted") from locked
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, IndexError) as broken:
        raise Refused("unreadable") from broken


def _written_anew(content: bytes) -> tuple[bytes, int]:
    with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as source:
        if source.is_encrypted:
            raise Refused("encrypted")
        count = len(source.pages)
        if not count:
            raise Refused("unreadable")
        if count > MOST_PAGES:
            raise Refused("pages")
        # What was filled into a form, or stamped on a page, is drawn with the page; what lies under it is left behind.
        source.flatten_annotations("print")
        fresh = pikepdf.new()
        for page in source.pages:
            fresh.pages.append(page)
        work = _Work(fresh)
        for page in fresh.pages:
            work.page(page)
        out = io.BytesIO()
        fresh.save(out, compress_streams=True, deterministic_id=True)
    return out.getvalue(), count


class _Work:
    """One file: what was gone through already, and how much there has been."""

    def __init__(self, document: pikepdf.Pdf):
        self.document = document
        self.seen: set[tuple[int, int]] = set()
        self.objects = 0
        self.decoded = 0

    def page(self, page: pikepdf.Page) -> None:
        row = page.obj
        drawing = self._drawn(page) if "/Contents" in row else b""
        _keep(row, PAGE)
        row.Contents = self.document.make_stream(drawing)
        self.resources(row.get("/Resources"), 0)
        self.rest(row.get("/Group"), 0)

    def resources(self, resources, depth: int) -> None:
        """Named by their author: a font may be called F or A, and what is inside is gone through by what it is."""
        if not isinstance(resources, Dictionary) or self._known(resources, depth):
            return
        for key in list(resources.keys()):
            if key not in RESOURCES or not isinstance(resources[key], Dictionary):
                del resources[key]
        ways = {
            "/Font": self.font,
            "/XObject": self.drawing,
            "/ExtGState": self.state,
            "/Pattern": self.pattern,
        }
        for kind in resources.keys():  # noqa: SIM118  not a mapping of Python's
            named = resources[kind]
            for name in list(named.keys()):
                if ways.get(kind, self.rest)(named[name], depth + 1) is False:
                    del named[name]

    def drawing(self, one, depth: int):
        """A picture, or a drawing that is used as one; anything else is left out."""
        if not isinstance(one, Stream) or one.get("/Subtype") not in (Name.Image, Name.Form):
            return False
        if self._known(one, depth):
            return None
        if one.Subtype == Name.Form:
            return self._form(one, FORM, depth)
        _keep(one, IMAGE)
        for key in ("/SMask", "/Mask"):
            if isinstance(one.get(key), Stream):
                self.drawing(one[key], depth + 1)
        self.rest(one.get("/ColorSpace"), depth + 1)
        self._data(one)
        return None

    def pattern(self, one, depth: int):
        if isinstance(one, Stream):
            return None if self._known(one, depth) else self._form(one, PATTERN, depth)
        if not isinstance(one, Dictionary):
            return False
        if not self._known(one, depth):
            _keep(one, PATTERN)
            self.rest(one.get("/Shading"), depth + 1)
            self.state(one.get("/ExtGState"), depth + 1)
        return None

    def state(self, one, depth: int):
        if not isinstance(one, Dictionary) or self._known(one, depth):
            return
        _keep(one, STATE)
        mask = one.get("/SMask")
        if isinstance(mask, Dictionary):
            _keep(mask, STATE)
            if self.drawing(mask.get("/G"), depth + 1) is False:
                del one["/SMask"]
        for key in ("/HT", "/TR", "/TR2", "/BG", "/BG2", "/UCR", "/UCR2"):
            self.rest(one.get(key), depth + 1)

    def font(self, one, depth: int):
        if not isinstance(one, Dictionary):
            return False
        if self._known(one, depth):
            return None
        _keep(one, FONT)
        glyphs = one.get("/CharProcs")
        for name in list(glyphs.keys()) if isinstance(glyphs, Dictionary) else ():
            if isinstance(glyphs[name], Stream) and not self._known(glyphs[name], depth + 1):
                self._redraw(glyphs[name])
        self.resources(one.get("/Resources"), depth + 1)
        for inner in one.get("/DescendantFonts", []):
            self.font(inner, depth + 1)
        for key in ("/FontDescriptor", "/Encoding", "/ToUnicode", "/CIDToGIDMap"):
            self.rest(one.get(key), depth + 1)
        return None

    def rest(self, one, depth: int) -> None:
        """Colours, functions, descriptions of fonts: without what draws nothing."""
        if isinstance(one, Array):
            self._count(depth)
            for inner in one:
                if isinstance(inner, Array | Dictionary | Stream):
                    self.rest(inner, depth + 1)
            return
        if not isinstance(one, Dictionary | Stream) or self._known(one, depth):
            return
        for key in list(one.keys()):
            if key in NEVER:
                del one[key]
            elif isinstance(one[key], Array | Dictionary | Stream):
                self.rest(one[key], depth + 1)
        if isinstance(one, Stream):
            self._data(one)

    def _form(self, one, keys: str, depth: int) -> None:
        self._redraw(one)
        _keep(one, keys)
        self.resources(one.get("/Resources"), depth + 1)
        self.rest(one.get("/Group"), depth + 1)

    def _redraw(self, one: Stream) -> None:
        one.write(self._drawn(one))

    def _drawn(self, one) -> bytes:
        """What is drawn, said again: operators of the language alone, and no comment."""
        said = pikepdf.parse_content_stream(one)
        self.objects += len(said) // 100
        self._count(0)
        kept = [step for step in said if str(step.operator) in OPERATORS]
        made = pikepdf.unparse_content_stream(kept)
        self._weigh(len(made))
        return made

    def _data(self, one: Stream) -> None:
        """Its bytes decoded and written again; of a photograph, the segments that draw it."""
        filters = _filters(one)
        if any(name in PACKED for name in filters):
            raw = one.read_raw_bytes()
            self._weigh(len(raw))
            if filters in (["/DCTDecode"], ["/DCT"]):
                one.write(bare_photograph(raw), filter=Name.DCTDecode, decode_parms=one.get("/DecodeParms"))
            return
        plain = one.read_bytes()
        self._weigh(len(plain))
        one.write(plain)

    def _weigh(self, size: int) -> None:
        self.decoded += size
        if self.decoded > MOST_DECODED:
            raise Refused("heavy")

    def _count(self, depth: int) -> None:
        self.objects += 1
        if self.objects > MOST_OBJECTS or depth > DEEPEST:
            raise Refused("heavy")

    def _known(self, one, depth: int) -> bool:
        self._count(depth)
        if one.objgen == (0, 0):
            return False
        known = one.objgen in self.seen
        self.seen.add(one.objgen)
        return known


def _keep(one, keys: str) -> None:
    """These keys and no other."""
    kept = {f"/{key}" for key in keys.split()}
    for key in list(one.keys()):
        if key not in kept:
            del one[key]


def _filters(one: Stream) -> list[str]:
    said = one.get("/Filter", [])
    return [str(name) for name in said] if isinstance(said, Array) else [str(said)]


def bare_photograph(jpeg: bytes) -> bytes:
    """A JPEG without its comments and without what programs put beside the picture, but for Adobe's mark of its colours."""
    kept, at = bytearray(jpeg[:2]), 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF:
        marker, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if marker == 0xDA:  # the picture itself, up to its end
            end = jpeg.rfind(b"\xff\xd9")
            return bytes(kept + (jpeg[at : end + 2] if end > at else jpeg[at:]))
        if not (0xE0 <= marker <= 0xEF and marker != 0xEE) and marker != 0xFE:
            kept += jpeg[at : at + 2 + length]
        at += 2 + length
    raise Refused("unreadable")
