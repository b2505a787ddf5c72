"""Real Chromium against the real server. A browser that is missing fails the tests: nothing is skipped."""

import os

import pytest

from tests.browser.people import Visitor
from tests.browser.team import browser

# Playwright keeps a loop of its own in this thread; the database is used between its calls, never during one.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="module")  # and no longer: its loop would stand in the way of what runs one of its own
def chromium():
    with browser() as one:
        yield one


@pytest.fixture
def visitor(chromium, live_server):
    """Open a browser for one more person; ``kind`` says how they use it."""
    people = []

    def arrive(kind=Visitor, **options) -> Visitor:
        people.append(kind(chromium, live_server, **options))
        return people[-1]

    yield arrive
    # A form refused (422) and a page that is not there (404) are answers; a browser calls them failures.
    complaints = [
        said for one in people for said in one.complaints if "404" not in said and "422" not in said
    ]
    for one in people:
        one.context.close()
    assert complaints == []
