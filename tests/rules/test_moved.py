"""Somebody of an organisation who left it: nothing of its missions opens to them, from that act on."""

import html

import pytest
from django.urls import reverse
from django.utils import timezone

from coaching.clients.models import Person
from coaching.clients.services import save_organisation, save_person
from coaching.journal.models import Event
from coaching.kernel.viewer import Portal
from coaching.missions.models import Mission, Seat
from coaching.missions.services import life, seats
from coaching.restitutions import access as restitutions
from tests.rules.addresses import ADDRESSES, access_of, product_patterns
from tests.rules.test_canaries import _found, _text

PATTERNS = dict(product_patterns())
ORGANISATION = [name for name, pattern in PATTERNS.items() if access_of(pattern)[1] == Portal.ORGANISATION]
FORM = ("name", "email", "phone", "job_title", "address", "registration", "language")


def _held(world, persona: str):
    rows = Seat.unscoped.filter(person=world.people[persona], role__in=["sponsor", "manager"])
    return rows.filter(ended_at=None)


def _form(person: Person, organisation: str, **more) -> dict:
    return {**{name: getattr(person, name) for name in FORM}, "organisation": organisation, **more}


def _move(world, browse, persona: str, organisation: str = "", **more):
    person = Person.unscoped.get(pk=world.people[persona].pk)
    url = reverse("coach_person", args=[person.ref])
    return browse("coach").post(url, _form(person, organisation, **more), follow=True)


@pytest.fixture(autouse=True)
def _kept_by_one_coach(world, db):
    """A colleague who took somebody over keeps people of their own: each coach says of theirs where they are."""
    colleague = world.viewer("colleague", Portal.COACH)
    for row in Person.unscoped.filter(keeper_id=colleague.user_id, user__isnull=False):
        save_person(colleague, row, {"email": row.email, "organisation": None})


@pytest.fixture
def new_home(world, db):
    """Another organisation of the same coach, with a mission at which the sponsor and the manager already sit."""
    organisation = save_organisation(world.coach, None, {"name": "Maison d’en face"})
    mission = life.begin(world.coach, title="Une autre mission", organisation=organisation)
    for persona in ("sponsor", "manager"):
        seats.add_seat(world.coach, mission, world.people[persona], persona)
    return mission


# Corrections and erasures of the row that a coach keeps of the person, wherever they work.
ABOUT_ONESELF = {
    name for name in ORGANISATION if PATTERNS[name].callback.__module__.startswith("coaching.personal")
}


def _own(world) -> dict[str, str]:
    """Every address of the portal, on the rows that the main world has for it, asked for while they are there."""
    return {name: reverse(name, kwargs=ADDRESSES[name].own(world)) for name in ORGANISATION}


@pytest.mark.parametrize("persona", ["sponsor", "manager"])
def test_no_address_of_a_former_organisation_opens_to_somebody_who_moved(world, browse, new_home, persona):
    urls, browser = _own(world), browse(persona)
    before = {name: browser.get(url).status_code for name, url in urls.items()}
    _move(world, browse, persona, new_home.organisation.ref, leaves="on")
    for name, url in urls.items():
        answer = browser.get(url)
        if name in ABOUT_ONESELF:
            assert _found(world, _text(answer)) & _words_of(world) == set(), name
            continue
        # A list of theirs: it is there, without anything of the former.
        if "ref" not in ADDRESSES[name].own(world):
            assert answer.status_code in (200, 302), name  # an archive not asked for sends to where it is
            assert _found(world, _text(answer)) & _words_of(world) == set(), name
        elif access_of(PATTERNS[name])[0] != "acts":
            assert answer.status_code == 404, name
        # An act on a row of theirs; their own account and data stay theirs to act on.
        if access_of(PATTERNS[name])[0] != "reads" and "ref" in ADDRESSES[name].own(world):
            assert browser.post(url).status_code == 404, name
    assert 200 in before.values()


def _words_of(world) -> set[str]:
    """Canaries of missions and contracts: those of one's own person and account are still one's own to see."""
    ours = ("missions.", "contracts.", "restitutions.", "coaching_sessions.")
    return {word for word, (path, _readers) in world.canaries.items() if path.startswith(ours)}


def test_somebody_who_left_for_nowhere_has_no_portal_left(world, browse):
    urls = _own(world)
    _move(world, browse, "sponsor", "", leaves="on")
    browser = browse("sponsor")
    for name, url in urls.items():
        kind = access_of(PATTERNS[name])[0]
        assert (browser.post if kind == "acts" else browser.get)(url).status_code == 404, name


def test_a_released_restitution_read_or_not_is_no_longer_addressed_to_whoever_left(world, browse):
    viewer = world.viewer("sponsor", Portal.ORGANISATION)
    assert restitutions.inbox_count(viewer) > 1
    _move(world, browse, "sponsor", "", leaves="on")
    assert (restitutions.inbox_count(viewer), restitutions.inbox_of(viewer)) == (0, [])


