"""Real Chromium against the real server. A browser that is missing fails the tests: nothing is skipped."""

import os

import pytest
from django.utils.translation import gettext, override

from tests.browser.team import browser

# Playwright keeps a loop of its own in this thread; the database is used between its calls, never during one.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def chromium():
    with browser() as one:
        yield one


class Visitor:
    """Somebody at a browser of their own."""

    def __init__(self, chromium, server, language="fr", screen=WIDE, **options):
        locale = {"fr": "fr-FR", "en": "en-GB"}[language]
        self.context = chromium.new_context(locale=locale, viewport=screen, base_url=server.url, **options)
        self.context.set_default_timeout(10_000)
        self.page = self.context.new_page()
        self.language = language
        self.complaints = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda said: said.type == "error" and self.complaints.append(said.text))

    def say(self, message: str) -> str:
        """A message of the product, in this person's language."""
        with override(self.language):
            return gettext(message)

    def open(self, path: str):
        answer = self.page.goto(path)
        assert answer.status < 400, (path, answer.status)
        return self

    def fill(self, **fields):
        for name, value in fields.items():
            field = self.page.locator(f"main [name='{name}']").first
            if field.evaluate("e => e.tagName") == "SELECT":
                field.select_option(value)
            elif field.get_attribute("type") in ("radio", "checkbox"):
                self.page.locator(f"main [name='{name}'][value='{value}']").check()
            else:
                field.fill(value)
        return self

    def press(self, message: str):
        self.page.get_by_role("button", name=self.say(message), exact=True).first.click()
        return self

    def follow(self, message: str):
        self.page.get_by_role("link", name=self.say(message), exact=True).first.click()
        return self

    def reads(self, text: str) -> bool:
        return text in self.page.locator("main").inner_text().replace("\u202f", " ").replace("\u00a0", " ")

    def fits(self) -> bool:
        """Nothing sticks out sideways."""
        return self.page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )


@pytest.fixture
def visitor(chromium, live_server):
    """Open a browser for one more person."""
    people = []

    def arrive(**options) -> Visitor:
        people.append(Visitor(chromium, live_server, **options))
        return people[-1]

    yield arrive
    complaints = [said for one in people for said in one.complaints if "404" not in said]
    for one in people:
        one.context.close()
    assert complaints == []
