"""An amendment from its first word to what stands after it, and every way it is refused."""

import pytest

from contracts.standing import standing_of
from tests.contracts.standing_helpers import amended, standing

pytestmark = pytest.mark.django_db


def test_an_amendment_changes_what_it_names_and_nothing_else_once_sealed(world):
    base = standing(world)
    before = standing_of(world.coach, base)
    row = amended(world, base)
    after = standing_of(world.coach, base)
    assert row.state == "sealed"
    assert [one.section for one in after.clauses] == [one.section for one in before.clauses]
    changed = [one.section for one in after.clauses if one.amended]
    assert changed == ["conditions"]
    assert "| 10 |" in after.clause("conditions").clause.markdown
    assert "| 8 |" in after.clause("conditions").was.markdown
    assert after.terms.sessions_count == 10
    assert before.terms.sessions_count == 8
