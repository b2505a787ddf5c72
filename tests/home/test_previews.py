"""« Qui voit quoi » shows the very page of somebody else: their words, nothing that acts, and nothing of a colleague's."""

import html
import re
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from coaching.clients.models import Person
from coaching.home.previews import Eyes, preview_of
from coaching.kernel.viewer import Portal
from coaching.missions.access import administrator_beside, organisation_beside, table_of
from coaching.missions.enums import MissionState
from coaching.missions.models import Mission, Objective, Pause, Refusal, Seat
from coaching.missions.services import seats
from coaching.openings.models import Opening
from coaching.restitutions.access import latest_of
from coaching.restitutions.models import Receipt
from coaching.sessions.models import CoachingSession
from coaching.sessions.services import planning
from contracts.services import amending, drafting
from tests.restitutions import helpers as restitutions
from tests.rules import leaning
from tests.sessions.helpers import SAID, active, begun, coachee, in_days, plan, seat_of, sponsor

pytestmark = pytest.mark.django_db
ACTS = re.compile(
    r"<(a|button|form|input|select|textarea|script|iframe|svg)\b|\b(href|id|name|action|on\w+|tabindex)="
)


@pytest.fixture
def mission(world, db):
    return active(world)


def _words(markup: str) -> str:
    """What a person reads of it."""
    markup = re.sub(r"<(svg|style|script)\b.*?</\1>", " ", markup, flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", markup))).strip()


def _their_page(browser, mission) -> str:
    """The organisation's page without the way back and what is the reader's own to do."""
    body = browser.get(reverse("organisation_mission", args=[mission.ref])).content.decode()
    main = body.partition("<main")[2].partition(">")[2].partition("</main>")[0]
    main = re.sub(r'<nav class="crumbs".*?</nav>', "", main, flags=re.DOTALL)
    main = re.sub(r'<a class="end-link".*?</a>', "", main, flags=re.DOTALL)
    return re.sub(r'<section class="next\b.*?</section>', "", main, flags=re.DOTALL)


def _asked(browser, mission, eyes="organisation") -> str:
    answer = browser.get(reverse("coachee_who_sees_what"), {"mission": mission.ref, "as": eyes})
    assert answer.status_code == 200
    return answer.content.decode().partition("<main")[2].partition("</main>")[0]


def _shown(browser, mission, eyes="organisation") -> str:
    """The inside of the frame, to the ``div`` that closes it."""
    inside = _asked(browser, mission, eyes).partition('<div class="as-seen">')[2]
    depth = 1
    for found in re.finditer(r"<(/?)div\b", inside):
        depth += -1 if found[1] else 1
        if depth == 0:
            return inside[: found.start()]
    return ""


def _move(mission, state) -> None:
    day = timezone.now() - timedelta(days=9)
    dates = dict.fromkeys(
        ("opened_at", "activated_at", "paused_at", "refused_at", "stopped_at", "closed_at"), day
    )
    Mission.unscoped.filter(pk=mission.pk).update(state=state, **dates)


@pytest.mark.parametrize("state", MissionState.values)
@pytest.mark.parametrize("persona", ["sponsor"])
def test_the_preview_says_what_their_page_says_in_every_state(world, mission, browse, state, persona):
    held = begun(plan(world, mission))
    CoachingSession.unscoped.filter(pk=held.pk).update(state="held", held_minutes=90, held_at=timezone.now())
    plan(world, mission, roles=("coachee", "sponsor"), kind="three_way", stage="start", days=20)
    _move(mission, state)
    theirs = _words(_their_page(browse(persona), mission))
    assert _words(_shown(browse("coachee"), mission)) == theirs
    assert mission.title in theirs
    assert len(theirs) > 400


def test_the_managers_page_has_a_preview_of_its_own(world, browse):
    """On the main mission, a team: what is a colleague's is left out, the rest is the same to the letter."""
    seat = Seat.unscoped.get(mission=world.mission, person=world.people["teammate"])
    theirs = _words(_their_page(browse("manager"), world.mission))
    mine = _words(_shown(browse("coachee"), world.mission, "manager"))
    assert seat.person.name in mine, "at the table"
    for word in mine.split():
        assert word in theirs
    assert len(theirs) - len(mine) < 120
    assert world.people["manager"].name in _words(_asked(browse("coachee"), world.mission, "manager"))


def test_a_tab_for_the_manager_is_there_where_one_sits_alone(world, mission, browse):
    assert "as=manager" in _asked(browse("coachee"), world.mission)
    assert "as=manager" not in _asked(browse("coachee"), mission)


@pytest.mark.parametrize("wanted", ["", "nobody", "manager", "<script>", "a\x00b", "x" * 3000])
def test_anything_else_than_a_party_shows_the_first_there_is(world, mission, browse, wanted):
    body = _asked(browse("coachee"), mission, wanted)
    assert '<strong aria-current="page">L’organisation</strong>' in body
    assert "<script>" not in body


@pytest.mark.parametrize("eyes", ["organisation", "manager", "administrator"])
def test_nothing_in_a_preview_can_be_followed_pressed_or_named(world, browse, eyes):
    shown = _shown(browse("coachee"), world.mission, eyes)
    assert shown
    assert ACTS.findall(re.sub(r">[^<]*<", "><", shown)) == []


def test_a_text_that_looks_like_a_page_stays_a_text(world, mission, browse):
    title = '<a href="//x.test" onclick="x()">ici</a><h2 id="own">Titre</h2><script>x()</script>'
    Objective.unscoped.filter(mission=mission, tag="common").update(title=title)
    if not Objective.unscoped.filter(mission=mission, tag="common").exists():
        Objective.unscoped.create(mission=mission, tag="common", title=title, created_by_id=mission.coach_id)
    shown = _shown(browse("coachee"), mission)
    assert html.escape(title, quote=False) in shown.replace("&quot;", '"')
    assert ACTS.findall(re.sub(r">[^<]*<", "><", shown)) == []


def test_the_outline_of_the_page_stays_right(world, browse):
    body = _asked(browse("coachee"), world.mission)
    levels = [int(level) for level in re.findall(r"<h([1-6])\b", body)]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels
    ids = re.findall(r'\bid="([^"]+)"', body)
    assert len(ids) == len(set(ids))


def test_the_administrators_line_is_the_one_of_their_list(world, mission, browse):
    begun(plan(world, mission))
    body = browse("administrator").get(reverse("practice_missions")).content.decode()
    row = next(row for row in re.findall(r"<tr.*?</tr>", body, re.DOTALL) if mission.ref in row)
    shown = _shown(browse("coachee"), mission, "administrator")
    assert _words(row) in _words(shown)
    assert mission.title not in shown


def test_who_pays_for_themself_sees_that_no_organisation_sees_anything(world, mission, browse):
    Mission.unscoped.filter(pk=mission.pk).update(payer="coachee", organisation=None)
    body = _asked(browse("coachee"), mission)
    assert "as=organisation" not in body
    assert "aucune organisation n’en voit rien" in body
    assert mission.ref in _shown(browse("coachee"), mission, "administrator")


def test_while_nobody_has_an_account_it_says_so_and_shows_nothing(world, mission, browse):
    Person.unscoped.filter(pk=world.people["sponsor"].pk).update(user=None)
    body = _asked(browse("coachee"), mission)
    assert "Personne ne voit encore cette page" in body
    assert 'class="as-seen"' not in body


def test_somebody_without_an_account_is_never_taken_for_everybody_without_one(world, mission):
    """A rule that asks for the person behind a seat must never be asked with nobody."""
    Person.unscoped.filter(pk=world.people["sponsor"].pk).update(user=None)
    me = coachee(world)
    assert organisation_beside(me, mission, table_of(me, mission), "sponsor") is None


def test_looking_at_a_preview_is_no_opening(world, browse):
    for eyes in Eyes:
        _asked(browse("coachee"), world.mission, eyes.value)
    assert not Opening.unscoped.exists()


@pytest.mark.parametrize("persona", ["sponsor", "manager", "departed", "coach", "colleague", "administrator"])
def test_nobody_but_the_coachee_looks_through_somebodys_eyes(world, browse, persona):
    assert browse(persona).get(reverse("coachee_who_sees_what")).status_code == 404
    portal = {"coach": Portal.COACH, "colleague": Portal.COACH, "administrator": Portal.PRACTICE}
    viewer = world.viewer(persona, portal.get(persona, Portal.ORGANISATION))
    with pytest.raises(Http404):
        administrator_beside(viewer, world.mission)
    with pytest.raises(Http404):
        organisation_beside(viewer, world.mission, [], "sponsor")


def test_a_coachee_of_another_mission_gets_no_preview_of_it(world, mission):
    with pytest.raises(Http404):
        preview_of(world.viewer("departed", Portal.COACHEE), mission, "organisation")


def test_a_mission_of_somebody_elses_is_not_chosen(world, browse):
    body = browse("coachee").get(reverse("coachee_who_sees_what"), {"mission": world.enquiry.ref})
    assert world.enquiry.ref not in body.content.decode().partition("<main")[2].partition("</main>")[0]


def test_no_sealed_text_is_asked_for(world, browse):
    with CaptureQueriesContext(connection) as asked:
        _asked(browse("coachee"), world.mission)
    assert [one["sql"] for one in asked if "vault_sealedtext" in one["sql"]] == []


def test_the_words_told_to_the_organisation_of_a_refusal_stay_its_own(world, browse):
    told = Refusal.unscoped.get(mission=world.refused).told_organisation
    assert told in _words(_their_page(browse("sponsor"), world.refused))
    shown = _shown(browse("coachee"), world.refused)
    assert told not in shown
    assert "adressés à la seule organisation" in _words(shown)


def test_as_many_queries_for_three_sessions_as_for_one(world, mission, browse):
    browser, counts = browse("coachee"), []
    for turn in range(3):
        plan(world, mission, roles=("coachee", "sponsor"), kind="three_way", stage="middle", days=20 + turn)
        _asked(browser, mission)
        with CaptureQueriesContext(connection) as asked:
            _asked(browser, mission)
        counts.append(len(asked))
    assert counts[0] == counts[2]


@pytest.fixture(scope="module")
def team(world, django_db_blocker):
    """Two coachees whose framework and adhesions stand."""
    with django_db_blocker.unblock():
        made = leaning._mission(world)
        leaning._sealed(world, drafting.draft(world.coach, made), terms=leaning.TERMS)
        made.refresh_from_db()
        for adhesion in amending.adhere(world.coach, made):
            leaning._sealed(world, adhesion)
        return Mission.unscoped.select_related("practice", "coach", "organisation").get(pk=made.pk)


class TestTeam:
    """What concerns a colleague alone is not shown to a coachee, though the organisation reads it."""

    def test_a_colleagues_adhesion_is_left_out_and_ones_own_stays(self, world, team, browse):
        theirs = _their_page(browse("sponsor"), team).partition("Adhésions signées")[2].partition("</ul>")[0]
        shown = _shown(browse("coachee"), team).partition("Adhésions signées")[2].partition("</ul>")[0]
        assert world.people["teammate"].name in theirs
        assert world.people["teammate"].name not in shown
        assert world.people["coachee"].name in shown

    def test_a_colleagues_meeting_is_left_out(self, world, team, browse):
        for persona, place in (("coachee", "Salle du matin"), ("teammate", "Salle du soir")):
            who = [Seat.unscoped.select_related("person").get(mission=team, person=world.people[persona]), seat_of(team, "sponsor")]  # fmt: skip
            said = type(SAID)(
                in_days(20 if persona == "coachee" else 21), 60, "on_site", place=place, private=True
            )
            planning.plan(world.coach, team, who, said, kind="three_way", stage="start")
        theirs, shown = _their_page(browse("sponsor"), team), _shown(browse("coachee"), team)
        assert ("Salle du soir" in theirs, "Salle du soir" in shown) == (True, False)
        assert "Salle du matin" in shown

    def test_a_colleagues_pause_is_left_out(self, world, team, browse):
        seat = Seat.unscoped.get(mission=team, person=world.people["teammate"])
        Pause.unscoped.create(mission=team, seat=seat, by="coachee", begun_at=timezone.now())
        assert "L’accompagnement d’une personne est en pause" in _words(_their_page(browse("sponsor"), team))
        assert "pause" not in _words(_shown(browse("coachee"), team)).lower()
        assert "pause" in _words(_shown(browse("teammate"), team)).lower()


def test_a_restitution_released_stands_in_the_preview_as_on_their_page(world, mission, browse):
    restitutions.allow(world, mission)
    row = restitutions.released(world, mission, support="Deux jours sans réunion.")
    theirs, shown = (
        _words(_their_page(browse("sponsor"), mission)),
        _words(_shown(browse("coachee"), mission)),
    )
    assert shown == theirs
    assert "Restitutions" in shown
    assert not Receipt.unscoped.exists(), "looking through somebody's eyes opens nothing in their name"
    assert latest_of(sponsor(world), mission, 9) == [row]
    other = Seat.unscoped.filter(mission=world.mission, role="coachee").first()
    assert latest_of(sponsor(world), mission, 9, seat=other) == []


def test_a_seat_that_ends_takes_its_preview_with_it(world, mission, browse):
    seat = Seat.unscoped.select_related("person", "mission").get(mission=mission, role="sponsor")
    seats.end_seat(world.coach, mission, seat)
    assert 'class="as-seen"' not in _asked(browse("coachee"), mission)
