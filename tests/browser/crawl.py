"""One page looked at closely: what a machine can say of it, as findings in words and figures.

The same code serves ``make test`` (each page in one variant) and ``make look`` (each page in all of them).
"""

from dataclasses import dataclass, field
from zlib import crc32

from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.house import House
from tests.browser.pages import HOLDERS, Page

PHONE, WIDE, ZOOMED = (
    {"width": 390, "height": 844},
    {"width": 1280, "height": 900},
    {"width": 320, "height": 256},  # 1280 × 1024 at 400 %
)
LANGUAGES, THEMES = ("fr", "en"), ("light", "dark")
LOCALES = {"fr": "fr-FR", "en": "en-GB"}
HEAVIEST, SHIFTS, TARGET, PRIMARY = 120_000, 0.01, 24, 44
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# axe leaves target-size off unless it is asked for by name.
WHOLE = {"runOnly": {"type": "tag", "values": STANDARD}, "rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}  # fmt: skip
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}, "resultTypes": ["violations"]}  # fmt: skip
ASK_AXE = """async (options) => (await axe.run(document, options)).violations.map(v => ({
  id: v.id, nodes: v.nodes.map(n => n.target.join(' ') + ': ' + (n.any[0]||n.all[0]||n.none[0]||{}).message) }))"""
SHAPE = """() => new Promise(done => {
  let shifted = 0;
  const moved = new Set();
  new PerformanceObserver(list => { for (const e of list.getEntries()) if (!e.hadRecentInput) {
    shifted += e.value;
    for (const { node } of e.sources) moved.add(node && (node.nodeName + ' ' + (node.className || node.textContent).trim().slice(0, 30)));
  } })
    .observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => done({
    shifted, moved: [...moved].join(', '), idle: !window.htmx && !!document.querySelector('[hx-get], [hx-post]'), lang: document.documentElement.lang, title: document.title,
    headings: document.querySelectorAll('h1').length, empty: [...document.querySelectorAll('h1')].some(h => !h.innerText.trim()),
  }), 60);
})"""
WIDER = """() => {
  const room = document.documentElement.clientWidth, over = document.documentElement.scrollWidth - room;
  if (over <= 0) return '';
  const scrolled = e => { for (let p = e.parentElement; p; p = p.parentElement)
    if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(p).overflowX)) return true; return false; };
  const guilty = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > room + 0.5 && !scrolled(e));
  const name = e => e.tagName.toLowerCase() + (e.className ? '.' + String(e.className.baseVal ?? e.className).trim().replace(/\\s+/g, '.') : '');
  return `${over} px too wide: ` + guilty.slice(-3).map(name).join(', ');
}"""
SEND = """(form, [typed, to]) => {
  for (const [name, value] of Object.entries(typed)) form.elements[name].value = value;
  if (to) form.action = to;
  form.noValidate = true;
  form.requestSubmit();
}"""
SMALL = """(least) => [...document.querySelectorAll('main .btn-primary, main button[type=submit]')]
  .filter(e => e.checkVisibility()).map(e => [e, e.getBoundingClientRect()])
  .filter(([, box]) => box.height < least || box.width < least)
  .map(([e, box]) => `“${e.innerText.trim()}” is ${Math.round(box.width)} × ${Math.round(box.height)} px`)"""


@dataclass
class Seen:
    """What was found on one page in one language."""

    page: str
    language: str
    findings: list[str] = field(default_factory=list)
    weight: int = 0
    requests: int = 0
    shift: float = 0.0

    def say(self, where: str, *what: str) -> None:
        self.findings += [f"{self.page} [{self.language}, {where}] {one}" for one in what if one]


