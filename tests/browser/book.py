"""``python -m tests.browser.book``: the book of every page, in ``screenshots/``, and the four pictures of the README.

Open ``screenshots/index.html``: by portal, each page with its eight pictures side by side. With words of names: those
pages alone, without the README's pictures.
"""

import html
import shutil
import sys
import time
from pathlib import Path

from tests.browser.team import _ready, browser, share

_ready()

from tests.browser.crawl import LANGUAGES, LOCALES, PHONE, THEMES, WIDE, Crawler
from tests.browser.house import House, open_house
from tests.browser.pages import PAGES, PORTALS, Page

ROOT = Path(__file__).resolve().parents[2]
BOOK, IMAGES = ROOT / "screenshots", ROOT / "docs" / "images"
TALLEST = 6000  # a contract goes on for long; its beginning is enough to judge its look
VARIANTS = [
    (language, screen["width"], theme)
    for language in LANGUAGES
    for screen in (PHONE, WIDE)
    for theme in THEMES
]
STYLE = """
body { margin: 0 auto; max-width: 100rem; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; background: #f3f1ed; color: #222 }
h1, h2 { font-weight: 600 } a { color: #17574d } nav { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; margin: 1rem 0 }
.pages { display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: 1rem; padding: 0; list-style: none }
.pages img { display: block; width: 100%; height: 14rem; object-fit: cover; object-position: top; border: 1px solid #bbb }
.pages span { display: block; overflow-wrap: anywhere }
.variants { display: flex; gap: 1rem; overflow-x: auto; align-items: start }
figure { margin: 0 } figcaption { padding: .25rem 0 } figure img { display: block; border: 1px solid #bbb; max-width: none }
figure.w390 img { width: 240px } figure.w1280 img { width: 640px }
"""


def picture(page: str, language: str, width: int, theme: str) -> str:
    return f"{page}/{language}-{width}-{theme}.jpg"


def photograph(house: House, names: list[str]) -> list[None]:
    pages = {page.name: page for page in PAGES}
    with browser() as chromium:
        crawler = Crawler(chromium, house)
        for name in names:
            (BOOK / name).mkdir(parents=True, exist_ok=True)
            for language in LANGUAGES:
                _take(crawler, pages[name], language)
        crawler.close()
    return [None] * len(names)


def _take(crawler: Crawler, page: Page, language: str) -> None:
    """One visit, four pictures: neither the width nor the theme needs the page again."""
    tab = crawler.tab(page, language)
    tab.set_viewport_size(PHONE)
    crawler.arrive(tab, page)
    tab.evaluate("document.fonts.ready")
    for screen in (PHONE, WIDE):
        tab.set_viewport_size(screen)
        # A screen as high as the page: a bar at the bottom of the screen is then at the bottom of the picture.
        height = min(tab.evaluate("document.documentElement.scrollHeight"), TALLEST)
        tab.set_viewport_size({**screen, "height": max(height, screen["height"])})
        for theme in THEMES:
            tab.emulate_media(color_scheme=theme)
            name = picture(page.name, language, screen["width"], theme)
            tab.screenshot(path=BOOK / name, type="jpeg", quality=80)


def bind(names: list[str]) -> None:
    """The index and a leaf for each page."""
    known = [page for portal in PORTALS for page in PAGES if page.portal == portal and page.name in names]
    index = ["<h1>Every page</h1><nav>", *(f'<a href="#{one}">{one}</a>' for one in PORTALS), "</nav>"]
    for portal in PORTALS:
        index.append(f'<h2 id="{portal}">{portal}</h2><ul class="pages">')
        for page in known:
            if page.portal == portal:
                cover = picture(page.name, "fr", 390, "light")
                index.append(
                    f'<li><a href="{page.name}/index.html"><img src="{cover}" alt="" loading="lazy"><span>{page.name}</span></a></li>'
                )
        index.append("</ul>")
    (BOOK / "index.html").write_text(_leaf("Every page", "".join(index)))
    for place, page in enumerate(known):
        _bind_page(page, known[place - 1], known[(place + 1) % len(known)])


def _bind_page(page: Page, before: Page, after: Page) -> None:
    body = [
        f'<nav><a href="../{before.name}/index.html">← {before.name}</a><a href="../index.html#{page.portal}">every page</a>'
        f'<a href="../{after.name}/index.html">{after.name} →</a></nav><h1>{html.escape(page.name)}</h1>'
        f"<p>{page.portal}, as {page.persona} sees it; answer {page.status}</p>"
    ]
    for language in LANGUAGES:
        body.append(f'<h2 id="{language}">{language}</h2><div class="variants">')
        for one, width, theme in VARIANTS:
            if one == language:
                name = Path(picture(page.name, one, width, theme)).name
                body.append(
                    f'<figure class="w{width}"><figcaption>{width} px, {theme}</figcaption><a href="{name}"><img src="{name}" '
                    f'alt="{page.name}, {one}, {width} px, {theme}" loading="lazy"></a></figure>'
                )
        body.append("</div>")
    (BOOK / page.name / "index.html").write_text(_leaf(page.name, "".join(body)))


def _leaf(title: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{html.escape(title)}</title><style>{STYLE}</style><body>{body}</body></html>"
    )


def illustrate() -> None:
    """What the README shows: a page of each portal in the demo practice."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with open_house("demo") as house, browser() as chromium:
        for portal, path in house.paths.items():
            context = chromium.new_context(
                locale=LOCALES["fr"], viewport=PHONE if portal == "coachee" else {**WIDE, "height": 844}
            )
            context.add_cookies([{**cookie, "url": house.url} for cookie in house.cookies[portal]])
            tab = context.new_page()
            for _visit in range(2):  # the second time the fonts are there
                tab.goto(house.url + path)
            tab.screenshot(path=IMAGES / f"{portal}.png")
            context.close()


def main() -> None:
    began, wanted = time.monotonic(), sys.argv[1:]
    names = [page.name for page in PAGES if not wanted or any(word in page.name for word in wanted)]
    shutil.rmtree(BOOK, ignore_errors=True)
    BOOK.mkdir()
    with open_house() as house:
        share(photograph, house, names)
    bind(names)
    if not wanted:
        illustrate()
    print(
        f"{len(names)} pages, {8 * len(names)} pictures in {time.monotonic() - began:.0f} s: {BOOK / 'index.html'}"
    )


if __name__ == "__main__":
    main()
