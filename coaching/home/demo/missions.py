"""Eleven missions, each as far in its life as its story says."""

from coaching.closings.services import ending
from coaching.closings.services.parting import part
from coaching.kernel.acts import act
from coaching.kernel.viewer import Portal
from coaching.missions.access import own_coachee_seat
from coaching.missions.enums import MissionState, SeatRole
from coaching.missions.models import Mission
from coaching.missions.services import life, objectives, requests, seats
from contracts.services.drafting import set_scope
from ethics.charter.access import current_version
from ethics.charter.services import acknowledge

from .cast import as_coach, as_viewer, demo_practice
from .clients import organisation, person
from .stories import STORIES, Coachee, Story


def build() -> None:
    for story in STORIES:
        if mission_of(story) is None:
            _tell(story)
        _decline(story)


def mission_of(story: Story) -> Mission | None:
    return Mission.unscoped.filter(title=story.title, practice=demo_practice()).first()


@act
def _tell(story: Story) -> None:
    coach = as_coach(story.coach)
    mission = life.begin(
        coach,
        title=story.title,
        kind=story.kind,
        payer=story.payer,
        organisation=organisation(story.organisation),
        language=story.language,
    )
    _seat_everybody(story, mission)
    if story.organisation_request:
        sponsor = as_viewer(story.sponsor, Portal.ORGANISATION)
        requests.write_organisation_request(sponsor, mission, story.organisation_request, based_on=0)
    for coachee in story.coachees:
        _speak(story, mission, coachee)
    for values in story.objectives:
        objectives.save_objective(coach, mission, None, values)
    if story.declared:
        life.declare_conflict(coach, mission, has_conflict=False, statement="")
    if story.opened:
        life.open_contracting(coach, mission)


def _decline(story: Story) -> None:
    """Its letters are rendered outside of any transaction."""
    mission = mission_of(story)
    if story.refusal and mission.state != MissionState.REFUSED:
        part(ending.refusal(as_coach(story.coach), mission, **story.refusal))


def _seat_everybody(story: Story, mission: Mission) -> None:
    coach, organised = as_coach(story.coach), organisation(story.organisation)
    for one in story.coachees:
        details = {"job_title": one.job, "address": one.address, "organisation": organised}
        row = person(story.coach, one.player, seated=one.arrived, **details)
        seat = seats.add_seat(coach, mission, row, SeatRole.COACHEE)
        if not one.arrived:
            seats.invite_seat(coach, mission, seat)
    for role, player in ((SeatRole.SPONSOR, story.sponsor), (SeatRole.MANAGER, story.manager)):
        if player:
            seats.add_seat(coach, mission, person(story.coach, player, organisation=organised), role)


def _speak(story: Story, mission: Mission, coachee: Coachee) -> None:
    """The coachee's own acts: charter, request, wording, scope, objective; then the coach's validation."""
    if not coachee.request:
        return
    viewer, coach = as_viewer(coachee.player, Portal.COACHEE), as_coach(story.coach)
    acknowledge(viewer, current_version(demo_practice().pk))
    seat = own_coachee_seat(viewer, mission)
    version = requests.write_coachee_request(viewer, mission, seat, coachee.request, based_on=0)
    if coachee.wording:
        requests.share_wording(viewer, mission, seat, coachee.wording)
    if coachee.own_objective:
        values = {"tag": "coachee", "title": coachee.own_objective}
        objectives.save_objective(viewer, mission, None, values, seat=seat)
    for addressee, items in coachee.scope.items():
        set_scope(viewer, mission, addressee, list(items))
    if coachee.validation:
        requests.validate_request(coach, mission, version, coachee.validation)
