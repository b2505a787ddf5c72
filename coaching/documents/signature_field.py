"""The field the seal goes into, made before sealing and inside the document's structure.

A field that a signing library adds by itself stands outside the tags, and the file loses PDF/UA. This one is a form
element of the last page, named for those who listen to the page; it has no picture.
"""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, String

FIELD = "Seal"
PRINT_AND_LOCKED = 4 | 128


def with_signature_field(pdf: bytes, label: str) -> bytes:
    """The same document with an empty, tagged signature field; equal input gives equal bytes."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        _name_files_once(document)
        page = document.pages[-1]
        widget = document.make_indirect(_widget(page, label))
        _tag(document, page, widget, label)
        page.obj[Name.Annots] = Array([*page.obj.get(Name.Annots, []), widget])
        page.obj[Name.Tabs] = Name.S
        document.Root.AcroForm = Dictionary(Fields=Array([widget]), SigFlags=3)
        out = io.BytesIO()
        document.save(out, deterministic_id=True)
    return out.getvalue()


def _name_files_once(document: pikepdf.Pdf) -> None:
    """The renderer lists each associated file twice."""
    files = document.Root.get(Name.AF, Array())
    once = {one.objgen: one for one in files}
    document.Root.AF = Array([once[key] for key in sorted(once)])


def _widget(page: pikepdf.Page, label: str) -> Dictionary:
    return Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        FT=Name.Sig,
        T=String(FIELD),
        TU=String(label),
        Contents=String(label),
        Rect=Array([0, 0, 0, 0]),
        F=PRINT_AND_LOCKED,
        P=page.obj,
    )


def _tag(document: pikepdf.Pdf, page: pikepdf.Page, widget, label: str) -> None:
    """A Form element that holds the widget, at the end of the document's own element, and the way back to it."""
    tree = document.Root.StructTreeRoot
    whole = tree.K[0] if isinstance(tree.K, Array) else tree.K
    reference = Dictionary(Type=Name.OBJR, Obj=widget, Pg=page.obj)
    element = document.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.Form, P=whole, Pg=page.obj, Alt=String(label), K=reference)
    )
    whole.K = Array([*_several(whole.get(Name.K)), element])
    parents = pikepdf.NumberTree(tree.ParentTree)
    number = max(parents.keys(), default=-1) + 1
    parents[number] = element
    tree.ParentTreeNextKey = number + 1
    widget.StructParent = number


def _several(kids) -> list:
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]
