"""What the coach shares of a session: a text of its own, to whoever was there."""

import pytest

from coaching.journal.models import Event
from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from coaching.kernel.viewer import Portal
from coaching.notes import access
from coaching.notes.echo import repeated
from coaching.notes.services import summaries
from coaching.notes.services.summaries import Echo
from coaching.outbox.models import Letter
from coaching.outbox.services import open_letter
from tests.notes.helpers import held, note_of
from tests.sessions.helpers import active, coachee, plan, sponsor

WORDS = "Nous avons parlé de vos trois priorités pour le mois qui vient."


@pytest.fixture
def mission(world, db):
    return active(world)


@pytest.fixture
def session(world, mission):
    return held(world, mission)


def test_the_coachee_reads_what_is_shared_and_is_told_without_a_word_of_it(world, session):
    summaries.share(world.coach, session, WORDS, based_on=0)
    assert access.summary_of(coachee(world), session).text == WORDS
    letter = Letter.unscoped.filter(kind="notes/summary").get()
    assert WORDS[:20] not in open_letter(letter).text
    assert Event.unscoped.filter(kind="summary.share", subject=session.ref).count() == 1


@pytest.mark.parametrize(
    ("persona", "portal"),
    [
        ("sponsor", Portal.ORGANISATION),
        ("manager", Portal.ORGANISATION),
        ("teammate", Portal.COACHEE),
        ("colleague", Portal.COACH),
        ("administrator", Portal.PRACTICE),
    ],
)
def test_nobody_else_reads_a_summary(world, session, persona, portal):
    summaries.share(world.coach, session, WORDS, based_on=0)
    assert access.summary_of(world.viewer(persona, portal), session) is None


def test_only_the_coach_shares_a_summary(world, session):
    for viewer in (coachee(world), sponsor(world), world.viewer("colleague", Portal.COACH)):
        with pytest.raises(NotAllowedNow):
            summaries.share(viewer, session, WORDS, based_on=0)


def test_a_session_that_did_not_take_place_has_no_summary(world, mission):
    with pytest.raises(NotAllowedNow):
        summaries.share(world.coach, plan(world, mission), WORDS, based_on=0)


@pytest.mark.parametrize("text", ["", " \n", "> " * 20 + "x"])
def test_a_blank_or_unreadable_summary_is_refused_beside_its_field(world, session, text):
    with pytest.raises(Invalid) as refused:
        summaries.share(world.coach, session, text, based_on=0)
    assert refused.value.field == "text"


def test_words_of_the_private_note_are_not_shared_by_accident(world, mission, session):
    note_of(world, mission, f"Hypothèse : il fuit le conflit.\n\n{WORDS}", session)
    with pytest.raises(Echo) as refused:
        summaries.share(world.coach, session, f"Bonjour,\n\n{WORDS}", based_on=0)
    assert "trois priorités" in refused.value.words
    assert access.summary_of(coachee(world), session) is None
    summaries.share(world.coach, session, WORDS, based_on=0, meant=True)
    assert access.summary_of(coachee(world), session).text == WORDS


def test_a_summary_changed_in_another_window_is_not_written_over(world, session):
    summaries.share(world.coach, session, WORDS, based_on=0)
    with pytest.raises(Stale):
        summaries.share(world.coach, session, "Autre texte.", based_on=0)
    summaries.share(world.coach, session, "Texte corrigé.", based_on=1)
    assert access.summary_of(coachee(world), session).text == "Texte corrigé."
    assert Event.unscoped.filter(kind="summary.change", subject=session.ref).count() == 1


def test_a_coachee_who_has_left_reads_no_summary_any_more(world, mission, session):
    from coaching.missions.models import Seat
    from coaching.missions.services import seats
    from tests.sessions.helpers import seat_of

    summaries.share(world.coach, session, WORDS, based_on=0)
    seats.end_seat(world.coach, mission, seat_of(mission))
    assert Seat.unscoped.filter(mission=mission, ended_at=None, role="coachee").count() == 0
    assert access.summary_of(coachee(world), session) is None
    with pytest.raises(NotAllowedNow):
        summaries.share(world.coach, session, "Encore.", based_on=1)


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("note", "summary", "found"),
    [
        ("un deux trois quatre cinq six sept", "Un, deux trois quatre cinq six SEPT.", True),
        ("un deux trois quatre cinq six", "un deux trois quatre cinq six", False),
        ("", "un deux trois quatre cinq six sept huit", False),
        ("il a décidé de parler à son équipe demain", "Il a decidé de parler à son equipe", True),
    ],
)
def test_seven_words_in_a_row_are_a_copy(note, summary, found):
    assert bool(repeated(note, summary)) is found


def test_unknown_sessions_have_no_summary_page(world, mission, browse):
    assert browse("coachee").get(f"/coachee/sessions/{plan(world, mission).ref}/summary/").status_code == 404
