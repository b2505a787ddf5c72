"""Letters about supervision. Nothing that was said there travels by mail, nor any client's name."""

from django.urls import reverse

from coaching.accounts.access import practice_by_id, user_by_id
from coaching.documents.models import Document
from coaching.outbox.services import queue

from .figures import Standing
from .models import SupervisionSession


def asked(session: SupervisionSession, token: str) -> None:
    """To the supervisor: the link, the day and how long; the link is good for this supervision alone."""
    _to_supervisor("supervision/asked", session, {"path": reverse("attestation_link", args=[token])})


def copy(session: SupervisionSession, document: Document) -> None:
    """To the supervisor: what they have attested, as a PDF."""
    _to_supervisor("supervision/copy", session, {}, ((document.ref, f"{session.ref}.pdf"),))


def attested(session: SupervisionSession) -> None:
    _to_coach("supervision/attested", session)


def contested(session: SupervisionSession) -> None:
    _to_coach("supervision/contested", session)


def due(practice_id: int, coach_id: int, standing: Standing) -> None:
    """To a coach: their supervision is due soon, or overdue."""
    coach = user_by_id(coach_id)
    queue(
        kind="supervision/due",
        to=coach.email,
        language=coach.language,
        practice_ref=practice_by_id(practice_id).ref,
        context={"name": coach.name, "overdue": standing.overdue, "path": reverse("coach_supervision")},
    )


def _to_supervisor(kind: str, session: SupervisionSession, more: dict, attachments=()) -> None:
    supervisor = session.supervisor
    context = {
        "name": supervisor.name,
        "coach": session.coach.name,
        "practice": session.practice.name,
        "day": session.held_on,
        **more,
    }
    queue(
        kind=kind,
        to=supervisor.email,
        language=supervisor.language,
        practice_ref=session.practice.ref,
        context=context,
        attachments=attachments,
    )


def _to_coach(kind: str, session: SupervisionSession) -> None:
    coach = session.coach
    queue(
        kind=kind,
        to=coach.email,
        language=coach.language,
        practice_ref=session.practice.ref,
        context={"name": coach.name, "path": reverse("coach_supervision_session", args=[session.ref])},
    )
