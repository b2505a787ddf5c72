"""Each page and document that shows the organisation something of a mission notes that it was opened, or says why not."""

import pytest
from django.urls import reverse

from coaching.openings.models import Opening
from tests.rules.addresses import ADDRESSES, access_of, product_patterns

PATTERNS = dict(product_patterns())
NOT_NOTED = {
    "organisation_balance": "what the pages of the mission and of its minutes show, put together",
    "organisation_correct": "about oneself, not about a mission",
    "organisation_erase": "likewise",
    "organisation_coach": "about the coach, not about a mission",
    "organisation_proof": "about the coach, not about a mission",
    "organisation_sheet": "about the coach, shown by an act of its own",
    "organisation_sheet_pdf": "about the coach, shown by an act of its own",
    "organisation_sign": "one's own act, on a document that its page has shown",
    "organisation_decline": "one's own act, likewise",
    "organisation_stop": "one's own act, on a mission that its page has shown",
    "organisation_comment_withdraw": "one's own words",
}
SHOWN = sorted(
    name
    for name, pattern in PATTERNS.items()
    if name.startswith("organisation_")
    and access_of(pattern)[0] != "acts"
    and "<str:" in str(pattern.pattern)
)


@pytest.mark.parametrize("name", SHOWN)
def test_what_the_organisation_is_shown_is_noted(world, browse, name):
    persona = next(iter(ADDRESSES[name].readers & {"sponsor"}))
    answer = browse(persona).get(reverse(name, kwargs=ADDRESSES[name].own(world)))
    assert answer.status_code == 200
    noted = Opening.unscoped.filter(reader=world.users[persona]).count()
    assert noted == (0 if name in NOT_NOTED else 1), NOT_NOTED.get(name, name)


def test_nothing_is_excused_that_is_no_page_of_theirs():
    assert set(NOT_NOTED) <= set(SHOWN)
