"""People at a browser, each in their own way: with a pointer, with the keyboard alone, with the page at 400 %."""

from django.urls import Resolver404, resolve
from django.utils.translation import gettext, override

WIDE, PHONE, ZOOMED = (
    {"width": 1280, "height": 900},
    {"width": 390, "height": 844},
    {"width": 320, "height": 256},  # 1280 × 1024 at 400 %
)


class Hands:
    """What is done on a page, named by where it leads: words and looks may change, a journey stays the same.

    Whoever has hands lists what a selector finds, with an attribute and whether it is in sight, and clicks on one.
    """

    def go(self, name: str):
        """Follow the first link in sight that leads to the address of this name."""
        return self._at(name, "main a[href^='/']", "href", "")

    def do(self, name: str):
        """Press the button of the form that posts to the address of this name."""
        return self._at(name, "main form[action]", "action", "button")

    def submit(self):
        """The main button of the page's own form."""
        return self.click("main form .btn-primary, main form .btn-danger", -1)

    def _at(self, name: str, selector: str, attribute: str, inner: str):
        for index, (address, in_sight) in enumerate(self.listed(selector, attribute)):
            if in_sight and _name_of(address) == name:
                return self.click(selector, index, inner)
        raise AssertionError(f"nothing leads to {name} here")


class Visitor(Hands):
    """Somebody with a pointer; counts what their hands do."""

    def __init__(self, chromium, server, language="fr", screen=WIDE, **options):
        locale = {"fr": "fr-FR", "en": "en-GB"}[language]
        self.context = chromium.new_context(locale=locale, viewport=screen, base_url=server.url, **options)
        self.context.set_default_timeout(30_000)  # a busy machine makes a contract slowly
        self.page = self.context.new_page()
        self.language = language
        self.clicks = self.keys = 0
        self.complaints = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda said: said.type == "error" and self.complaints.append(said.text))

    def say(self, message: str) -> str:
        """A message of the product, in this person's language."""
        with override(self.language):
            return gettext(message)

    @property
    def url(self) -> str:
        return self.page.url

    def open(self, path: str):
        answer = self.page.goto(path)
        assert answer.status < 400, (path, answer.status)
        return self

    def fill(self, **fields):
        """Each field of the page's form, by name: typed, chosen or ticked."""
        for name, value in fields.items():
            field = self.page.locator(f"main [name='{name}']").first
            if field.evaluate("e => e.tagName") == "SELECT":
                self._choose(field, value)
            elif field.get_attribute("type") in ("radio", "checkbox"):
                self._tick(self.page.locator(f"main [name='{name}'][value='{value}']"))
            else:
                self._type(field, value)
        return self

    def press(self, message: str):
        return self.act(self.page.get_by_role("button", name=self.say(message), exact=True).first)

    def follow(self, message: str):
        return self.act(self.page.get_by_role("link", name=self.say(message), exact=True).first)

    def follow_name(self, name: str):
        """A link with the name of a thing, not a message."""
        return self.act(self.page.get_by_role("link", name=name).first)

    def listed(self, selector: str, attribute: str) -> list[tuple[str, bool]]:
        found = self.page.locator(selector).all()
        return [(one.get_attribute(attribute), one.is_visible()) for one in found]

    def click(self, selector: str, index: int, inner: str = ""):
        target = self.page.locator(selector).nth(index)
        return self.act(target.locator(inner).first if inner else target)

    def act(self, target):
        self.clicks += 1
        if self._stays(target):
            target.click()
            return self
        with self.page.expect_event("domcontentloaded"):  # what comes next is done on the page this leads to
            target.click()
        return self

    def _stays(self, target) -> bool:
        """A form sent as a fragment changes the page it is on."""
        return target.evaluate("e => Boolean(e.closest('form[hx-post]'))")

    def _type(self, field, value: str) -> None:
        self.clicks += 1
        self.keys += len(value)
        field.fill(value)

    def _choose(self, field, value: str) -> None:
        self.clicks += 2
        field.select_option(value)

    def _tick(self, field) -> None:
        self.clicks += 1
        field.check()

    def reads(self, text: str) -> bool:
        return text in self.page.locator("main").inner_text().replace("\u202f", " ").replace("\u00a0", " ")

    def fits(self) -> bool:
        """Nothing sticks out sideways."""
        return self.page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )


