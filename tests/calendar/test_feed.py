"""A private address for calendar programs: one's own sessions under one neutral word, closed when one says so."""

import logging
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from coaching.accounts.models import Membership, User
from coaching.calendar.access import feed_of, wishes_of
from coaching.calendar.links import token_of
from coaching.calendar.models import Feed
from coaching.calendar.services import feeds
from coaching.journal.models import Event
from coaching.kernel.tokens import hash_token
from coaching.missions.models import Seat
from coaching.sessions.invitations import invitation
from coaching.sessions.services import life, planning
from tests.calendar.helpers import read
from tests.sessions.helpers import SAID, active, begun, coachee, fresh, plan, seat_of

SECRET = replace(SAID, place="14 rue des Tilleuls", join_link="https://visio.test/salle")


@pytest.fixture
def mission(world, db):
    return active(world)


def _address(user) -> str:
    return reverse("calendar_feed", args=[token_of(feeds.make_feed(user).ref)])


def _read(url):
    return Client().get(url)


def _uids(answer) -> set[str]:
    return {str(event["uid"]) for event in read(answer.content.decode())}


def _uid(row) -> str:
    return f"{row.ref.lower()}@localhost"


def test_a_feed_shows_moments_under_one_neutral_word(world, mission):
    row = plan(world, mission, said=SECRET)
    answer = _read(_address(world.users["coachee"]))
    text = answer.content.decode()
    (event,) = read(text)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert answer["Cache-Control"] == "private, no-cache"
    assert (event["uid"], event["summary"], event["status"]) == (_uid(row), "Rendez-vous", "CONFIRMED")
    assert event.decoded("dtstart") == row.starts_at
    assert event.decoded("dtend") == row.ends_at
    assert set(event) == {
        "UID",
        "DTSTAMP",
        "DTSTART",
        "DTEND",
        "SUMMARY",
        "SEQUENCE",
        "STATUS",
        "CLASS",
        "TRANSP",
    }
    for word in ("coach", "Tilleuls", "visio", mission.title, world.users["coach"].name, world.practice.name):
        assert word.casefold() not in text.casefold(), word


def test_the_place_is_in_a_feed_only_where_its_owner_asks_for_it(world, mission):
    plan(world, mission, said=SECRET)
    url = _address(world.users["coachee"])
    feeds.set_wishes(world.users["coachee"], zone="Europe/Paris", remind_hours=24, show_place=True)
    (event,) = read(_read(url).content.decode())
    assert event["location"] == "14 rue des Tilleuls"
    feeds.set_wishes(world.users["coachee"], zone="Europe/Paris", remind_hours=24, show_place=False)
    assert "location" not in read(_read(url).content.decode())[0]


def test_the_word_is_in_its_owners_language(world, mission):
    plan(world, mission)
    User.objects.filter(pk=world.users["coachee"].pk).update(language="en")
    world.users["coachee"].refresh_from_db()
    assert read(_read(_address(world.users["coachee"])).content.decode())[0]["summary"] == "Appointment"


def test_a_move_keeps_the_identity_and_raises_the_sequence_and_a_cancellation_says_so(world, mission):
    row = plan(world, mission, said=SAID)
    url = _address(world.users["coachee"])
    planning.move(world.coach, row, replace(SAID, at=SAID.at + timedelta(hours=1)), based_on=0)
    (event,) = read(_read(url).content.decode())
    assert (event["uid"], event["sequence"]) == (_uid(row), 1)
    assert event.decoded("dtstart") == fresh(row).starts_at
    life.cancel(coachee(world), fresh(row))
    (event,) = read(_read(url).content.decode())
    assert (event["uid"], event["sequence"], event["status"]) == (_uid(row), 2, "CANCELLED")
    assert event["transp"] == "TRANSPARENT"


def test_an_invitation_and_the_feed_name_a_session_alike(world, mission):
    row = plan(world, mission)
    (fed,) = read(_read(_address(world.users["coachee"])).content.decode())
    (invited,) = read(invitation(row, "a@b.test", "fr")[1])
    for name in ("uid", "sequence", "summary", "dtstart", "dtend"):
        assert fed[name] == invited[name]


def test_a_feed_goes_three_months_back_and_no_further(world, mission):
    near = begun(plan(world, mission), days=80)
    far = begun(plan(world, mission, days=14), days=100)
    uids = _uids(_read(_address(world.users["coachee"])))
    assert _uid(near) in uids
    assert _uid(far) not in uids


def test_everybody_who_takes_part_is_fed_their_own_sessions_and_no_others(world, mission):
    own = plan(world, mission, said=SAID)
    three = plan(
        world, mission, days=9, kind="three_way", stage="start", roles=("coachee", "sponsor")
    )  # fmt: skip
    told = {
        persona: _uids(_read(_address(world.users[persona])))
        for persona in ("coach", "coachee", "sponsor", "manager", "teammate", "colleague", "administrator")
    }
    both = {_uid(own), _uid(three)}
    nothing = {key: set() for key in ("manager", "teammate", "colleague", "administrator")}
    assert told == {"coach": both, "coachee": both, "sponsor": {_uid(three)}, **nothing}


