"""What a page that only shows may ask of the database."""

import pytest

from coaching.accounts.models import Practice, User
from coaching.kernel.http import WriteInRead, read_only

pytestmark = pytest.mark.django_db


def test_a_union_is_a_read_when_it_begins_with_a_bracket():
    names, refs = User.objects.values_list("name"), Practice.unscoped.values_list("name")
    with read_only():
        assert list(names.union(refs)) == []


@pytest.mark.parametrize("act", ["create", "update", "delete"])
def test_a_write_is_refused_while_a_page_is_shown(act):
    practice = Practice.unscoped.create(name="Un cabinet")
    acts = {
        "create": lambda: Practice.unscoped.create(name="Un cabinet"),
        "update": lambda: Practice.unscoped.update(name="Un autre"),
        "delete": lambda: practice.delete(),
    }
    with read_only(), pytest.raises(WriteInRead):
        acts[act]()
