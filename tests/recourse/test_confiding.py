"""What a coachee confides is between them and the recourse person: nobody else is shown a line, a number, a letter."""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from coaching.accounts.access import chairs_of
from coaching.accounts.models import Invitation, User
from coaching.accounts.services import accept_invitation, add_member, create_user
from coaching.journal.access import events_of_practice, latest_events
from coaching.journal.models import Event
from coaching.journal.services import verify
from coaching.kernel.errors import Invalid, NotAllowedNow
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.models import Seat
from coaching.missions.services import seats
from coaching.outbox.models import Letter
from coaching.outbox.services import open_letter
from coaching.recourse import access
from coaching.recourse.models import Message, RecoursePerson, Signal
from coaching.recourse.services import appointing, confiding, reminding
from coaching.vault import keyring
from coaching.vault.access import open_texts, scan_place
from coaching.vault.errors import Locked
from coaching.vault.guard import looking
from coaching.vault.models import SealedText
from coaching.vault.services import pairs
from tests.unlocking import lock
from tests.world import PASSWORD

SAID = "Je me sens poussée à décider."


@pytest.fixture
def me(world, db):
    return world.viewer("coachee", Portal.COACHEE)


@pytest.fixture
def them(world, db):
    return world.viewer("recourse", Portal.RECOURSE)


@pytest.fixture
def signal(world, me):
    return confiding.send(me, world.mission, SAID)


def _texts(viewer, signal):
    return [one.text for one in access.exchange_of(viewer, signal)]


def _replace(world, email="suivante@recours.test"):
    """Another person is asked, and accepts."""
    admin = world.viewer("administrator", Portal.PRACTICE)
    days = {"acknowledge_days": 2, "handle_days": 10}
    row = appointing.appoint(admin, name="La suivante", email=email, language="fr", **days)
    user = create_user(email=email, name="La suivante", password=PASSWORD)
    accept_invitation(Invitation.unscoped.get(target_ref=row.ref), user)
    return row, user


def test_both_read_it_and_answer_one_another(world, me, them, signal):
    assert _texts(them, access.get_signal(them, signal.ref)) == [SAID]
    confiding.write(them, access.get_signal(them, signal.ref), "Je vous lis.")
    confiding.write(me, signal, "Merci.")
    for viewer in (me, them):
        assert _texts(viewer, access.get_signal(viewer, signal.ref)) == [SAID, "Je vous lis.", "Merci."]


@pytest.mark.parametrize(
    ("who", "portal"),
    [("coach", Portal.COACH), ("coach", Portal.PRACTICE), ("colleague", Portal.COACH), ("administrator", Portal.PRACTICE),
     ("sponsor", Portal.ORGANISATION), ("manager", Portal.ORGANISATION), ("teammate", Portal.COACHEE),
     ("departed", Portal.COACHEE), ("recourse", Portal.COACHEE), ("recourse", Portal.COACH), ("coachee", Portal.RECOURSE)],
)  # fmt: skip
def test_nobody_else_sees_that_there_is_one(world, signal, who, portal):
    viewer = world.viewer(who, portal)
    assert access.signals_for(viewer).count() == 0
    with pytest.raises(Http404):
        access.get_signal(viewer, signal.ref)
    with pytest.raises(NotAllowedNow):
        confiding.write(viewer, signal, "Laissez-moi voir.")
    for act in (confiding.acknowledge, confiding.handle, confiding.withdraw, confiding.send_again):
        with pytest.raises(NotAllowedNow):
            act(viewer, signal)
    assert access.exchange_of(viewer, signal) == []


def test_no_line_of_it_stands_in_any_journal_or_timeline_that_is_shown(world, me, them):
    admin = world.viewer("administrator", Portal.PRACTICE)
    before = events_of_practice(admin).count()
    timelines = [
        len(latest_events(world.coach, world.mission.ref)),
        len(latest_events(me, world.mission.ref)),
    ]
    signal = confiding.send(me, world.mission, SAID)
    confiding.write(them, signal, "Je vous lis.")
    confiding.handle(them, confiding.acknowledge(them, signal))
    assert events_of_practice(admin).count() == before
    assert [
        len(latest_events(world.coach, world.mission.ref)),
        len(latest_events(me, world.mission.ref)),
    ] == timelines
    own = Event.unscoped.filter(chain=signal.ref)
    kinds = list(own.order_by("number").values_list("kind", flat=True))
    assert [kind for kind in kinds if kind != "key.give"] == [
        "signal.send",
        "signal.acknowledge",
        "signal.handle",
    ]
    for event in own:
        assert (event.actor, event.mission) == ("", "")
        assert "to" not in {key for key in event.data if event.kind == "key.give"}
    assert not Event.unscoped.filter(subject=signal.ref).exclude(chain=signal.ref).exists()
    assert list(verify(signal.ref)) == []


