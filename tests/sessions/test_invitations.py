"""Invitations as a real mail server gets them: beside the letter and as a file, one event each."""

from dataclasses import replace
from email import message_from_bytes, policy

import pytest

from coaching.outbox.models import Letter
from coaching.outbox.services import open_letter, send_due
from coaching.sessions.services import life
from tests.calendar.helpers import read
from tests.outbox.test_outbox import server  # noqa: F401  a mail server of its own
from tests.sessions.helpers import SAID, active, coachee, fresh, plan


@pytest.fixture
def mission(world, db):
    mission = active(world)
    Letter.unscoped.all().delete()
    return mission


def _sent(server):  # noqa: F811
    while send_due():
        pass
    return [message_from_bytes(one.content, policy=policy.default) for one in server.taken]


def test_an_invitation_stands_among_the_ways_to_read_the_letter_and_among_its_files(world, mission, server):  # noqa: F811
    row = plan(world, mission, said=SAID)
    (mail,) = _sent(server)
    (both, file) = mail.iter_parts()
    assert (mail.get_content_type(), both.get_content_type()) == ("multipart/mixed", "multipart/alternative")
    kinds = [part.get_content_type() for part in both.iter_parts()]
    assert kinds == ["text/plain", "text/html", "text/calendar"]
    invitation = list(both.iter_parts())[-1]
    assert invitation["content-type"].params["method"] == "REQUEST"
    assert invitation["content-type"].params["charset"] == "utf-8"
    assert not invitation.is_attachment()
    assert (file.get_filename(), file.get_content_type()) == ("invite.ics", "application/ics")
    for text in (invitation.get_content(), file.get_content().decode()):
        (event,) = read(text)
        assert "METHOD:REQUEST" in text
        assert event["uid"] == f"{row.ref.lower()}@localhost"
        assert event.decoded("dtstart") == row.starts_at
        assert event["organizer"] == "mailto:posture@localhost"
        assert event["attendee"] == f"mailto:{world.users['coachee'].email}"
        assert event["attendee"].params["RSVP"] == "FALSE"


def test_lines_are_as_the_standard_wants_them(world, mission, server):  # noqa: F811
    plan(world, mission, said=SAID)
    (mail,) = _sent(server)
    text = mail.get_payload()[1].get_payload(decode=True)
    lines = text.split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)


def test_a_cancellation_takes_the_session_out_of_the_readers_calendar(world, mission, server):  # noqa: F811
    row = plan(world, mission, said=SAID)
    life.cancel(coachee(world), row)
    by = {(mail["to"], mail["subject"]): mail for mail in _sent(server)}
    mail = by[world.users["coachee"].email, "Un rendez-vous est annulé"]
    assert list(next(mail.iter_parts()).iter_parts())[-1]["content-type"].params["method"] == "CANCEL"
    (event,) = read(list(mail.iter_parts())[1].get_content().decode())
    assert (event["status"], event["sequence"]) == ("CANCELLED", fresh(row).sequence)
    # The coach's calendar has the feed: nothing was sent to it that could now be taken back.
    coachs = by[world.users["coach"].email, "Un rendez-vous est annulé"]
    assert coachs.get_content_type() == "multipart/alternative"


def test_a_series_has_a_letter_for_each_session_and_the_first_lists_them_all(world, mission, server):  # noqa: F811
    plan(world, mission, said=SAID, times=3, every_weeks=3)
    mails = _sent(server)
    assert [mail["subject"] for mail in mails] == [
        "Vos prochains rendez-vous",
        "Votre prochain rendez-vous (2 sur 3)",
        "Votre prochain rendez-vous (3 sur 3)",
    ]
    uids = {read(list(mail.iter_parts())[1].get_content().decode())[0]["uid"] for mail in mails}
    assert len(uids) == 3
    listed = [mail.get_body(("plain",)).get_content().count("Europe/Paris") for mail in mails]
    assert listed == [3, 1, 1]


def test_a_letter_written_before_there_were_invitations_still_opens(world, mission):
    import json

    from coaching.kernel import crypto
    from coaching.outbox.services import PURPOSE

    plan(world, mission, said=SAID)
    letter = Letter.unscoped.first()
    body = json.dumps(["Objet", "Corps", "<p>Corps</p>"]).encode()
    letter.sealed = crypto.encrypt(body, purpose=PURPOSE, bound_to=letter.ref.encode())
    said = open_letter(letter)
    assert (said.subject, said.calendar, said.method) == ("Objet", "", "")


@pytest.mark.parametrize("word", ["Au cabinet", "visio.test", "coach"])
def test_an_invitation_does_not_say_where_nor_why(world, mission, word):
    plan(world, mission, said=replace(SAID, join_link="https://visio.test/x"))
    text = open_letter(Letter.unscoped.get(kind="sessions/planned")).calendar
    assert word not in text.replace(world.users["coachee"].email, "")
