"""Whatever a file is: a clear refusal beside its field with what was typed kept, or clean bytes in which nothing of it is left."""

import html
import io
import time

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from coaching.documents.files import LARGEST, WORDS, cleaned, kept
from coaching.kernel.errors import Invalid
from ethics.development.models import Proof, Qualification
from tests.development import hostile

TYPED = {
    "title": "Une école rare",
    "body": "Quelque part",
    "obtained_on": "2024-03-02",
    "hours": "12",
    "expires_on": "",
}
SECONDS = 20  # a file may keep one child busy that long, and no longer


@pytest.fixture
def coach(world, browse, db):
    return browse("coach")


def _send(browser, content: bytes, name="diplome.pdf", declared="application/pdf"):
    file = SimpleUploadedFile("file", content, content_type=declared)
    file._name = name  # as the browser says it, before anybody has looked at it
    return browser.post(reverse("coach_qualifications"), {**TYPED, "file": file})


def _refused(answer) -> str:
    """What is said beside the field; and that nothing typed is lost."""
    body = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    assert f'value="{TYPED["title"]}"' in body
    assert f'value="{TYPED["obtained_on"]}"' in body
    said = body[body.index('id="id_file_error"') :]
    return said[: said.index("</div>")]


@pytest.mark.parametrize("name", hostile.REFUSED)
def test_a_hostile_file_is_refused_beside_its_field(coach, name):
    content, begun = hostile.REFUSED[name](), time.monotonic()
    said = _refused(_send(coach, content))
    assert time.monotonic() - begun < SECONDS
    assert "fichier" in said or "PDF" in said or "image" in said
    assert not Proof.unscoped.exists()
    assert not Qualification.unscoped.filter(title=TYPED["title"]).exists()


@pytest.mark.parametrize("name", hostile.TAKEN)
def test_nothing_of_what_hides_in_a_file_is_kept(coach, name):
    content = hostile.TAKEN[name]()
    assert (
        hostile.MARK in b"".join(hostile.everything_in(content))
        or b"evil" in content
        or b"PK\x03\x04" in content
    )
    assert _send(coach, content).status_code == 302
    row = Proof.unscoped.get()
    made = kept(row.address, bound_to=row.ref)
    left = b"".join(hostile.everything_in(made))
    for word in (
        hostile.MARK,
        b"<script",
        b"<?php",
        b"PK\x03\x04",
        b"/JavaScript",
        b"/Launch",
        b"/EmbeddedFile",
        b"/AcroForm",
    ):
        assert word not in left


@pytest.mark.parametrize("name", hostile.WELCOME)
def test_an_honest_file_is_kept_as_what_it_is(coach, name):
    make, kind = hostile.WELCOME[name]
    assert _send(coach, make(), "photo.html", "text/html").status_code == 302
    row = Proof.unscoped.get()
    assert row.kind == kind
    assert kept(row.address, bound_to=row.ref).startswith(
        {"pdf": b"%PDF-", "png": b"\x89PNG", "jpeg": b"\xff\xd8\xff"}[kind]
    )


@pytest.mark.parametrize("name", hostile.NAMES, ids=[repr(name[:20]) for name in hostile.NAMES])
def test_no_name_of_a_file_is_kept_or_said(coach, name):
    answer = _send(coach, hostile.image("PNG"), name, "image/svg+xml")
    assert answer.status_code == 302
    row = Proof.unscoped.first()
    if row is None:  # what has no name is no file to a server
        assert name in ("", ".", "..")
        return
    served = coach.get(reverse("coach_proof", args=[row.ref]))
    assert served["Content-Disposition"] == f'attachment; filename="{row.ref}.png"'
    assert served["Content-Type"] == "image/png"


@pytest.mark.parametrize("name", ["x" * 5_000 + ".pdf", "a\r\nContent-Type: text/html\r\n\r\n.pdf"])
def test_a_name_that_breaks_its_own_header_is_refused_and_nothing_is_kept(coach, name):
    assert _send(coach, hostile.image("PNG"), name).status_code in (400, 422)
    assert not Proof.unscoped.exists()


def test_what_is_refused_says_so_in_english_too(world, coach):
    coach.post(reverse("choose_language"), {"language": "en", "next": "/coach/"})
    assert "not its name" in _refused(_send(coach, hostile.archive()))


def test_a_file_larger_than_is_kept_is_refused_in_words(coach):
    said = _refused(_send(coach, hostile.image("PNG") + b"\0" * (LARGEST + 1)))
    assert "20" in said


def test_a_photograph_is_turned_as_it_was_held():
    about = Image.Exif()
    about[0x0112] = 6  # held upright
    made = cleaned(hostile.image("JPEG", size=(80, 40), exif=about))
    with Image.open(io.BytesIO(made.content)) as picture:
        assert picture.size == (40, 80)
        assert not picture.getexif()


def test_a_wrong_orientation_does_not_lose_the_photograph():
    about = Image.Exif()
    about[0x0112] = 99
    with Image.open(io.BytesIO(cleaned(hostile.image("JPEG", size=(80, 40), exif=about)).content)) as picture:
        assert picture.size == (80, 40)


def test_a_large_photograph_is_made_smaller_and_stays_readable():
    made = cleaned(hostile.image("JPEG", size=(6_000, 4_000)))
    with Image.open(io.BytesIO(made.content)) as picture:
        assert picture.size == (3_000, 2_000)


def test_what_was_filled_into_a_form_is_still_to_be_read():
    def filled(document):
        drawn = document.make_stream(
            b"0 0 1 rg 0 0 50 10 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 50, 10])
        )
        field = Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("name"), F=4, Rect=Array([0, 0, 50, 10]),
            AP=Dictionary(N=drawn),
        )  # fmt: skip
        row = document.make_indirect(field)
        document.pages[0].obj.Annots = Array([row])
        document.Root.AcroForm = Dictionary(Fields=Array([row]))

    made = cleaned(hostile.pdf(filled)).content
    with pikepdf.open(io.BytesIO(made)) as document:
        assert "/AcroForm" not in document.Root
        (drawn,) = document.pages[0].Resources.XObject.values()
        assert b"re" in drawn.read_bytes()
    assert b"blue" not in made


def test_a_font_called_like_an_action_is_kept():
    def named(document):
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        document.pages[0].obj.Resources = Dictionary(Font=Dictionary(F=font, A=font, JS=font))
        document.pages[0].obj.Contents = document.make_stream(b"BT /JS 12 Tf 10 10 Td (ici) Tj ET")

    with pikepdf.open(io.BytesIO(cleaned(hostile.pdf(named)).content)) as document:
        assert set(document.pages[0].Resources.Font.keys()) == {"/F", "/A", "/JS"}
        assert b"(ici)" in document.pages[0].Contents.read_bytes()


def test_a_file_cleaned_twice_is_the_same():
    once = cleaned(hostile.pdf(hostile.open_action)).content
    assert cleaned(once).content == cleaned(once).content


def test_a_cleaner_that_cannot_start_refuses_and_keeps_nothing(coach, monkeypatch):
    monkeypatch.setattr("coaching.documents.files.CLEANER", "coaching.documents.nothing_there")
    assert str(WORDS["busy"]) in html.unescape(_refused(_send(coach, hostile.image("PNG"))))


def test_the_hostile_are_many_enough():
    assert len(hostile.REFUSED) + len(hostile.TAKEN) >= 40
    with pytest.raises(Invalid):
        cleaned(b"")