def test_the_pages_of_the_coach_and_of_the_administrator_stay_what_they_were(world, me, browse):
    pages = {
        "coach": [reverse("coach_home"), reverse("coach_mission", args=[world.mission.ref]), reverse("coach_pace", args=[world.mission.ref])],
        "administrator": [reverse("practice_journal"), reverse("practice_missions"), reverse("practice_recourse"), reverse("practice_home")],
        "sponsor": [reverse("organisation_home"), reverse("organisation_mission", args=[world.mission.ref])],
    }  # fmt: skip

    def shown():
        bodies = {}
        for persona, urls in pages.items():
            for url in urls:
                body = browse(persona).get(url).content.decode()
                bodies[url] = [line for line in body.splitlines() if "csrf" not in line]
        return bodies

    before = shown()
    confiding.send(me, world.mission, SAID)
    assert shown() == before


def test_letters_go_to_the_two_alone_and_say_nothing(world, me, them):
    Letter.unscoped.all().delete()
    signal = confiding.send(me, world.mission, SAID)
    confiding.acknowledge(them, signal)
    assert {row.to for row in Letter.unscoped.all()} == {
        world.users["coachee"].email,
        world.users["recourse"].email,
    }
    for row in Letter.unscoped.all():
        message = open_letter(row)
        said = f"{message.subject} {message.text} {message.html}"
        assert SAID not in said
        assert world.mission.ref not in said
        assert signal.ref not in said
        if row.to == world.users["coachee"].email:
            assert "recours" not in said.casefold(), "a mailbox at work is read by others"
        else:
            assert world.people["coachee"].name not in said


def test_the_coachee_needs_their_key_and_is_asked_for_it(world, signal, browse):
    browser = lock(browse("coachee"))
    assert browser.get(reverse("coachee_recourse")).status_code == 200
    for url in (reverse("coachee_signal", args=[signal.ref]),):
        answer = browser.get(url)
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("unlock"))
    answer = browser.post(reverse("coachee_signal_new", args=[world.mission.ref]), {"text": SAID})
    assert answer["Location"].startswith(reverse("unlock"))
    assert Signal.unscoped.filter(seat=signal.seat).count() == 1


def test_the_words_lie_sealed_and_open_with_no_other_key(world, signal):
    row = Message.unscoped.get(signal=signal)
    with looking(world.users["coachee"].pk):  # on PostgreSQL nobody else finds the row at all
        sealed = SealedText.unscoped.get(ref=row.sealed_ref)
    assert SAID.encode() not in bytes(sealed.ciphertext)
    with keyring.opened(), pytest.raises(Locked):
        access.exchange_of(world.viewer("recourse", Portal.RECOURSE), signal)


def test_what_is_promised_is_the_practices_and_is_printed_before_one_writes(world, me, signal, browse):
    today = timezone.localdate()
    assert (signal.acknowledge_by, signal.handle_by) == (
        today + timedelta(days=3),
        today + timedelta(days=30),
    )
    for url in (reverse("coachee_recourse"), reverse("coachee_signal_new", args=[world.mission.ref])):
        page = browse("coachee").get(url).content.decode()
        assert "3 jours" in page
        assert "30 jours" in page


def test_the_recourse_person_reads_a_name_a_reference_and_the_coach_and_nothing_else(world, signal, browse):
    page = browse("recourse").get(reverse("recourse_signal", args=[signal.ref])).content.decode()
    for shown in (world.people["coachee"].name, world.mission.ref, world.users["coach"].name):
        assert shown in page
    for hidden in (world.mission.title, world.organisation.name, world.people["sponsor"].name):
        assert hidden not in page
    for url in (
        reverse("coachee_mission", args=[world.mission.ref]),
        reverse("coach_mission", args=[world.mission.ref]),
    ):
        assert browse("recourse").get(url).status_code == 404