def _name_of(address: str) -> str | None:
    try:
        return resolve(address.split("?")[0].split("#")[0]).url_name
    except Resolver404:
        return None


# Where the focus is, and whether it can be seen: neither off the screen nor under a bar that stays in place.
FOCUS = """(target) => {
  const here = document.activeElement, box = here.getBoundingClientRect();
  if (here === document.body || !box.width) return [false, ''];
  const lines = here.getClientRects()[0], x = lines.x + Math.min(lines.width / 2, 20), y = lines.y + Math.min(lines.height / 2, 12);
  const top = document.elementFromPoint(x, y);
  const seen = top && (here.contains(top) || top.contains(here) || (here.labels && [...here.labels].some(l => l.contains(top))));
  return [here === target, seen ? '' : `${here.tagName} “${(here.innerText || here.name || '').trim().slice(0, 40)}” at ${Math.round(y)}`];
}"""


class KeyboardVisitor(Visitor):
    """Somebody without a pointer: Tab, Enter, Space, arrows and what is typed. Every stop must be in sight."""

    def __init__(self, chromium, server, language="fr", screen=WIDE, **options):
        super().__init__(chromium, server, language, screen, reduced_motion="reduce", **options)

    def _reach(self, target):
        element = target.element_handle()
        for _stop in range(200):
            here, hidden = self.page.evaluate(FOCUS, element)
            if here:
                return
            if hidden:
                self.complaints.append(f"the focus is out of sight on {self.page.url}: {hidden}")
            self._key("Tab")
        raise AssertionError(f"the keyboard does not reach {target}")

    def _key(self, key: str) -> None:
        self.keys += 1
        self.page.keyboard.press(key)

    def act(self, target):
        self._reach(target)
        with self.page.expect_event("domcontentloaded"):
            self._key("Enter")
        return self

    def _type(self, field, value: str) -> None:
        self._reach(field)
        self.keys += len(value)
        if field.get_attribute("type") == "date":
            year, month, day = value.split("-")
            self.page.keyboard.type(day + month + year)
            if field.input_value() != value:  # a browser that writes the month first
                for _part in range(2):
                    self._key("ArrowLeft")
                self.page.keyboard.type(month + day + year)
        else:
            self._key("Control+a")
            self.page.keyboard.type(value)
        assert field.input_value() == value

    def _choose(self, field, value: str) -> None:
        self._reach(field)
        while field.input_value() != value:
            before = field.input_value()
            self._key("ArrowDown")
            assert field.input_value() != before, value

    def _tick(self, field) -> None:
        group = self.page.locator(f"main [name='{field.get_attribute('name')}']")
        if field.get_attribute("type") == "checkbox":
            self._reach(field)
            if not field.is_checked():
                self._key("Space")
        else:
            first = group.locator("visible=true").first
            self._reach(first)
            self._key("Space")
            while not field.is_checked():
                self._key("ArrowDown")
        assert field.is_checked()


class ZoomedVisitor(Visitor):
    """Somebody who reads at 400 %: after each act, nothing sticks out sideways."""

    def __init__(self, chromium, server, language="fr", screen=ZOOMED, **options):
        super().__init__(chromium, server, language, ZOOMED, **options)

    def act(self, target):
        super().act(target)
        self.page.wait_for_load_state("domcontentloaded")
        if not self.fits():
            self.complaints.append(f"too wide at 400 %: {self.page.url}")
        return self


class PlainVisitor(Visitor):
    """Somebody whose browser runs no script."""

    def __init__(self, chromium, server, language="fr", screen=WIDE, **options):
        super().__init__(chromium, server, language, screen, java_script_enabled=False, **options)

    def _stays(self, target) -> bool:
        return False