@pytest.mark.parametrize("state", ["closed", "stopped", "refused"])
def test_the_seat_at_a_mission_that_is_over_ends_too(world, browse, state):
    now = timezone.now()
    over = Mission.unscoped.create(
        practice=world.practice, coach=world.users["coach"], title="Finie", organisation=world.organisation, state=state,
        opened_at=now, activated_at=now, stopped_at=now, refused_at=now, closed_at=now,
    )  # fmt: skip
    seat = Seat.unscoped.create(mission=over, person=world.people["sponsor"], role="sponsor")
    url = reverse("organisation_mission", args=[over.ref])
    assert browse("sponsor").get(url).status_code == 200
    _move(world, browse, "sponsor", "", leaves="on")
    assert browse("sponsor").get(url).status_code == 404
    assert Seat.unscoped.get(pk=seat.pk).ended_at is not None


def test_each_seat_that_ends_is_in_the_journal(world, browse):
    held = set(_held(world, "sponsor").values_list("ref", flat=True))
    _move(world, browse, "sponsor", "", leaves="on")
    told = Event.unscoped.filter(kind="seat.end", subject__in=held, actor=world.users["coach"].ref)
    assert set(told.values_list("subject", flat=True)) == held
    assert {event.data["cause"] for event in told} == {"left"}


def test_a_new_organisation_is_refused_until_the_coach_says_the_seats_end(world, browse, new_home):
    held = _held(world, "sponsor").count()
    answer = _move(world, browse, "sponsor", new_home.organisation.ref, phone="+33 3 55 00 01 99")
    body = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    assert 'id="id_leaves_error"' in body
    assert "+33 3 55 00 01 99" in body
    assert Person.unscoped.get(pk=world.people["sponsor"].pk).organisation == world.organisation
    assert _held(world, "sponsor").count() == held


def test_the_page_says_beforehand_how_many_seats_end_and_afterwards_that_they_have(world, browse):
    there = _held(world, "sponsor").filter(mission__organisation=world.organisation).count()
    page = browse("coach").get(reverse("coach_person", args=[world.people["sponsor"].ref]))
    assert f"dans {there}" in html.unescape(page.content.decode())
    done = _move(world, browse, "sponsor", "", leaves="on")
    assert f"dans {there}" in html.unescape(done.content.decode())


def test_a_person_saved_in_the_same_organisation_keeps_every_seat(world, browse):
    held = _held(world, "sponsor").count()
    assert _move(world, browse, "sponsor", world.organisation.ref, job_title="DRH").status_code == 200
    assert _held(world, "sponsor").count() == held


def test_a_coachee_who_moves_keeps_the_seat_that_is_about_themself(world, browse):
    before = Seat.unscoped.filter(person=world.people["coachee"], ended_at=None).count()
    page = browse("coach").get(reverse("coach_person", args=[world.people["coachee"].ref]))
    assert 'name="leaves"' not in page.content.decode()
    assert _move(world, browse, "coachee", "").status_code == 200
    assert Seat.unscoped.filter(person=world.people["coachee"], ended_at=None).count() == before


def test_seats_at_missions_of_another_organisation_stay(world, new_home):
    person = Person.unscoped.get(pk=world.people["sponsor"].pk)
    save_person(world.coach, person, {"organisation": new_home.organisation})
    assert set(_held(world, "sponsor").values_list("mission_id", flat=True)) == {new_home.pk}


def test_a_colleague_cannot_move_a_person_they_do_not_keep(world, browse):
    person, held = world.people["sponsor"], _held(world, "sponsor").count()
    url = reverse("coach_person", args=[person.ref])
    assert browse("colleague").post(url, _form(person, "", leaves="on")).status_code == 404
    assert _held(world, "sponsor").count() == held


@pytest.mark.parametrize("ref", ["M-2222222222", "M-", "RR-2222222222", "%00", "' OR 1=1", "x" * 300])
def test_a_reference_guessed_by_a_sponsor_is_the_404_of_one_that_never_existed(world, browse, ref):
    for name in ("organisation_mission", "organisation_restitution", "organisation_restitution_pdf"):
        address = ADDRESSES[name].own(world) | {"ref": "M-7777777777"}
        path = reverse(name, kwargs=address).replace("M-7777777777", ref)
        assert browse("sponsor").get(path).status_code == 404, name


def test_every_page_of_the_organisation_says_what_it_does_not_show_and_the_article(world, browse):
    for name in ORGANISATION:
        if access_of(PATTERNS[name])[0] == "acts":
            continue
        answer = browse("sponsor").get(reverse(name, kwargs=ADDRESSES[name].own(world)))
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        body = answer.content.decode()
        assert 'class="not-shown"' in body, name
        assert reverse("charter") in body[body.index('class="not-shown"') :], name
