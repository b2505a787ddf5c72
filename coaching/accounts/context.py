"""What the frame of every page needs: where the person sits, where else they may sit, the rooms of the portal."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coaching.kernel.viewer import Portal

from .access import Chair

LABELS = {
    Portal.COACH: _("Coach"),
    Portal.COACHEE: _("Coachee"),
    Portal.ORGANISATION: _("Organisation"),
    Portal.PRACTICE: _("Administration"),
    Portal.RECOURSE: _("Recourse person"),
}
HOMES = {
    Portal.COACH: "coach_home",
    Portal.COACHEE: "coachee_home",
    Portal.ORGANISATION: "organisation_home",
    Portal.PRACTICE: "practice_home",
    Portal.RECOURSE: "recourse_home",
}
ROOMS = {
    Portal.COACH: (
        ("coach_home", _("Today")),
        ("coach_missions", _("Missions")),
        ("coach_calendar", _("Calendar")),
        ("coach_notes", _("Notes")),
        ("coach_clients", _("Clients")),
        ("coach_contracts", _("Contracts")),
        ("coach_supervision", _("Supervision")),
        ("coach_qualifications", _("Competence")),
        ("coach_conformity", _("Conformity")),
    ),
    Portal.COACHEE: (
        ("coachee_home", _("My coaching")),
        ("coachee_sessions", _("Sessions")),
        ("coachee_decisions", _("My decisions")),
        ("coachee_restitutions", _("Restitutions")),
        ("coachee_who_sees_what", _("Who sees what")),
        ("coachee_data", _("My data")),
    ),
    Portal.ORGANISATION: (
        ("organisation_home", _("Missions")),
        ("organisation_restitutions", _("Restitutions")),
        ("organisation_contracts", _("Contracts")),
        ("organisation_overview", _("Overview")),
    ),
    Portal.PRACTICE: (
        ("practice_home", _("Members")),
        ("practice_missions", _("Missions")),
        ("practice_charter", _("Charter")),
        ("practice_conformity", _("Conformity")),
        ("practice_clauses", _("Clauses")),
        ("practice_settings", _("Settings")),
        ("practice_recourse", _("Recourse")),
        ("practice_supervision", _("Supervision")),
        ("practice_seal", _("Seal")),
        ("practice_journal", _("Journal")),
    ),
    Portal.RECOURSE: (("recourse_home", _("What is confided to me")),),
}

# Pages reached from a room, whose address does not begin with the room's.
WITHIN = {
    "practice_contracts": "practice_missions",
    "coach_register": "coach_missions",
    "coach_sessions": "coach_calendar",
    "coach_activities": "coach_qualifications",
    "coach_sheet": "coach_qualifications",
    "coach_hours": "coach_qualifications",
    "practice_hours": "practice_settings",
    "coachee_recourse": "coachee_data",
    "coach_data_requests": "coach_clients",
    "practice_retention": "practice_settings",
    "practice_purge": "practice_settings",
    "practice_register": "practice_settings",
    "practice_erasures": "practice_settings",
}


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the seat switcher."""

    portal: str
    practice_ref: str
    practice_name: str
    label: object
    current: bool


@dataclass(frozen=True, slots=True)
class Room:
    label: object
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Chrome:
    """The frame of a page."""

    portals: tuple[Place, ...]
    nav: tuple[Room, ...]
    practice_name: str
    user_name: str
    theme: str
    product: str
    mailbox: bool


def chrome(request) -> dict:
    """Template context ``viewer`` and ``chrome``, on every page."""
    viewer = getattr(request, "viewer", None)
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    chairs = list(getattr(request, "chairs", [])) if signed_in else []
    here = next((chair for chair in chairs if _is_here(chair, viewer)), None)
    return {
        "viewer": viewer,
        "chrome": Chrome(
            portals=tuple(_place(chair, chair is here) for chair in chairs),
            nav=tuple(_rooms(viewer, request.path)) if viewer else (),
            practice_name=here.practice_name if here else "",
            user_name=user.name if signed_in else "",
            theme=user.theme if signed_in else "auto",
            product=settings.PRODUCT_NAME,
            mailbox=settings.OUTBOX_DELIVERY == "mailbox",
        ),
    }


def _is_here(chair: Chair, viewer) -> bool:
    return viewer is not None and (chair.portal, chair.practice_id) == (viewer.portal, viewer.practice_id)


def _place(chair: Chair, current: bool) -> Place:
    return Place(chair.portal.value, chair.practice_ref, chair.practice_name, LABELS[chair.portal], current)


def _rooms(viewer, path: str):
    """The rooms of the portal; the current one is that of the longest address the path begins with."""
    rooms = [(name, label, reverse(name)) for name, label in ROOMS[viewer.portal]]
    ways = {url: name for name, _label, url in rooms} | {reverse(page): room for page, room in WITHIN.items()}
    here = max((url for url in ways if path.startswith(url)), key=len, default="")
    return [Room(label, url, name == ways.get(here)) for name, label, url in rooms]
