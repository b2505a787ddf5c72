"""What can be seen of PDF/A-3a and PDF/UA-1 without a validator: necessary, far from sufficient, and named so."""

import io
import shutil
import subprocess
import tempfile
from collections.abc import Iterator

import pikepdf
from pikepdf import Name

RELATIONSHIPS = {"/Data", "/Source", "/Supplement", "/Alternative", "/Unspecified"}
HOLDERS = {"/Link": "/Link", "/Widget": "/Form"}


def faults(content: bytes) -> list[str]:
    """Each thing that is not as an archivable, accessible document has it; nothing when none was seen."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        found = [*_whole(pdf), *_metadata(pdf), *_fonts(pdf), *_files(pdf), *_annotations(pdf)]
    return [*found, *_qpdf(content)]


def _whole(pdf: pikepdf.Pdf) -> Iterator[str]:
    root = pdf.Root
    if pdf.is_encrypted:
        yield "encrypted"
    if not root.get(Name.MarkInfo, {}).get(Name.Marked):
        yield "not tagged"
    if Name.StructTreeRoot not in root:
        yield "no structure"
    if not str(root.get(Name.Lang, "")):
        yield "no language"
    if not root.get(Name.ViewerPreferences, {}).get(Name.DisplayDocTitle):
        yield "the title is not the one displayed"
    if Name.OutputIntents not in root:
        yield "no output intent"
    if Name.OpenAction in root or Name.AA in root or Name.JavaScript in root.get(Name.Names, {}):
        yield "it acts by itself"


def _metadata(pdf: pikepdf.Pdf) -> Iterator[str]:
    with pdf.open_metadata() as meta:
        if (meta.get("pdfaid:part"), meta.get("pdfaid:conformance")) != ("3", "A"):
            yield "not marked as PDF/A-3a"
        if meta.get("pdfuaid:part") != "1":
            yield "not marked as PDF/UA-1"
        if not meta.get("dc:title"):
            yield "no title"
    if b"pdfaExtension:schemas" not in pdf.Root.Metadata.read_bytes():
        yield "the vocabulary of PDF/UA is not described"


def _fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    for page in pdf.pages:
        for font in page.resources.get(Name.Font, {}).values():
            for descendant in font.get(Name.DescendantFonts, [font]):
                if Name.FontFile2 not in descendant.get(Name.FontDescriptor, {}):
                    yield f"font {font.BaseFont} is not embedded"
            if Name.ToUnicode not in font:
                yield f"font {font.BaseFont} cannot be read as text"


def _files(pdf: pikepdf.Pdf) -> Iterator[str]:
    associated = {one.objgen for one in pdf.Root.get(Name.AF, [])}
    for spec in pdf.attachments.values():
        if spec.obj.objgen not in associated:
            yield f"{spec.filename} is not associated with the document"
        if str(spec.obj.get(Name.AFRelationship)) not in RELATIONSHIPS:
            yield f"{spec.filename} has no relationship"
        if Name.Subtype not in spec.obj.EF.F or Name.ModDate not in spec.obj.EF.F.Params:
            yield f"{spec.filename} has no type or no date"


def _annotations(pdf: pikepdf.Pdf) -> Iterator[str]:
    parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    for number, page in enumerate(pdf.pages, start=1):
        for one in page.obj.get(Name.Annots, []):
            wanted = HOLDERS.get(str(one.Subtype))
            place = int(one.get(Name.StructParent, -1))
            holder = parents[place] if place in parents else None  # noqa: SIM401  its get() raises
            if holder is None or str(holder.S) != wanted:
                yield f"page {number}: {one.Subtype} is not within {wanted}"
            if page.obj.get(Name.Tabs) != Name.S:
                yield f"page {number}: the order of focus is not that of the structure"


def _qpdf(content: bytes) -> Iterator[str]:
    qpdf = shutil.which("qpdf")
    if qpdf is None:
        yield "qpdf is not installed: the file's syntax was not checked"
        return
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(content)
        file.flush()
        checked = subprocess.run([qpdf, "--check", file.name], capture_output=True, text=True)
    if checked.returncode or "No syntax or stream encoding errors" not in checked.stdout:
        yield f"qpdf: {checked.stdout.strip() or checked.stderr.strip()}"