def test_whoever_has_left_is_fed_nothing_any_more(world, mission):
    plan(world, mission)
    urls = [_address(world.users[persona]) for persona in ("coachee", "coach")]
    Seat.unscoped.filter(pk=seat_of(mission).pk).update(ended_at=timezone.now())
    Membership.unscoped.filter(user=world.users["coach"]).update(left_at=timezone.now())
    for url in urls:
        assert read(_read(url).content.decode()) == []


def test_an_account_that_is_closed_has_no_feed(world, mission):
    url = _address(world.users["coachee"])
    User.objects.filter(pk=world.users["coachee"].pk).update(is_active=False)
    assert _read(url).status_code == 404


@pytest.mark.parametrize("token", ["never-made", "x" * 43, "a%00b", "é" * 20, "../../etc"])
def test_an_address_that_never_was_is_not_found(db, token):
    assert _read(f"/calendar/{token}.ics").status_code == 404


def test_a_revoked_address_and_one_replaced_are_not_found_like_any_other(world, mission):
    user = world.users["coachee"]
    first = _address(user)
    second = _address(user)
    assert first != second
    assert (_read(first).status_code, _read(second).status_code) == (404, 200)
    feeds.revoke_feed(user)
    unknown, gone = _read("/calendar/never-made.ics"), _read(second)
    assert (gone.status_code, gone.content) == (404, unknown.content)
    assert feed_of(user) is None
    kinds = list(
        Event.unscoped.filter(chain=user.ref, kind__startswith="feed.").values_list("kind", flat=True)
    )
    assert kinds == ["feed.make", "feed.revoke", "feed.make", "feed.revoke"]


def test_the_database_has_the_hash_of_an_address_alone(world, mission):
    feed = feeds.make_feed(world.users["coachee"])
    token = token_of(feed.ref)
    assert len(token) == 43
    row = Feed.unscoped.filter(pk=feed.pk).values().get()
    assert row["token_hash"] == hash_token(token)
    assert token not in str(row)


def test_reading_a_feed_writes_nothing_and_asks_no_more_for_many_sessions(world, mission):
    url, asked = _address(world.users["coachee"]), []
    for turn in range(2):
        for day in range(1, 3 + turn * 4):
            plan(
                world,
                mission,
                days=day + turn * 20,
                kind="three_way",
                stage="start",
                roles=("coachee", "sponsor"),
            )
        with CaptureQueriesContext(connection) as captured:
            assert _read(url).status_code == 200
        assert all(one["sql"].lstrip("(").startswith("SELECT") for one in captured)
        asked.append(len(captured))
    assert asked[0] == asked[1] <= 5


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_a_feed_is_read_and_nothing_else(world, mission, method):
    assert getattr(Client(), method)(_address(world.users["coachee"])).status_code == 405


def test_an_address_never_lands_in_the_log(world, mission, caplog):
    caplog.set_level(logging.DEBUG)
    live, closed = _address(world.users["coachee"]), "/calendar/never-made.ics"
    for url in (live, closed, live.replace(".ics", "")):
        _read(url)
        Client().post(url)
    for url in (live, closed):
        assert url.removeprefix("/calendar/").removesuffix(".ics") not in caplog.text


def test_the_owners_page_makes_replaces_and_closes_the_address(world, mission, browse):
    page = browse("coachee")
    assert "calendar/link" in page.get(reverse("my_calendar")).content.decode()
    page.post(reverse("calendar_link"))
    first = token_of(feed_of(world.users["coachee"]).ref)
    assert f"/calendar/{first}.ics" in page.get(reverse("my_calendar")).content.decode()
    page.post(reverse("calendar_link"))
    body = page.get(reverse("my_calendar")).content.decode()
    assert first not in body
    page.post(reverse("calendar_revoke"))
    assert ".ics" not in page.get(reverse("my_calendar")).content.decode()
    assert page.get(reverse("calendar_revoke")).status_code == 200


def test_the_owners_page_keeps_their_wishes_and_refuses_what_is_no_zone(world, db, browse):
    page, url = browse("coachee"), reverse("my_calendar")
    page.post(url, {"remind_hours": "2", "zone": "America/Montreal", "show_place": "on"})
    wishes = wishes_of(world.users["coachee"])
    assert (wishes.remind_hours, wishes.zone, wishes.show_place) == (2, "America/Montreal", True)
    for bad in ({"zone": "Mars/Olympus"}, {"remind_hours": "3"}, {"remind_hours": ""}):
        assert page.post(url, {"remind_hours": "2", "zone": "Europe/Paris", **bad}).status_code == 422
    assert wishes_of(world.users["coachee"]).zone == "America/Montreal"


def test_nobody_opens_a_page_of_ones_calendar_without_signing_in(db):
    for name in ("my_calendar", "calendar_link", "calendar_revoke"):
        assert Client().get(reverse(name)).status_code == 302
