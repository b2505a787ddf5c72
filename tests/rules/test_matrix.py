"""Every address × every persona × own, unknown and foreign references. An address left out fails."""

import re

import pytest
from django.urls import reverse

from coaching.kernel.viewer import Portal
from coaching.missions.models import Seat
from coaching.openings.models import Opening
from tests.rules.addresses import ADDRESSES, access_of, product_patterns
from tests.world import PERSONAS

PATTERNS = dict(product_patterns())
UNKNOWN = "M-2222222222"
PORTALS = [name for name, pattern in PATTERNS.items() if access_of(pattern)[1] is not None]
SPECIFIC = [name for name in PORTALS if "<str:ref>" in str(PATTERNS[name].pattern)]


def test_every_address_stands_in_the_matrix():
    assert set(PATTERNS) == set(ADDRESSES)


def test_every_view_says_what_it_does_and_behind_which_portal():
    for name, pattern in PATTERNS.items():
        kind, portal = access_of(pattern)
        prefix = name.split("_")[0]
        assert kind in ("reads", "acts", "edits"), name
        assert portal == (Portal(prefix) if prefix in set(Portal) else None), name


def _url(world, name: str, **instead) -> str:
    return reverse(name, kwargs={**ADDRESSES[name].own(world), **instead})


def _plain(response) -> str:
    """A body without what differs from one answer to the next: the token against forged forms."""
    body = response.content.decode(errors="replace")
    return re.sub(r'(name="csrfmiddlewaretoken" value=|data-csrf=)"[^"]*"', "", body)


@pytest.mark.parametrize("persona", PERSONAS)
def test_a_page_opens_for_those_it_exists_for_and_for_nobody_else(world, browse, fingerprint, persona):
    browser = browse(persona)
    before, noted = fingerprint(), set(Opening.unscoped.values_list("pk", flat=True))
    for name in PORTALS:
        kind, _portal = access_of(PATTERNS[name])
        answer = browser.get(_url(world, name)).status_code
        if kind == "acts":
            assert answer == 405, (name, persona)
        elif persona in ADDRESSES[name].readers:
            assert answer in (200, 302, 403), (name, persona, answer)
        else:
            assert answer == 404, (name, persona, answer)
    assert fingerprint() == before, "a page that only shows has changed the database"
    _only_of_the_organisation(world, persona, Opening.unscoped.exclude(pk__in=noted))


def _only_of_the_organisation(world, persona, noted) -> None:
    """What a page may leave behind: that this very person opened it behind the organisation's portal, at their own table."""
    tables = Seat.unscoped.filter(
        person__user=world.users[persona], role__in=("sponsor", "manager"), ended_at=None
    )
    tables = set(tables.values_list("mission_id", flat=True))
    for row in noted:
        assert row.reader_id == world.users[persona].pk
        assert row.portal == "organisation"
        assert row.mission_id in tables
        assert row.seat is None or (row.seat.mission_id, row.seat.role) == (row.mission_id, "coachee")
    assert bool(noted) == (persona in ("sponsor", "manager")), "those of the main mission, and nobody else"


@pytest.mark.parametrize("persona", PERSONAS)
def test_an_act_on_somebody_elses_row_is_a_404_and_writes_nothing(world, browse, fingerprint, persona):
    browser = browse(persona)
    before = fingerprint()
    for name in PORTALS:
        kind, _portal = access_of(PATTERNS[name])
        if kind == "reads":
            assert browser.post(_url(world, name)).status_code == 405, (name, persona)
        elif persona not in ADDRESSES[name].readers:
            assert browser.post(_url(world, name)).status_code == 404, (name, persona)
    assert fingerprint() == before


@pytest.mark.parametrize("persona", ["anonymous", "coach", "coachee"])
def test_a_public_door_shows_or_sends_elsewhere_and_never_writes_on_a_get(
    world, browse, fingerprint, persona
):
    browser = browse(persona)
    before = fingerprint()
    for name in set(PATTERNS) - set(PORTALS):
        answer = browser.get(_url(world, name))
        if access_of(PATTERNS[name])[0] == "acts":
            assert answer.status_code in (302, 405), name
        elif persona in ADDRESSES[name].readers:
            assert answer.status_code in (200, 302, 410), name
        else:
            assert answer.status_code in (302, 404), name
    assert fingerprint() == before


def test_a_stranger_is_sent_to_sign_in_from_every_portal(world, browse):
    browser = browse("anonymous")
    for name in PORTALS:
        for ask in (browser.get, browser.post):
            answer = ask(_url(world, name))
            assert answer.status_code == 302, name
            assert answer["Location"].startswith(reverse("account_login")), name


@pytest.mark.parametrize("persona", ["coach", "colleague", "coachee", "sponsor", "administrator"])
def test_a_foreign_reference_gives_the_same_answer_as_one_that_never_existed(world, browse, persona):
    browser = browse(persona)
    for name in SPECIFIC:
        if access_of(PATTERNS[name])[0] == "acts":
            continue
        unknown = browser.get(_url(world, name, ref="M-2222222222"))
        assert unknown.status_code == 404, name
        if persona not in ADDRESSES[name].readers:
            foreign = browser.get(_url(world, name))
            assert _plain(foreign) == _plain(unknown), name


@pytest.mark.parametrize(
    "name", [n for n in ADDRESSES if "_mission" in n and "<str:ref>" in str(PATTERNS[n].pattern)]
)
def test_a_mission_of_another_practice_is_a_404_for_everybody_here(world, browse, name):
    for persona in ("coach", "coachee", "sponsor", "administrator"):
        url = reverse(name, kwargs={**ADDRESSES[name].own(world), "ref": world.foreign.ref})
        assert browse(persona).get(url).status_code in (404, 405), persona


def test_a_part_of_one_mission_is_not_found_under_another(world, browse):
    for name, own in (
        ("coach_request", ADDRESSES["coach_request"].own(world)),
        ("coach_objective", ADDRESSES["coach_objective"].own(world)),
        ("coach_seat_end", ADDRESSES["coach_seat_end"].own(world)),
    ):
        url = reverse(name, kwargs={**own, "ref": world.enquiry.ref})
        assert browse("coach").get(url).status_code == 404, name


@pytest.mark.parametrize("bad", ["0", "M-", "%00", "M-IIIIIIIIII", "é", "'; DROP TABLE", "x" * 300])
def test_a_malformed_reference_is_a_404_like_any_other(world, browse, bad):
    assert browse("coach").get(f"/coach/missions/{bad}/").status_code == 404
