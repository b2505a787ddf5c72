"""What others than the two open of a mission is noted, read by the two, and changes nothing else."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from coaching.kernel import openings as kernel
from coaching.kernel.http import reads
from coaching.kernel.openings import Noted, What, opened
from coaching.kernel.viewer import Portal
from coaching.missions.models import Seat
from coaching.missions.services import seats
from coaching.openings.access import openings_of
from coaching.openings.models import Opening
from coaching.openings.services import keep

pytestmark = pytest.mark.django_db


def _noted() -> list[tuple]:
    return list(Opening.unscoped.order_by("pk").values_list("reader__email", "portal", "what", "subject"))


def _page(world):
    return reverse("organisation_mission", args=[world.mission.ref])


def _view(world, portal=Portal.ORGANISATION, persona="sponsor", *, status=200, method="get", **headers):
    """One request to a view that notes a mission, as this persona."""

    @reads(portal)
    def view(request):
        opened(request, world.mission, What.MISSION)
        return HttpResponse("page", status=status)

    request = getattr(RequestFactory(), method)("/", headers=headers)
    request.viewer = world.viewer(persona, portal)
    return view(request)


def test_a_page_the_sponsor_opens_is_noted_with_who_what_and_when(world, browse):
    before = timezone.now()
    assert browse("sponsor").get(_page(world)).status_code == 200
    assert _noted() == [(world.users["sponsor"].email, "organisation", "mission", world.mission.ref)]
    assert before <= Opening.unscoped.get().at <= timezone.now()


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("organisation_contract", "contract"),
        ("organisation_contract_pdf", "contract_pdf"),
        ("organisation_changes", "changes"),
    ],
)
def test_each_way_to_the_contract_is_noted_for_the_manager(world, browse, name, what):
    assert browse("manager").get(reverse(name, args=[world.version.ref])).status_code == 200
    assert [row[2:] for row in _noted()] == [(what, world.version.ref)]


def test_the_request_and_its_history_are_noted(world, browse):
    browse("sponsor").get(reverse("organisation_request", args=[world.mission.ref]))
    assert [row[2] for row in _noted()] == ["requests"]


def test_a_reload_says_nothing_more_within_the_hour_and_something_after_it(world, browse):
    for _turn in range(3):
        browse("sponsor").get(_page(world))
    assert len(_noted()) == 1
    viewer, noted = world.viewer("sponsor", Portal.ORGANISATION), [Noted(world.mission, What.MISSION, "M")]
    keep(viewer, noted)
    keep(viewer, noted)
    assert len(_noted()) == 2


@pytest.mark.parametrize("persona", ["coach", "coachee", "teammate"])
def test_the_two_whom_it_is_between_are_not_noted(world, browse, persona):
    prefix = "coach" if persona == "coach" else "coachee"
    browse(persona).get(reverse(f"{prefix}_mission", args=[world.mission.ref]))
    version = "coach_version" if persona == "coach" else "coachee_contract"
    for name in (version, f"{prefix}_changes", f"{version}_pdf"):
        assert browse(persona).get(reverse(name, args=[world.version.ref])).status_code == 200
    assert _noted() == []


def test_a_coach_who_is_not_this_missions_own_would_be_noted(world):
    keep(world.viewer("colleague", Portal.COACH), [Noted(world.mission, What.MISSION, world.mission.ref)])
    assert [row[1] for row in _noted()] == ["coach"]


def test_another_coachee_who_opened_somebodys_own_paper_would_be_noted(world):
    seat = Seat.unscoped.select_related("person").get(mission=world.mission, person=world.people["coachee"])
    noted = [Noted(world.mission, What.STANDING, "C-1", seat)]
    keep(world.viewer("coachee", Portal.COACHEE), noted)
    assert _noted() == []
    keep(world.viewer("teammate", Portal.COACHEE), noted)
    assert len(_noted()) == 1


@pytest.mark.parametrize("persona", ["sponsor_elsewhere", "departed", "coach_elsewhere", "administrator"])
def test_a_page_that_is_a_404_is_not_noted(world, browse, persona):
    assert browse(persona).get(_page(world)).status_code == 404
    assert _noted() == []


def test_a_head_gives_no_page_and_notes_nothing(world, browse):
    assert browse("sponsor").head(_page(world)).status_code == 200
    assert _noted() == []


@pytest.mark.parametrize("status", [204, 302, 304, 403, 404, 500])
def test_no_other_answer_than_a_page_is_noted(world, status):
    assert _view(world, status=status).status_code == status
    assert _noted() == []


@pytest.mark.parametrize("said", ["prefetch", "prefetch;prerender", "PREFETCH"])
@pytest.mark.parametrize("header", ["Sec-Purpose", "Purpose", "X-Moz"])
def test_a_page_fetched_ahead_is_neither_given_nor_noted(world, header, said):
    answer = _view(world, **{header: said})
    assert (answer.status_code, answer.content) == (204, b"")
    assert _noted() == []


def test_a_header_that_says_fragment_hides_nobody_who_is_given_the_page(world, browse):
    answer = browse("sponsor").get(_page(world), headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert len(_noted()) == 1


def test_the_fragment_of_a_clause_is_no_opening_and_its_page_is(world, browse):
    url = reverse("organisation_comment", args=[world.version.ref, "fees"])
    browse("sponsor").get(url, headers={"HX-Request": "true"})
    assert _noted() == []
    browse("sponsor").get(url)
    assert [row[2] for row in _noted()] == ["contract"]


def test_what_cannot_be_noted_is_not_shown_and_says_so(world, browse, settings):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE openings_opening RENAME TO away")
    try:
        with transaction.atomic():
            answer = browse("sponsor").get(_page(world))
            transaction.set_rollback(True)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE away RENAME TO openings_opening")
    assert answer.status_code == 503
    assert world.mission.title not in answer.content.decode()
    assert "Rien n’est perdu" in answer.content.decode()


def test_without_the_room_that_keeps_it_no_such_page_is_shown(world):
    kept = kernel._sink[:]
    kernel._sink.clear()
    try:
        with pytest.raises(RuntimeError):
            _view(world)
    finally:
        kernel._sink[:] = kept


def test_a_page_costs_one_statement_more(world, browse):
    browser = browse("sponsor")
    browser.get(_page(world))
    with CaptureQueriesContext(connection) as asked:
        browser.get(_page(world))
    writes = [one["sql"] for one in asked if not one["sql"].lstrip("( ").startswith("SELECT")]
    assert [sql for sql in writes if "openings_opening" in sql] == writes
    assert len(writes) == 1


def test_a_code_nobody_has_words_for_is_refused(world):
    with pytest.raises(ValueError):
        opened(RequestFactory().get("/"), world.mission, "anything")


@pytest.mark.parametrize("change", ["update", "delete"])
def test_a_line_is_never_changed_or_taken_away(world, browse, change):
    browse("sponsor").get(_page(world))
    rows = Opening.unscoped.all()
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(what="sealed") if change == "update" else rows._raw_delete("default")


def test_coach_and_coachee_read_the_same_lines(world, browse):
    browse("sponsor").get(_page(world))
    for viewer in (world.coach, world.viewer("coachee", Portal.COACHEE)):
        (line,) = openings_of(viewer, world.mission, 1)
        assert line.name == world.people["sponsor"].name
        assert [str(role) for role in line.roles] == ["Donneur d’ordre"]
    coach = browse("coach").get(reverse("coach_openings", args=[world.mission.ref])).content.decode()
    coachee = browse("coachee").get(reverse("coachee_who_sees_what"), {"mission": world.mission.ref})
    for body in (coach, coachee.content.decode()):
        assert "La page de la mission" in body
        assert world.people["sponsor"].name in body


@pytest.mark.parametrize(
    ("persona", "portal"),
    [
        ("sponsor", Portal.ORGANISATION),
        ("manager", Portal.ORGANISATION),
        ("administrator", Portal.PRACTICE),
        ("colleague", Portal.COACH),
        ("departed", Portal.COACHEE),
        ("recourse", Portal.RECOURSE),
    ],
)
def test_nobody_else_reads_what_was_opened(world, browse, persona, portal):
    browse("sponsor").get(_page(world))
    assert list(openings_of(world.viewer(persona, portal), world.mission, 1)) == []
    assert browse(persona).get(reverse("coach_openings", args=[world.mission.ref])).status_code == 404


def test_a_coachee_of_a_team_reads_what_is_the_tables_and_their_own(world):
    mine = Seat.unscoped.select_related("person").get(mission=world.mission, person=world.people["coachee"])
    sponsor = world.viewer("sponsor", Portal.ORGANISATION)
    keep(
        sponsor, [Noted(world.mission, What.MINUTES, "X-1", mine), Noted(world.mission, What.MISSION, "X-2")]
    )
    read = {
        persona: {one.subject for one in openings_of(world.viewer(persona, Portal.COACHEE), world.mission, 1)}
        for persona in ("coachee", "teammate")
    }
    assert read == {"coachee": {"X-1", "X-2"}, "teammate": {"X-2"}}


def test_whoever_has_left_the_table_keeps_the_name_they_had_there(world, browse):
    browse("manager").get(_page(world))
    seat = Seat.unscoped.select_related("person", "mission").get(
        mission=world.mission, person=world.people["manager"]
    )
    seats.end_seat(world.coach, world.mission, seat)
    (line,) = openings_of(world.coach, world.mission, 1)
    assert (line.name, len(line.roles)) == (world.people["manager"].name, 1)


def test_a_long_log_comes_in_pages_newest_first_and_in_as_many_queries(world):
    now = timezone.now()
    reader = world.users["sponsor"]
    rows = [
        Opening(mission=world.mission, reader=reader, portal="organisation", what="mission", subject=f"M-{n}",
                at=now - timedelta(hours=n), hour=now - timedelta(hours=n))
        for n in range(60)
    ]  # fmt: skip
    counts = []
    for start, end in ((0, 1), (1, 3), (3, 26), (26, 60)):
        Opening.unscoped.bulk_create(rows[start:end])
        with CaptureQueriesContext(connection) as asked:
            page = openings_of(world.coach, world.mission, 1)
        counts.append(len(asked))
    assert counts == [2, 2, 4, 4]
    assert [one.subject for one in page][:2] == ["M-0", "M-1"]
    assert (len(list(page)), page.paginator.num_pages) == (25, 3)
    assert len(list(openings_of(world.coach, world.mission, "99"))) == 10
    assert len(list(openings_of(world.coach, world.mission, "nothing"))) == 25
