"""The list of pages is whole and true: the book, the crawl and the journeys are made from it."""

import re
from collections import deque

import pytest
from django.urls import Resolver404, resolve, reverse

from tests.browser.pages import ELSEWHERE, NO_PAGE, PAGES, PEOPLE, PORTALS, SIGN_IN_WITHOUT_PAGE, main_pages
from tests.rules.addresses import ADDRESSES, LIBRARY, access_of, product_patterns, walk

pytestmark = pytest.mark.one_engine
# Linked only while something waits: the journeys follow these.
# Linked to at another moment than the world's: the name, and what the moment is.
WAITING = {
    "coach_request_validate": "a request is not validated yet",
    "coach_sign": "the coach has not signed yet",
    "coachee_sign": "reached by an act: the document is before one",
    "organisation_sign": "reached by an act: the document is before one",
    "coach_changes": "a second version was sent",
    "coachee_changes": "a second version was sent",
    "organisation_changes": "a second version was sent",
    "coachee_look_at": "the coach has asked for a look before the close",
    "coach_offers": "a colleague has offered something to this coach",
    "coach_offer": "a colleague has offered something to this coach",
    "coach_offer_take_up": "a colleague has offered something to this coach",
    "coach_offer_turn_down": "a colleague has offered something to this coach",
    "coach_sheet_unpublish": "the coach’s sheet is published",
    "recourse_handle": "a signal was acknowledged",
    "coachee_comment": "where scripts do not run, a comment was refused",
    "organisation_comment": "where scripts do not run, a comment was refused",
}
NAMES = [page.name for page in PAGES]


def test_every_address_that_shows_something_is_a_page_or_says_why_not():
    shown = {name for name, pattern in product_patterns() if access_of(pattern)[0] != "acts"}
    assert shown == {page.name for page in main_pages()} | set(NO_PAGE) | ELSEWHERE


def test_a_page_shown_at_another_moment_is_among_the_states():
    for name in ELSEWHERE:
        assert any(page == name or page.startswith(name + ".") for page in NAMES), name


def test_every_address_of_the_sign_in_library_is_a_page_or_says_why_not():
    library = {pattern.name for pattern in walk() if (pattern.name or "").startswith(LIBRARY)}
    pages = {name for name in NAMES if name.startswith(LIBRARY) and "." not in name}
    assert library == pages | set(SIGN_IN_WITHOUT_PAGE)


def test_every_page_has_a_place_in_the_book():
    assert {page.portal for page in PAGES} == set(PORTALS)


def test_a_name_stands_for_one_page():
    assert len(NAMES) == len(set(NAMES))


@pytest.mark.parametrize("name", sorted(NO_PAGE))
def test_what_is_said_to_be_no_page_is_none(world, browse, name):
    answer = browse(_person(name)).get(reverse(name, kwargs=ADDRESSES[name].own(world)))
    assert answer.status_code != 200 or not answer["Content-Type"].startswith("text/html")


def _person(name: str) -> str:
    return PEOPLE.get(name.split("_")[0], "coach")


@pytest.mark.parametrize("portal", sorted(PEOPLE))
def test_every_page_of_a_portal_is_reached_by_links_from_its_first_page(world, browse, portal):
    """No page is lost: somebody who only follows links finds them all."""
    browser, home = browse(PEOPLE[portal]), reverse(f"{portal}_home")
    seen, asked, waiting = set(), {home}, deque([home])
    while waiting:
        answer = browser.get(waiting.popleft(), follow=True)
        if not answer["Content-Type"].startswith("text/html"):
            continue
        for path in re.findall(r'href="(/[^"#?]*)', answer.content.decode()):
            if path.startswith(f"/{portal}/") and path not in asked and _name(path) not in NO_PAGE:
                asked.add(path)
                waiting.append(path)
        seen.add(answer.request["PATH_INFO"])
    found = {_name(path) for path in seen | asked}
    assert {page.name for page in main_pages() if page.portal == portal} - set(WAITING) <= found


def _name(path: str) -> str | None:
    try:
        return resolve(path).url_name
    except Resolver404:
        return None
