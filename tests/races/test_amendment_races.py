"""Two amendments begun at once, and one edited while it is sent: one stands, the other is told."""

import pytest
from django.db import connection
from django.utils import timezone

from coaching.kernel.errors import DomainError, Stale
from contracts.access import clauses_of
from contracts.frozen import thaw
from contracts.models import Contract, ContractVersion
from contracts.services import amending
from ethics.development.services import save_qualification
from tests.contracts.helpers import send
from tests.contracts.standing_helpers import amendment, standing
from tests.races.settings import complete
from tests.races.test_races import _lost, _won

pytestmark = pytest.mark.django_db(transaction=True)
GUARD = "amendment_one_under_way"


@pytest.fixture
def base(small) -> Contract:
    """Sealed, written for good."""
    complete(small)
    save_qualification(small.coach, None, {"title": "T", "body": "B", "obtained_on": timezone.localdate()})
    return standing(small)


@pytest.fixture
def unguarded(base):
    """Without the constraint, nor the one on numbers, which would hold two amendments apart as well."""
    constraints = [one for one in Contract._meta.constraints if one.name in (GUARD, "amendment_number_once")]
    with connection.schema_editor() as editor:
        for one in constraints:
            editor.remove_constraint(Contract, one)
    yield
    Contract.unscoped.filter(base=base).update(state="withdrawn", withdrawn_at=timezone.now())
    with connection.schema_editor() as editor:
        for one in constraints:
            editor.add_constraint(Contract, one)


def _fresh(row) -> Contract:
    return Contract.unscoped.select_related("mission__coach", "mission__practice", "base").get(pk=row.pk)


def test_two_amendments_begun_at_once_leave_one(small, base, together):
    answers = together(*[lambda: amending.amend(small.coach, _fresh(base))] * 2)
    assert len(_won(answers)) == 1
    assert all(isinstance(one, Stale) for one in _lost(answers)), answers
    assert Contract.unscoped.filter(base=base).count() == 1


def test_two_amendments_begun_at_once_are_both_under_way_without_the_constraint(
    small, base, unguarded, together
):
    answers = together(*[lambda: amending.amend(small.coach, _fresh(base))] * 2)
    assert _lost(answers) == []
    assert Contract.unscoped.filter(base=base, number=1, state="draft").count() == 2


def test_an_amendment_edited_while_it_is_sent_is_sent_as_it_was_or_not_at_all(small, base, together):
    row = amendment(small, base)
    body = clauses_of(small.coach, row).get().body
    answers = together(
        lambda: send(small, _fresh(row)),
        lambda: amending.change_terms(small.coach, _fresh(row), {"sessions_count": 11}),
    )
    assert all(isinstance(one, DomainError) for one in _lost(answers)), answers
    assert len(_won(answers)) >= 1
    version = ContractVersion.unscoped.filter(contract=row).first()
    if version:  # what left is whole: its words say what its figures say
        snapshot = thaw(version.document.snapshot)
        said = next(one for one in snapshot.clauses if one.section == "conditions").markdown
        assert f"| {snapshot.terms.sessions_count} |" in said
    assert "[[terms.sessions_count]]" in body
