"""Every page that asks for a long text keeps it as it is typed. A form that goes another way fails here."""

import pytest
from django.urls import reverse

from tests.rules.addresses import ADDRESSES, access_of, product_patterns

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
PATTERNS = dict(product_patterns())
EDITED = [
    name
    for name, pattern in PATTERNS.items()
    if access_of(pattern)[0] == "edits" and access_of(pattern)[1] is not None
]


@pytest.mark.parametrize("name", EDITED)
def test_every_page_with_a_long_text_keeps_it(world, browse, name):
    """A form that does not go through ``kernel.forms.show`` and crispy fails here."""
    persona = sorted(ADDRESSES[name].readers)[0]
    body = browse(persona).get(reverse(name, kwargs=ADDRESSES[name].own(world))).content.decode()
    assert ("<textarea" in body) <= ('name="_kept"' in body), persona
