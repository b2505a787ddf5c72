"""Letters about one's own data. None carries a word of it."""

from django.urls import reverse

from coaching.clients.models import Person
from coaching.kernel.viewer import Portal
from coaching.outbox.services import queue

from .models import Correction, Erasure, Export


def export_ready(row: Export) -> None:
    """To the person: it is ready, on their own page, for a week."""
    path = reverse(f"{Portal(row.portal).value}_export")
    _write("personal/export_ready", row.user.email, row.language, row.practice, row.user.name, path)


def correction_asked(row: Correction) -> None:
    """To the coach who keeps the row: somebody asks for a correction."""
    _to_keeper("personal/correction_asked", row.person, reverse("coach_correction", args=[row.ref]))


def erasure_asked(row: Erasure) -> None:
    """To the coach: somebody asks for erasure; a month runs."""
    _to_keeper("personal/erasure_asked", row.person, reverse("coach_erasure", args=[row.ref]))


def correction_answered(row: Correction) -> None:
    """To the person: the coach has corrected it, or says why not."""
    to_person("personal/correction_answered", row.person)


def erasure_answered(row: Erasure) -> None:
    """To the person: the coach says why nothing is erased."""
    to_person("personal/erasure_answered", row.person)


def erasure_carried(person: Person) -> None:
    """To the person, at the address they had: it is done. The last letter where their account is closed with it."""
    to_person("personal/erasure_carried", person)


def to_person(kind: str, person: Person) -> None:
    email, language = person.reached_at
    _write(kind, email, language, person.practice, person.name, "/")


def _to_keeper(kind: str, person: Person, path: str) -> None:
    keeper = person.keeper
    _write(kind, keeper.email, keeper.language, person.practice, keeper.name, path)


def _write(kind: str, to: str, language: str, practice, name: str, path: str) -> None:
    context = {"name": name, "practice": practice.name, "path": path}
    queue(kind=kind, to=to, language=language, context=context, practice_ref=practice.ref)
