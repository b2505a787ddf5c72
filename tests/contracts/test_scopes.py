"""What a coachee lets be given back, read with their contract: the same as when it is asked for by itself."""

import pytest

from coaching.kernel.viewer import Portal
from contracts.access import papers_of, scopes_of
from contracts.models import RestitutionScope
from contracts.scopes import scopes_in
from contracts.services import drafting
from tests.contracts.helpers import contracting

OF_SPONSOR, OF_MANAGER = ["attendance", "common_objectives"], ["attendance"]


@pytest.fixture
def mission(world, db):
    return contracting(world)[0]


def _said(rows) -> list[tuple]:
    return [(row.addressee, row.items) for row in rows]


def _beside(viewer, mission) -> list[tuple]:
    return _said(scopes_in(papers_of(viewer, mission)[0].contract))


def test_a_coachee_reads_their_scopes_beside_the_contract(world, mission):
    me = world.viewer("coachee", Portal.COACHEE)
    drafting.set_scope(me, mission, "sponsor", OF_SPONSOR)
    drafting.set_scope(me, mission, "manager", OF_MANAGER)
    mine = [(one.addressee, one.items) for one in scopes_of(me, mission)]
    assert len(mine) == 2
    assert sorted(_beside(me, mission)) == sorted(mine)


def test_nothing_is_read_where_nothing_was_said_and_nothing_of_somebody_elses(world, mission):
    me = world.viewer("coachee", Portal.COACHEE)
    RestitutionScope.unscoped.filter(mission=mission).delete()
    assert _beside(me, mission) == []
    drafting.set_scope(me, mission, "sponsor", [])
    assert _beside(me, mission) == [("sponsor", [])]
    assert papers_of(world.viewer("teammate", Portal.COACHEE), mission) == []
