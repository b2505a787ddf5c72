"""From one plain text to a letter: subject, text and HTML say the same.

A template's first line is the subject; then come paragraphs, separated by blank lines; a line that begins with
``-> `` is the letter's one button, leading to ``path``.
"""

from dataclasses import dataclass

from django.conf import settings
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

BUTTON = "-> "


@dataclass(frozen=True, slots=True)
class Message:
    """What a letter says, opened."""

    subject: str
    text: str
    html: str
    calendar: str = ""  # an invitation, an update or a cancellation, as calendar programs read it
    method: str = ""  # which of these it is: REQUEST or CANCEL


def compose(kind: str, language: str, context: dict) -> Message:
    """Render ``emails/<kind>.txt`` in ``language``; ``context["path"]`` is where its button leads."""
    link = settings.SITE_URL.rstrip("/") + context.get("path", "/")
    with override(language):
        # A text is not HTML: nothing is escaped here, everything is when the HTML is made from it.
        said = get_template(f"emails/{kind}.txt").template.render(
            Context({**context, "link": link}, autoescape=False)
        )
        subject, _blank, body = said.strip().partition("\n")
        paragraphs = [_joined(part) for part in body.strip().split("\n\n") if part.strip()]
        return Message(
            subject.strip(),
            _text(paragraphs, link, context),
            _html(subject, paragraphs, link, language, context),
        )


def _joined(part: str) -> str:
    return "\n".join(line.strip() for line in part.strip().splitlines())


def _text(paragraphs: list[str], link: str, context: dict) -> str:
    foot = _("You receive this letter because you take part in a coaching, or were invited to.")
    lines = [f"{p.removeprefix(BUTTON)}\n{link}" if p.startswith(BUTTON) else p for p in paragraphs]
    signed = "\n".join(part for part in ("--", context.get("practice", ""), foot) if part)
    return "\n\n".join([*lines, signed]) + "\n"


def _html(subject: str, paragraphs: list[str], link: str, language: str, context: dict) -> str:
    parts = [{"button": p.removeprefix(BUTTON)} if p.startswith(BUTTON) else {"text": p} for p in paragraphs]
    return render_to_string(
        "emails/letter.html",
        {
            "subject": subject,
            "parts": parts,
            "link": link,
            "language": language,
            "practice": context.get("practice", ""),
        },
    )
