"""What a coachee allows: signed or given here, by them alone, for a time, and taken back in one click."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from coaching.consents import access
from coaching.consents.enums import Ending
from coaching.consents.models import Consent
from coaching.consents.services import consents
from coaching.journal.models import Event
from coaching.kernel.errors import Invalid, NotAllowedNow
from coaching.kernel.viewer import Portal
from coaching.missions.services import pace, seats
from contracts.services import drafting
from tests.contracts.helpers import contracting, send
from tests.contracts.standing_helpers import sealed
from tests.sessions.helpers import active, another, coachee, seat_of

OTHERS = [
    ("coach", Portal.COACH),
    ("colleague", Portal.COACH),
    ("teammate", Portal.COACHEE),
    ("departed", Portal.COACHEE),
    ("sponsor", Portal.ORGANISATION),
    ("manager", Portal.ORGANISATION),
    ("administrator", Portal.PRACTICE),
]


@pytest.fixture
def mission(world, db):
    return active(world)


def _items(mission, addressee="sponsor"):
    return access.agreed_items(seat_of(mission), addressee)


def test_what_was_signed_is_a_consent_dated_as_the_coachee_signed(world, mission):
    row = access.standing(seat_of(mission), "sponsor")
    assert row.items == ["attendance"]
    assert row.contract.state == "sealed"
    assert row.given_by == world.users["coachee"]
    assert row.given_at <= timezone.now()


def test_nothing_is_agreed_before_the_contract_is_sealed(world, db):
    mission, contract = contracting(world)
    drafting.set_scope(coachee(world), mission, "sponsor", ["attendance", "means"])
    send(world, contract)
    assert _items(mission) == ()
    with pytest.raises(NotAllowedNow):
        consents.give(coachee(world), mission, "sponsor", ["means"])
    sealed(world, contract)
    mission.refresh_from_db()
    assert _items(mission) == ("attendance", "means")


def test_a_scope_of_nothing_that_was_signed_is_no_consent(world, db):
    mission, contract = contracting(world)
    drafting.set_scope(coachee(world), mission, "sponsor", [])
    send(world, contract)
    sealed(world, contract)
    assert _items(mission) == ()


def test_another_choice_takes_the_place_of_the_one_before(world, mission):
    before = access.standing(seat_of(mission), "sponsor")
    consents.give(coachee(world), mission, "sponsor", ["means", "attendance"])
    assert _items(mission) == ("attendance", "means")
    assert _items(mission, "manager") == ()
    before.refresh_from_db()
    assert before.ending == Ending.REPLACED
    kinds = Event.unscoped.filter(mission=mission.ref, kind__startswith="consent.").order_by("number")
    assert [one.kind for one in kinds][-2:] == ["consent.replace", "consent.give"]


def test_withdrawing_is_enough_for_nothing_to_be_agreed(world, mission):
    row = access.standing(seat_of(mission), "sponsor")
    consents.withdraw(coachee(world), row)
    assert _items(mission) == ()
    row.refresh_from_db()
    assert row.ending == Ending.WITHDRAWN


def test_a_consent_withdrawn_twice_is_refused(world, mission):
    row = access.standing(seat_of(mission), "sponsor")
    consents.withdraw(coachee(world), row)
    with pytest.raises(NotAllowedNow):
        consents.withdraw(coachee(world), row)


@pytest.mark.parametrize(("who", "portal"), OTHERS)
def test_nobody_gives_or_withdraws_in_the_coachees_place(world, mission, who, portal):
    viewer, row = world.viewer(who, portal), access.standing(seat_of(mission), "sponsor")
    with pytest.raises(Http404):
        consents.give(viewer, mission, "sponsor", ["free_text"])
    with pytest.raises(NotAllowedNow):
        consents.withdraw(viewer, row)
    assert _items(mission) == ("attendance",)


@pytest.mark.parametrize(("who", "portal"), OTHERS[1:])
def test_what_a_coachee_allows_is_read_by_themself_and_their_coach_alone(world, mission, who, portal):
    assert access.consents_of(world.viewer(who, portal), mission) == []
    assert len(access.consents_of(world.coach, mission)) == 1


def test_a_consent_holds_until_the_last_day_the_coachee_has_set(world, mission):
    today = timezone.localdate()
    row = consents.give(coachee(world), mission, "sponsor", ["means"], until=today)
    assert _items(mission) == ("means",)
    Consent.unscoped.filter(pk=row.pk).update(until=today - timedelta(days=1))
    assert _items(mission) == ()


@pytest.mark.parametrize(
    ("items", "field", "until"),
    [([], "items", None), (["secrets"], "items", None), (["means"], "until", timedelta(days=-1))],
)
def test_a_choice_that_says_nothing_is_refused_beside_its_field(world, mission, items, field, until):
    day = timezone.localdate() + until if until else None
    with pytest.raises(Invalid) as refusal:
        consents.give(coachee(world), mission, "sponsor", items, until=day)
    assert refusal.value.field == field
    assert _items(mission) == ("attendance",)


@pytest.mark.parametrize("addressee", ["coachee", "supervisor", ""])
def test_nothing_is_given_back_to_anybody_but_the_organisation(world, mission, addressee):
    with pytest.raises(Invalid):
        consents.give(coachee(world), mission, addressee, ["means"])


def test_a_consent_ends_with_the_coachees_seat(world, mission):
    row = access.standing(seat_of(mission), "sponsor")
    seats.end_seat(world.coach, mission, seat_of(mission))
    row.refresh_from_db()
    assert row.ending == Ending.EXPIRED


def test_a_pause_ends_no_consent(world, mission):
    pace.pause(coachee(world), mission, seat_of(mission))
    mission.refresh_from_db()
    assert _items(mission) == ("attendance",)


def test_a_consent_of_one_mission_says_nothing_of_another(world, mission):
    other = another(world)
    consents.withdraw(coachee(world), access.standing(seat_of(mission), "sponsor"))
    assert _items(other) == ("attendance",)


def test_two_consents_towards_one_addressee_are_refused_by_the_database(world, mission):
    row = access.standing(seat_of(mission), "sponsor")
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.unscoped.create(
            seat=row.seat, kind=row.kind, addressee=row.addressee, items=["means"], given_at=timezone.now()
        )


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE consents_consent SET items = '[]' WHERE id = %s",
        "UPDATE consents_consent SET ended_at = NULL, ending = '' WHERE id = %s",
        "DELETE FROM consents_consent WHERE id = %s",
    ],
)
def test_a_consent_that_has_ended_is_changed_by_nobody(world, mission, sql):
    row = access.standing(seat_of(mission), "sponsor")
    consents.withdraw(coachee(world), row)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [row.pk])


def test_the_coachee_takes_a_consent_back_in_one_click(world, browse, mission):
    row, browser = access.standing(seat_of(mission), "sponsor"), browse("coachee")
    page = reverse("coachee_consents", args=[mission.ref])
    assert reverse("coachee_consent_withdraw", args=[row.ref]) in browser.get(page).content.decode()
    assert browser.post(reverse("coachee_consent_withdraw", args=[row.ref])).status_code == 302
    assert _items(mission) == ()


def test_a_choice_with_a_wrong_day_is_shown_again_as_it_was_typed(world, browse, mission):
    url = reverse("coachee_consent_give", args=[mission.ref, "sponsor"])
    answer = browse("coachee").post(url, {"items": ["means", "support"], "until": "2020-01-01"})
    body = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="2020-01-01"' in body
    assert body.count("checked") == 2
    assert _items(mission) == ("attendance",)


def test_the_coach_reads_what_is_agreed_and_finds_no_button(world, browse, mission):
    body = browse("coach").get(reverse("coach_consents", args=[mission.ref])).content.decode()
    assert "withdraw" not in body.split("<main", 1)[1].split("</main", 1)[0]
