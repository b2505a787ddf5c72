"""What a coach writes for their supervision names nobody, and is sealed to them alone: looked at, then kept."""

import unicodedata
from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from coaching.kernel.errors import Invalid
from coaching.kernel.markup import check
from coaching.kernel.viewer import Viewer
from coaching.vault.enums import Audience
from coaching.vault.services import seal

from ..access import known_to
from ..naming import Found, found_in


def quoted(found: Collection[Found]) -> str:
    """The words found, each between the quotation marks of the reader's language."""
    return ", ".join(_("“%(words)s”") % {"words": one.words} for one in found)


class Named(Invalid):
    """The text names somebody, or says how to reach them; ``found`` is what does."""

    def __init__(self, found: Collection[Found]):
        self.found = tuple(found)
        message = _(
            "What you write for your supervision names nobody, and this has %(words)s. Reword it, or say that you keep it as it is."
        )
        super().__init__(message % {"words": quoted(self.found)}, field="text")


def look(viewer: Viewer, text: str, meant: Collection[str]) -> tuple[str, tuple[Found, ...]]:
    """The text as it is kept, and what in it may be a name. What certainly is one is asked about first."""
    text = fit(text)
    found = found_in(text, known_to(viewer))
    names = [one for one in found if one.sure and one.folded not in meant]
    if names:
        raise Named(names)
    return text, tuple(one for one in found if not one.sure)


def fit(text: str) -> str:
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n")).strip()
    if not text:
        raise Invalid(_("Write the point first."), field="text")
    try:
        check(text)
    except Invalid as wrong:
        raise Invalid(wrong.message, field="text") from wrong
    return text


def seal_words(viewer: Viewer, text: str, *, place: str, row: str) -> str:
    """In a compartment of the coach's own in this practice: no mission's erased key takes these words with it."""
    return seal(
        viewer,
        text,
        place=place,
        row=row,
        mission_ref=viewer.practice_ref,
        audience=Audience.COACH,
        about=viewer.user_ref,
        members={viewer.user_id},
    )
