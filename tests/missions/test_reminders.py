"""Relancer: a friendly word to whoever is awaited, once a day to each person, by the mission's coach alone."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from coaching.journal.models import Event
from coaching.kernel.errors import NotAllowedNow
from coaching.kernel.viewer import Portal
from coaching.missions.models import Reminder, Seat
from coaching.missions.services import requests
from coaching.missions.services.reminders import remind
from coaching.missions.waiting import awaited_by, awaited_on
from coaching.outbox.models import Letter
from coaching.outbox.services import open_letter

pytestmark = pytest.mark.django_db


def _names(rows):
    return sorted(row.seat.name for row in rows)


def _sponsor_elsewhere(world):
    return Seat.unscoped.get(mission=world.enquiry, role="sponsor")


def test_those_who_have_not_worded_their_request_are_awaited(world):
    rows = awaited_on(world.coach, world.enquiry)
    assert {row.seat.role for row in rows} == {"sponsor", "coachee"}
    assert all(row.reminded is None for row in rows)


def test_a_request_taken_down_is_awaited_until_its_author_confirms(world):
    text = "Ce qui a été dit en réunion."
    version = requests.write_organisation_request(world.coach, world.enquiry, text, based_on=0)
    sponsor = next(r for r in awaited_on(world.coach, world.enquiry) if r.seat.role == "sponsor")
    assert sponsor.since == version.written_at
    requests.confirm_request(world.viewer("sponsor_elsewhere", Portal.ORGANISATION), world.enquiry, version)
    assert [row.seat.role for row in awaited_on(world.coach, world.enquiry)] == ["coachee"]


def test_somebody_whose_request_is_there_is_not_awaited(world):
    assert awaited_on(world.coach, world.mission) == []


def test_a_contract_in_review_is_awaited_from_those_who_have_not_read_it(world):
    from contracts.models import Contract
    from contracts.services import sharing

    Contract.unscoped.filter(pk=world.contract.pk).update(state="review")
    names = _names(awaited_on(world.coach, world.mission))
    assert len(names) == 3  # their teammate has said they are fine with it
    sharing.acknowledge_reading(world.viewer("sponsor", Portal.ORGANISATION), world.version)
    assert _names(awaited_on(world.coach, world.mission)) == [
        name for name in names if name != world.people["sponsor"].name
    ]


def test_a_sponsor_is_shown_what_is_awaited_of_them_and_of_nobody_else(world):
    rows = awaited_by(world.viewer("sponsor_elsewhere", Portal.ORGANISATION), 10)
    assert [(row.mission.ref, row.path) for row in rows] == [
        (world.enquiry.ref, reverse("organisation_request", args=[world.enquiry.ref]))
    ]
    # Of theirs, the letter about the mission that was declined is the one thing still to be read.
    mine = awaited_by(world.viewer("sponsor", Portal.ORGANISATION), 10)
    assert {row.mission.state for row in mine} == {"refused"}


def test_another_coach_waits_for_nobody_of_this_one(world):
    assert awaited_by(world.viewer("colleague", Portal.COACH), 10) == []


def test_a_reminder_writes_a_letter_and_an_event_for_each_awaited_person(world):
    before = Letter.unscoped.count()
    names = remind(world.coach, world.enquiry)
    assert len(names) == 2
    assert Letter.unscoped.count() == before + 2
    assert Event.unscoped.filter(kind="seat.remind", mission=world.enquiry.ref).count() == 2
    kinds = set(Letter.unscoped.order_by("-pk").values_list("kind", flat=True)[:2])
    assert kinds == {"missions/reminder", "accounts/invitation_person"}


def test_the_letter_leads_to_the_page_where_it_is_done_and_quotes_nobody(world):
    remind(world.coach, world.enquiry, _sponsor_elsewhere(world))
    said = open_letter(Letter.unscoped.filter(kind="missions/reminder").latest("pk"))
    assert reverse("organisation_request", args=[world.enquiry.ref]) in said.text
    assert world.enquiry.title not in said.text + said.subject


def test_a_second_reminder_on_the_same_day_writes_to_nobody(world, browse):
    url = reverse("coach_remind", args=[world.enquiry.ref])
    assert browse("coach").post(url).status_code == 302
    letters = Letter.unscoped.count()
    answer = browse("coach").post(url, follow=True)
    assert Letter.unscoped.count() == letters
    assert "un par jour suffit" in answer.content.decode()


def test_one_reminder_a_day_holds_across_missions_in_the_database(world):
    remind(world.coach, world.enquiry, _sponsor_elsewhere(world))
    row = Reminder.unscoped.get(person=_sponsor_elsewhere(world).person)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reminder.unscoped.create(
            mission=world.mission, person=row.person, day=row.day, sent_by=world.users["coach"]
        )


def test_the_next_day_a_reminder_may_go_again(world):
    seat = _sponsor_elsewhere(world)
    Reminder.unscoped.create(
        mission=world.enquiry,
        person=seat.person,
        day=timezone.localdate() - timedelta(days=1),
        sent_by=world.users["coach"],
    )
    assert remind(world.coach, world.enquiry, seat) == [seat.person.name]


def test_nobody_is_reminded_where_nobody_is_awaited(world, browse):
    with pytest.raises(NotAllowedNow):
        remind(world.coach, world.mission)
    assert browse("coach").post(reverse("coach_remind", args=[world.mission.ref])).status_code == 403


@pytest.mark.parametrize("persona", ["colleague", "coach_elsewhere"])
def test_no_other_coach_reminds(world, browse, persona):
    url = reverse("coach_remind", args=[world.enquiry.ref])
    assert browse(persona).post(url).status_code == 404
    with pytest.raises(NotAllowedNow):
        remind(world.viewer(persona, Portal.COACH), world.enquiry)
    assert Reminder.unscoped.count() == 0


def test_a_seat_of_another_mission_is_a_404(world, browse):
    seat = Seat.unscoped.filter(mission=world.mission).first()
    answer = browse("coach").post(reverse("coach_remind", args=[world.enquiry.ref]), {"seat": seat.ref})
    assert answer.status_code == 404


def test_today_says_who_is_awaited_and_offers_no_second_reminder(world, browse):
    page = browse("coach").get(reverse("coach_home")).content.decode()
    url = reverse("coach_remind", args=[world.enquiry.ref])
    assert page.count(f'action="{url}"') == 2
    browse("coach").post(url, {"seat": _sponsor_elsewhere(world).ref, "back": "today"})
    assert browse("coach").get(reverse("coach_home")).content.decode().count(f'action="{url}"') == 1
