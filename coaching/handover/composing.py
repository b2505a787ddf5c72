"""What there is to hand over of one coachee: facts and words of the mission by value, never a word of the coach's notes."""

from django.utils import timezone

from coaching.consents.enums import HandOverItem as Item
from coaching.kernel.choices import in_order
from coaching.kernel.viewer import Viewer
from coaching.missions.access import table_of
from coaching.missions.enums import ObjectiveTag, SeatRole
from coaching.missions.models import Mission, Objective, Seat
from coaching.missions.requests_access import aims_of, requests_of
from coaching.notes.access import summaries_alone
from coaching.progress.access import standings_of
from coaching.progress.figures import figures_of
from coaching.sessions.access import held_with
from contracts.in_force import agreed_on

from .snapshots import Aim, FrozenHandOver, House, Part, Somebody, Summary

WORDS = 10_000  # characters of the letter


def material(coach: Viewer, seat: Seat) -> dict[str, Part]:
    """What may be chosen: each item that says something, as the colleague would read it. For the mission's coach.

    Raises ``vault.errors.Locked`` while the coach's key is not open.
    """
    mission = seat.mission
    parts = [*_requests(coach, mission, seat), *_objectives(coach, mission, seat), _progress(coach, seat)]
    agreed = agreed_on(mission)
    parts.append(Part(Item.SESSIONS, held=held_with(seat), agreed=agreed.count if agreed else None))
    said = summaries_alone(coach, seat)
    parts.append(Part(Item.SUMMARIES, summaries=tuple(Summary(day, words) for day, words in said)))
    return {part.item: part for part in parts if part.says_something}


def _requests(coach: Viewer, mission: Mission, seat: Seat) -> list[Part]:
    asked = requests_of(coach, mission)
    own = next((view for view in asked if view.seat and view.seat.pk == seat.pk), None)
    house = next((view for view in asked if view.seat is None), None)
    return [
        Part(Item.ORGANISATION_REQUEST, words=(house.text or "") if house else ""),
        Part(Item.OWN_REQUEST, words=(own.text or "") if own else ""),
        Part(Item.SHARED_WORDING, words=own.wording.text if own and own.wording else ""),
    ]


def _objectives(coach: Viewer, mission: Mission, seat: Seat) -> list[Part]:
    aims = aims_of(coach, mission)
    agreed = [aim for aim in aims if aim.tag != ObjectiveTag.COACHEE]
    own = [aim for aim in aims if aim.tag == ObjectiveTag.COACHEE and aim.seat_id == seat.pk]
    return [
        Part(Item.AGREED_OBJECTIVES, aims=tuple(_aim(aim) for aim in agreed)),
        Part(Item.OWN_OBJECTIVES, aims=tuple(_aim(aim) for aim in own)),
    ]


def _aim(aim: Objective) -> Aim:
    return Aim(aim.tag, aim.title, aim.indicator, aim.baseline, aim.target)


def _progress(coach: Viewer, seat: Seat) -> Part:
    """Figures alone, of what the whole table has agreed on: a figure of an own objective would give its title away."""
    aims = []
    for one in standings_of(coach, seat.mission):
        figures = figures_of(one, seat)
        if figures and one.objective.tag != ObjectiveTag.COACHEE:
            aims.append(Aim(one.objective.tag, one.objective.title, figures=figures))
    return Part(Item.PROGRESS, aims=tuple(aims))


def compose(coach: Viewer, ref: str, seat: Seat, to: str, chosen: dict[str, Part]) -> FrozenHandOver:
    """The page with what the coach has chosen, as of today."""
    mission = seat.mission
    table = [one for one in table_of(coach, mission) if one.role == SeatRole.SPONSOR]
    return FrozenHandOver(
        reference=ref,
        language=mission.language,
        coach=mission.coach.name,
        to=to,
        mission=mission.title,
        payer=mission.payer,
        organisation=_house(mission),
        people=tuple(_somebody(one) for one in [seat, *table]),
        written_on=timezone.localdate(),
        parts=tuple(chosen[item] for item in in_order(Item, chosen)),
    )


def _somebody(seat: Seat) -> Somebody:
    person = seat.person
    return Somebody(seat.ref, seat.role, person.name, person.email, person.job_title, person.language)


def _house(mission: Mission) -> House | None:
    row = mission.organisation if mission.paid_by_organisation else None
    return House(row.name, row.legal_form, row.siret, row.address) if row else None
