"""A mission set up step by step: the draft is kept as the coach goes, and becomes a mission at the end."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from coaching.clients import access as clients
from coaching.clients.models import Organisation, Person
from coaching.clients.services import save_organisation, save_person
from coaching.kernel.acts import act
from coaching.kernel.errors import Stale
from coaching.kernel.viewer import Viewer

from ..enums import Payer, SeatRole
from ..models import Mission, MissionDraft
from . import life, seats

STEPS = ("who", "payer", "invite", "begin")


def keep_step(viewer: Viewer, draft: MissionDraft | None, said: Mapping, step: str) -> MissionDraft:
    """What the coach has just said, and the step they are at now; makes the draft with the first.

    Who may: a coach, of their own drafts. No event: nothing has happened yet to anybody.
    """
    row = draft or MissionDraft(practice_id=viewer.practice_id, coach_id=viewer.user_id)
    row.said, row.step = {**row.said, **said}, step
    row.full_clean()
    row.save()
    return row


def discard(draft: MissionDraft) -> None:
    """The coach lets a draft go; nobody else has seen it."""
    MissionDraft.unscoped.filter(pk=draft.pk).delete()


@act
def begin(viewer: Viewer, draft: MissionDraft) -> Mission:
    """The draft becomes a mission with its seats and invitations. Records what each of these records.

    Who may: the draft's coach, once every step has been filled in (the page checks each with its form). Raises
    :class:`Stale` when the draft has already begun, in another tab.
    """
    if MissionDraft.unscoped.filter(pk=draft.pk).delete()[0] != 1:
        raise Stale(_("This mission has already begun."))
    said = draft.said
    organisation = _organisation(viewer, said) if said["payer"] == Payer.ORGANISATION else None
    mission = life.begin(
        viewer,
        title=said["title"],
        kind=said["kind"],
        payer=said["payer"],
        organisation=organisation,
        language=said["language"],
    )
    _seat(viewer, mission, SeatRole.COACHEE, said, "coachee")
    if organisation:
        _seat(viewer, mission, SeatRole.SPONSOR, said, "sponsor")
    return mission


def _organisation(viewer: Viewer, said: Mapping) -> Organisation:
    if said.get("organisation"):
        return clients.get_organisation(viewer, said["organisation"])
    return save_organisation(viewer, None, {"name": said["organisation_name"]})


def _seat(viewer: Viewer, mission: Mission, role: str, said: Mapping, who: str) -> None:
    person = known_or_new(
        viewer, said[f"{who}_name"], said[f"{who}_email"], mission.organisation, said["language"]
    )
    seat = seats.add_seat(viewer, mission, person, role)
    if said.get(f"invite_{who}") and not person.user_id:
        seats.invite_seat(viewer, mission, seat)


def known_or_new(viewer: Viewer, name: str, email: str, organisation, language: str) -> Person:
    """Somebody the coach already keeps under this address, or a new person."""
    known = clients.people_for(viewer).filter(email=email.strip().lower()).first()
    if known:
        return known
    values = {"name": name, "email": email, "organisation": organisation, "language": language}
    return save_person(viewer, None, values)