def test_acknowledged_then_dealt_with_and_closed(world, me, them, signal):
    with pytest.raises(NotAllowedNow):
        confiding.handle(them, signal)
    row = confiding.acknowledge(them, signal)
    with pytest.raises(NotAllowedNow):
        confiding.acknowledge(them, row)
    row = confiding.handle(them, row)
    with pytest.raises(NotAllowedNow):
        confiding.write(me, row, "Encore un mot.")
    assert confiding.send(me, world.mission, "Autre chose.").state == "sent"


def test_what_is_taken_back_opens_to_the_other_no_longer(world, me, them, signal):
    confiding.withdraw(me, signal)
    assert _texts(me, access.get_signal(me, signal.ref)) == [SAID]
    assert _texts(them, access.get_signal(them, signal.ref)) == []
    row = Message.unscoped.get(signal=signal)
    assert open_texts(them, {row.ref: row.sealed_ref}, place=access.PLACE) == {}


class TestWhoIsThere:
    @pytest.mark.parametrize(
        "persona", ["coach", "colleague", "administrator", "sponsor", "manager", "coachee", "invited"]
    )
    def test_nobody_of_the_practice_or_of_its_tables_is_asked(self, world, db, persona, browse):
        email = world.users[persona].email
        answer = browse("administrator").post(
            reverse("practice_recourse_ask"),
            {"name": "N", "email": email.upper(), "acknowledge_days": "3", "handle_days": "30"},
        )
        assert answer.status_code == 422
        assert 'id="id_email_error"' in answer.content.decode()
        assert RecoursePerson.unscoped.filter(practice=world.practice).count() == 1

    def test_it_is_asked_again_when_they_accept(self, world, db):
        admin = world.viewer("administrator", Portal.PRACTICE)
        row = appointing.appoint(
            admin, name="N", email="n@recours.test", language="fr", acknowledge_days=3, handle_days=9
        )
        user = create_user(email="n@recours.test", name="N", password=PASSWORD)
        add_member(world.practice, user, as_coach=True, as_administrator=False, by="")
        with pytest.raises(Invalid):
            accept_invitation(Invitation.unscoped.get(target_ref=row.ref), user)
        assert access.in_place(world.practice.pk).user_id == world.users["recourse"].pk

    def test_a_seat_or_a_membership_given_later_closes_the_door_at_once(self, world, me, them, signal):
        user = world.users["recourse"]
        assert Portal.RECOURSE in {chair.portal for chair in chairs_of(user)}
        add_member(world.practice, user, as_coach=True, as_administrator=False, by="")
        assert Portal.RECOURSE not in {chair.portal for chair in chairs_of(user)}
        assert access.in_place(world.practice.pk) is None
        assert access.signals_for(them).count() == 0
        with pytest.raises(NotAllowedNow):
            confiding.send(me, world.mission, "Autre chose.")

    def test_whoever_is_in_place_stays_until_the_next_has_accepted(self, world, db):
        admin = world.viewer("administrator", Portal.PRACTICE)
        appointing.appoint(
            admin, name="N", email="n@recours.test", language="fr", acknowledge_days=3, handle_days=9
        )
        assert access.in_place(world.practice.pk).user_id == world.users["recourse"].pk
        appointing.appoint(
            admin, name="O", email="o@recours.test", language="fr", acknowledge_days=3, handle_days=9
        )
        assert [row.name for row in access.people_for(admin) if not row.accepted_at] == ["O"]
        assert Invitation.unscoped.get(email="n@recours.test").revoked_at

    def test_the_next_person_reads_nothing_of_before(self, world, me, them, signal):
        _row, user = _replace(world)
        new = Viewer(user.pk, user.ref, world.practice.pk, world.practice.ref, Portal.RECOURSE)
        confiding.write(me, signal, "Encore un mot.")  # to the one it was confided to
        assert access.signals_for(new).count() == 0
        assert access.exchange_of(new, signal) == []
        with keyring.opened():
            pairs.open_by_password(user, PASSWORD)
            assert dict(scan_place(new, access.PLACE)) == {}
        again = confiding.send_again(me, signal)
        assert _texts(new, access.get_signal(new, again.ref)) == [f"{SAID}\n\nEncore un mot."]

    def test_whoever_was_replaced_finishes_what_is_under_way_and_receives_nothing_new(
        self, world, me, them, signal
    ):
        _replace(world)
        confiding.write(them, access.get_signal(them, signal.ref), "Je finis avec vous.")
        new = confiding.send(me, world.mission, "Autre chose.")
        with pytest.raises(Http404):
            access.get_signal(them, new.ref)
        confiding.handle(them, confiding.acknowledge(them, signal))
        assert access.signals_for(them).count() == 0
        assert Portal.RECOURSE not in {chair.portal for chair in chairs_of(world.users["recourse"])}

    def test_nobody_but_the_administrator_asks_or_ends(self, world, db, them):
        row = RecoursePerson.unscoped.get(practice=world.practice)
        for viewer in (world.coach, them, world.viewer("coachee", Portal.COACHEE)):
            with pytest.raises(NotAllowedNow):
                appointing.end(viewer, row)
            with pytest.raises(NotAllowedNow):
                appointing.appoint(
                    viewer, name="N", email="n@x.test", language="fr", acknowledge_days=3, handle_days=9
                )

    def test_without_anybody_the_page_names_whom_the_contract_names_and_has_no_form(self, world, me, browse):
        appointing.end(
            world.viewer("administrator", Portal.PRACTICE),
            RecoursePerson.unscoped.get(practice=world.practice),
        )
        page = browse("coachee").get(reverse("coachee_recourse")).content.decode()
        world.practice.refresh_from_db()
        assert world.practice.recourse_name in page
        assert world.practice.recourse_contact in page
        answer = browse("coachee").get(reverse("coachee_signal_new", args=[world.mission.ref]))
        assert answer.status_code == 403
        assert "<textarea" not in answer.content.decode()
        with pytest.raises(NotAllowedNow):
            confiding.send(me, world.mission, SAID)

    def test_the_address_of_the_sign_in_leads_to_their_door(self, world, db, browse):
        answer = browse("recourse").get("/")
        assert answer["Location"] == reverse("recourse_home")
        assert "/recourse/" in browse("recourse").get(reverse("recourse_home")).content.decode()


