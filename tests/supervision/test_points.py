"""What a coach takes to supervision is theirs alone: written, reworded, brought and removed by nobody else."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from coaching.journal.models import Event
from coaching.journal.services import verify
from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from coaching.kernel.viewer import Portal
from coaching.notes.services import notes
from coaching.vault.enums import Audience
from coaching.vault.guard import looking
from coaching.vault.models import Compartment, SealedText
from coaching.vault.services import destroy
from ethics.supervision import access
from ethics.supervision.models import SupervisionPoint
from ethics.supervision.policy import POINT_PLACE
from ethics.supervision.services import points
from ethics.supervision.services.words import Named
from tests.notes.helpers import note_of
from tests.sessions.helpers import active

WORDS = "D’où me vient l’envie de rassurer ?"
TODAY = timezone.localdate


@pytest.fixture
def mission(world, db):
    return active(world)


@pytest.fixture
def point(world, db):
    return points.write(world.coach, WORDS).point


def _sealed(world, row) -> list[SealedText]:
    with looking(world.users["coach"].pk):
        rows = SealedText.unscoped.select_related("compartment").filter(place=POINT_PLACE, row=row.ref)
        return list(rows)


def test_a_point_is_sealed_to_its_coach_in_a_compartment_of_no_mission(world, point):
    assert access.text_of(world.coach, point) == WORDS
    (sealed,) = _sealed(world, point)
    where = sealed.compartment
    assert (where.audience, where.mission_ref, where.about) == (
        Audience.COACH, world.practice.ref, world.users["coach"].ref,
    )  # fmt: skip
    assert WORDS.encode() not in bytes(sealed.ciphertext)


def test_a_point_opens_when_the_notes_of_its_mission_are_erased_for_good(world, mission):
    note = note_of(world, mission, "Il hésite.")
    row = points.write(world.coach, WORDS, note=note).point
    destroyed = destroy(
        member_id=world.coach.user_id, by=world.coach.user_ref, mission_ref=mission.ref,
        audience=Audience.COACH, about=mission.ref,
    )  # fmt: skip
    assert destroyed
    assert access.text_of(world.coach, row) == WORDS


def test_the_link_to_a_note_goes_with_the_note_and_the_point_stays(world, mission):
    note = note_of(world, mission, "Il hésite.")
    row = points.write(world.coach, WORDS, note=note).point
    assert row.note == note
    notes.erase(world.coach, note)
    row = access.get_point(world.coach, row.ref)
    assert (row.note, access.text_of(world.coach, row)) == (None, WORDS)


@pytest.mark.parametrize(
    ("who", "portal"),
    [
        ("colleague", Portal.COACH),
        ("coach_elsewhere", Portal.COACH),
        ("coach", Portal.PRACTICE),
        ("coach", Portal.COACHEE),
        ("administrator", Portal.PRACTICE),
        ("coachee", Portal.COACHEE),
        ("sponsor", Portal.ORGANISATION),
        ("recourse", Portal.RECOURSE),
    ],
)
def test_a_point_does_not_exist_for(world, point, who, portal):
    viewer = world.viewer(who, portal)
    assert not access.points_for(viewer).exists()
    with pytest.raises(Http404):
        access.get_point(viewer, point.ref)
    if who != "coach":
        with pytest.raises(Http404):
            access.text_of(viewer, point)


def test_a_point_does_not_exist_for_its_own_coach_in_another_practice(world, point):
    assert not access.points_for(world.viewer("coach", Portal.COACH, world.elsewhere)).exists()


@pytest.mark.parametrize(
    "act",
    [
        lambda viewer, row: points.reword(viewer, row, "Autre.", based_on=1),
        lambda viewer, row: points.treat(viewer, row, TODAY()),
        lambda viewer, row: points.remove(viewer, row),
    ],
)
@pytest.mark.parametrize(
    ("who", "portal"),
    [("colleague", Portal.COACH), ("coach", Portal.PRACTICE), ("administrator", Portal.PRACTICE)],
)
def test_nobody_but_its_author_acts_on_a_point(world, point, act, who, portal):
    with pytest.raises(NotAllowedNow):
        act(world.viewer(who, portal), point)
    point.refresh_from_db()
    assert (point.number, point.state) == (1, "open")


@pytest.mark.parametrize("portal", [Portal.PRACTICE, Portal.COACHEE, Portal.ORGANISATION])
def test_no_point_is_written_outside_the_coachs_portal(world, db, portal):
    with pytest.raises(NotAllowedNow):
        points.write(world.viewer("coach", portal), WORDS)


def test_no_point_comes_from_somebody_elses_note(world, mission):
    note = note_of(world, mission, "Il hésite.")
    with pytest.raises(NotAllowedNow):
        points.write(world.viewer("colleague", Portal.COACH), WORDS, note=note)


def test_no_point_comes_from_a_note_that_another_window_has_erased(world, mission):
    note = note_of(world, mission, "Il hésite.")
    seen = type(note).unscoped.get(pk=note.pk)
    notes.erase(world.coach, note)
    with pytest.raises(Stale):
        points.write(world.coach, WORDS, note=seen)
    assert not SupervisionPoint.unscoped.exists()


def test_what_happens_to_a_point_is_told_in_its_coachs_own_chain_alone(world, db):
    before = Event.unscoped.filter(chain=world.practice.ref).count()
    row = points.write(world.coach, WORDS).point
    row = points.reword(world.coach, row, "Et qu’est-ce que j’évite ?", based_on=1).point
    row = points.treat(world.coach, row, TODAY())
    points.remove(world.coach, points.reopen(world.coach, row))
    own = Event.unscoped.filter(subject=row.ref)
    assert [event.kind for event in own.order_by("number")] == [
        "point.write", "point.edit", "point.treat", "point.reopen", "point.remove",
    ]  # fmt: skip
    assert {(event.chain, event.mission) for event in own} == {(world.users["coach"].ref, "")}
    assert Event.unscoped.filter(chain=world.practice.ref).count() == before
    assert list(verify()) == []


def test_other_words_leave_nothing_of_those_before(world, point):
    row = points.reword(world.coach, point, "Et qu’est-ce que j’évite ?", based_on=1).point
    assert (row.number, row.changed_at is not None) == (2, True)
    assert len(_sealed(world, row)) == 1
    assert access.text_of(world.coach, row) == "Et qu’est-ce que j’évite ?"


def test_two_windows_do_not_overwrite_one_another(world, point):
    points.reword(world.coach, point, "La première.", based_on=1)
    with pytest.raises(Stale):
        points.reword(world.coach, point, "La seconde.", based_on=1)
    assert access.text_of(world.coach, access.get_point(world.coach, point.ref)) == "La première."


def test_a_point_is_brought_on_a_day_and_taken_up_again(world, point):
    day = TODAY() - timedelta(days=3)
    row = points.treat(world.coach, point, day)
    assert (row.state, row.brought_on) == ("treated", day)
    assert not access.open_points(world.coach).exists()
    row = points.reopen(world.coach, row)
    assert (row.state, row.brought_on, row.treated_at) == ("open", None, None)


def test_a_point_is_not_brought_on_a_day_to_come_nor_twice(world, point):
    with pytest.raises(Invalid) as refused:
        points.treat(world.coach, point, TODAY() + timedelta(days=1))
    assert refused.value.field == "brought_on"
    row = points.treat(world.coach, point, TODAY())
    with pytest.raises(NotAllowedNow):
        points.treat(world.coach, row, TODAY())


def test_what_was_brought_is_not_reworded(world, point):
    row = points.treat(world.coach, point, TODAY())
    with pytest.raises(NotAllowedNow):
        points.reword(world.coach, row, "Autre.", based_on=1)


def test_a_point_that_is_removed_leaves_no_text_and_is_removed_once(world, point):
    points.remove(world.coach, point)
    assert _sealed(world, point) == []
    assert not SupervisionPoint.unscoped.filter(pk=point.pk).exists()
    with pytest.raises(Stale):
        points.remove(world.coach, point)


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 20_001, "> " * 20 + "x"])
def test_what_is_no_text_is_refused_beside_the_field(world, db, text):
    with pytest.raises(Invalid) as refused:
        points.write(world.coach, text)
    assert refused.value.field == "text"


@pytest.mark.parametrize("what", ["name", "email", "phone"])
def test_whoever_the_practice_knows_is_asked_about_before_a_point_is_kept(world, db, what):
    known = getattr(world.people["coachee"], what)
    with pytest.raises(Named) as asked:
        points.write(world.coach, f"Ce matin encore : {known} m’occupe.")
    assert [one.words.casefold() for one in asked.value.found] == [known.casefold()]
    meant = [one.folded for one in asked.value.found]
    assert points.write(world.coach, f"Ce matin encore : {known} m’occupe.", meant=meant).point.ref


def test_an_organisation_and_its_representative_are_known_and_a_colleagues_clients_are_not(world, db):
    text = f"Chez {world.organisation.name.upper()}, avec {world.organisation.represented_by}."
    with pytest.raises(Named) as asked:
        points.write(world.coach, text)
    assert len(asked.value.found) == 2
    assert points.write(world.viewer("colleague", Portal.COACH), text).doubts == ()


def test_what_was_meant_is_not_asked_again_and_another_name_is(world, db):
    one, other = (world.people[persona].name for persona in ("coachee", "sponsor"))
    with pytest.raises(Named) as asked:
        points.write(world.coach, f"{one} et {other}", meant=[one.casefold()])
    assert [found.words for found in asked.value.found] == [other]


def test_the_database_refuses_a_point_brought_without_its_date(world, point):
    with pytest.raises(IntegrityError), transaction.atomic():
        SupervisionPoint.unscoped.filter(pk=point.pk).update(state="treated")


def test_the_engine_shows_a_point_to_nobody_else(world, point):
    if connection.vendor != "postgresql":
        assert len(_sealed(world, point)) == 1
        return
    with looking(world.users["colleague"].pk):
        assert not SealedText.unscoped.filter(place=POINT_PLACE).exists()
        assert not Compartment.unscoped.filter(about=world.users["coach"].ref).exists()


def test_nobody_elses_page_of_the_mission_or_of_its_sessions_says_that_there_is_a_point(
    world, browse, mission
):
    note = note_of(world, mission, "Il hésite.")
    row = points.write(world.coach, WORDS, note=note).point
    pages = (
        ("coachee", "coachee_mission"), ("sponsor", "organisation_mission"), ("coach", "practice_journal"),
    )  # fmt: skip
    for persona, name in pages:
        args = [mission.ref] if name.endswith("mission") else []
        body = browse(persona).get(reverse(name, args=args)).content.decode()
        assert row.ref not in body
        assert "point.write" not in body
