import pytest

from tests.contracts.standing_helpers import standing


@pytest.fixture(scope="module", autouse=True)
def _stands(world, django_db_blocker):
    """One contract that stands, made once; what a test does to it is taken back at its end."""
    with django_db_blocker.unblock():
        world.standing = standing(world)