class Crawler:
    """A browser that goes through the house, one context for each person and language."""

    def __init__(self, chromium, house: House):
        self.chromium, self.house = chromium, house
        self.contexts = {}

    def close(self) -> None:
        for context in self.contexts.values():
            context.close()

    def tab(self, page: Page, language: str):
        """A tab of the person this page is for; the tab is kept, the person stays signed in."""
        key = (page.persona, language)
        if key not in self.contexts:
            context = self.chromium.new_context(
                locale=LOCALES[language], viewport=PHONE, reduced_motion="reduce"
            )
            context.set_default_timeout(30_000)
            context.add_cookies(
                [{**cookie, "url": self.house.url} for cookie in self.house.cookies[page.persona]]
            )
            if (
                page.persona in HOLDERS.values()
            ):  # their pages are in the language of the letter until they choose one
                context.add_cookies([{"name": "django_language", "value": language, "url": self.house.url}])
            self.contexts[key] = context
        context = self.contexts[key]
        return context.pages[0] if context.pages else context.new_page()

    def arrive(self, tab, page: Page) -> int:
        """Open the page and bring it to the state it stands for; gives the status of what is shown."""
        answer = tab.goto(self.house.address(page))
        if not page.act:
            return answer.status
        if page.act == "forge":
            tab.context.clear_cookies(name="csrftoken")
        named = f":has([name='{next(iter(page.typed))}'])" if page.typed else ""
        form = tab.locator(f"main form[method=post]{named}").last
        with tab.expect_navigation() as shown:
            form.evaluate(SEND, [page.typed, self.house.sent_to.get(page.name)])
        return shown.value.status

    def look(self, page: Page, language: str, theme: str, *, closely: bool = False) -> Seen:
        """All checks on one page. ``closely`` asks axe everything in both themes and at both widths."""
        seen, tab, said = Seen(page.name, language), self.tab(page, language), []
        tab.set_viewport_size(PHONE)
        tab.emulate_media(color_scheme=theme)
        with _overheard(tab, page.status, said), _weighed(tab, seen):
            status = self.arrive(tab, page)
            if status != page.status:
                seen.say("status", f"{status} instead of {page.status}")
            self._shape(tab, seen)
        seen.say("console", *said)
        self._sides(tab, seen)
        self._rules(tab, seen, theme, closely)
        return seen

    def _shape(self, tab, seen: Seen) -> None:
        shape = tab.evaluate(SHAPE)
        seen.shift = shape["shifted"]
        if shape["lang"] != seen.language and "500" not in seen.page:
            seen.say("head", f"lang is {shape['lang']!r}")
        if not shape["title"].split("·")[0].strip():
            seen.say("head", f"the title is {shape['title']!r}")
        if shape["headings"] != 1 or shape["empty"]:
            seen.say("head", f"{shape['headings']} h1 (or an empty one)")
        if shape["idle"]:
            seen.say("script", "hx- attributes without htmx: the part that uses it brings it along")
        if seen.shift >= SHIFTS:
            seen.say("phone", f"the page shifts by {seen.shift:.3f}: {shape['moved']}")

    def _sides(self, tab, seen: Seen) -> None:
        seen.say("390 px", tab.evaluate(WIDER), *tab.evaluate(SMALL, PRIMARY))
        tab.set_viewport_size(ZOOMED)
        seen.say("400 %", tab.evaluate(WIDER))
        tab.set_viewport_size(WIDE)
        seen.say("1280 px", tab.evaluate(WIDER))

    def _rules(self, tab, seen: Seen, theme: str, closely: bool) -> None:
        """axe: every rule in one theme, the colours again in the other one (nothing else depends on it)."""
        tab.evaluate(AXE_SCRIPT)
        other = THEMES[1 - THEMES.index(theme)]
        # A closer look takes both widths; else the page's own name chooses one.
        for screen in (PHONE, WIDE) if closely else (turn((PHONE, WIDE), seen.page + "width"),):
            tab.set_viewport_size(screen)
            tab.emulate_media(color_scheme=theme)
            self._ask(tab, seen, f"{screen['width']} px, {theme}", WHOLE)
            tab.emulate_media(color_scheme=other)
            self._ask(tab, seen, f"{screen['width']} px, {other}", COLOURS)

    def _ask(self, tab, seen: Seen, where: str, options: dict) -> None:
        for violation in tab.evaluate(ASK_AXE, options):
            for node in violation["nodes"]:
                seen.say(where, f"axe {violation['id']}: {node}")


def turn(choices: tuple, name: str):
    """One of the choices, always the same for a name."""
    return choices[crc32(name.encode()) % len(choices)]


class _overheard:  # noqa: N801  reads as a word of the sentence it stands in
    """Console errors and refusals of the content policy while the block runs."""

    def __init__(self, tab, status: int, said: list[str]):
        self.tab, self.status, self.said = tab, status, said

    def __enter__(self):
        self.tab.on("console", self._console)
        self.tab.on("pageerror", self._error)

    def __exit__(self, *_):
        self.tab.remove_listener("console", self._console)
        self.tab.remove_listener("pageerror", self._error)

    def _console(self, message) -> None:
        # A page of error is loaded as one; nothing it asks for may be.
        itself = f"status of {self.status} " in message.text and "/static/" not in message.location["url"]
        if message.type == "error" and not itself:
            self.said.append(message.text)

    def _error(self, error) -> None:
        self.said.append(str(error))


class _weighed:  # noqa: N801
    """Bytes that came over the wire for the page and all it asks for, with nothing kept from before."""

    def __init__(self, tab, seen: Seen):
        self.seen, self.session = seen, tab.context.new_cdp_session(tab)
        self.received: dict[str, int] = {}

    def __enter__(self):
        self.session.on("Network.requestWillBeSent", self._asked)
        self.session.on("Network.loadingFinished", self._came)
        self.session.send("Network.enable")
        self.session.send("Network.setCacheDisabled", {"cacheDisabled": True})

    def _asked(self, event) -> None:
        if event.get("type") == "Document":  # the page itself, after a form or a redirect: count from here
            self.received.clear()
        self.received[event["requestId"]] = 0

    def _came(self, event) -> None:
        if event["requestId"] in self.received:
            self.received[event["requestId"]] = int(event["encodedDataLength"])

    def __exit__(self, *_):
        self.session.detach()
        self.seen.weight, self.seen.requests = sum(self.received.values()), len(self.received)
        if self.seen.weight > HEAVIEST:
            self.seen.say(
                "phone", f"weighs {self.seen.weight / 1000:.1f} kB in {self.seen.requests} requests"
            )
