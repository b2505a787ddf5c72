"""A reference says what kind of thing it is of."""

import pytest
from django.apps import apps

from coaching.kernel.refs import RefField

pytestmark = pytest.mark.one_engine


def test_no_two_tables_share_the_letters_their_references_begin_with():
    letters = [
        field.prefix
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, RefField)
    ]
    assert sorted(letters) == sorted(set(letters))
