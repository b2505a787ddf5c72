"""Each page of the product, looked at in one variant: language, theme and width turn with its name. `make look` takes all."""

import pytest

from tests.browser.crawl import LANGUAGES, THEMES, Crawler, turn
from tests.browser.house import open_house
from tests.browser.pages import PAGES


@pytest.fixture(scope="module")
def crawler(chromium):
    with open_house("pages") as house:
        one = Crawler(chromium, house)
        yield one
        one.close()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_is_light_still_and_open_to_everybody(crawler, page):
    language, theme = turn(LANGUAGES, page.name + "language"), turn(THEMES, page.name + "theme")
    assert crawler.look(page, language, theme).findings == []