def test_the_author_keeps_their_exchange_when_their_seat_ends(world, me, them, signal):
    for seat in Seat.unscoped.filter(person=world.people["coachee"], ended_at=None).select_related(
        "mission", "person"
    ):
        if seat.mission.state in ("enquiry", "contracting", "active", "paused"):
            seats.end_seat(world.coach, seat.mission, seat)
        else:
            Seat.unscoped.filter(pk=seat.pk).update(ended_at=timezone.now())
    assert Portal.COACHEE in {chair.portal for chair in chairs_of(world.users["coachee"])}
    confiding.write(them, signal, "Je suis toujours là.")
    assert _texts(me, access.get_signal(me, signal.ref)) == [SAID, "Je suis toujours là."]


def test_the_recourse_person_is_reminded_as_a_day_comes_near_and_left_in_peace_then(world, me, signal):
    Letter.unscoped.all().delete()
    assert reminding.remind() == 0
    Signal.unscoped.filter(pk=signal.pk).update(acknowledge_by=timezone.localdate())
    assert reminding.remind() == 1
    assert reminding.remind() == 0
    assert [row.to for row in Letter.unscoped.all()] == [
        User.objects.get(pk=world.users["recourse"].pk).email
    ]
    Signal.unscoped.filter(pk=signal.pk).update(reminded_on=timezone.localdate() - timedelta(days=3))
    assert reminding.remind() == 1


def test_pages_of_a_recourse_person_cost_the_same_with_one_and_with_three(world, me, browse):
    browse("recourse").get(reverse("recourse_home"))
    counts = []
    for more in (1, 2):
        for turn in range(more):
            confiding.send(me, world.mission, f"{SAID} {turn}")
        with CaptureQueriesContext(connection) as asked:
            assert browse("recourse").get(reverse("recourse_home")).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
