"""``python -m tests.browser.look``: every page in every variant, and what each one weighs.

Both languages, both themes, both widths: see :mod:`tests.browser.crawl`. With words of names: those pages alone.
"""

import sys
import time

from tests.browser.team import _ready, browser, share

_ready()

from tests.benchmarks.table import show
from tests.browser.crawl import HEAVIEST, LANGUAGES, SHIFTS, THEMES, Crawler, Seen, turn
from tests.browser.house import House, open_house
from tests.browser.pages import PAGES, PORTALS


def look(house: House, names: list[str]) -> list[list[Seen]]:
    pages = {page.name: page for page in PAGES}
    with browser() as chromium:
        crawler, found = Crawler(chromium, house), []
        for name in names:
            theme = turn(THEMES, name + "theme")
            found.append([crawler.look(pages[name], language, theme, closely=True) for language in LANGUAGES])
        crawler.close()
    return found


def report(found: list[list[Seen]]) -> int:
    """The table, then the findings; gives how many there are."""
    order = {page.name: (PORTALS.index(page.portal), page.name) for page in PAGES}
    rows, findings = [], []
    for french, english in sorted(found, key=lambda pair: order[pair[0].page]):
        both = french.findings + english.findings
        heaviest = max((french, english), key=lambda one: one.weight)
        axe = sum("] axe " in one for one in both)
        rows.append(
            (french.page, axe, len(both) - axe, f"{heaviest.weight / 1000:.1f} kB", heaviest.requests, f"{max(french.shift, english.shift):.4f}")
        )  # fmt: skip
        findings += both
    show(
        f"Pages in two languages, two themes and two widths (weight below {HEAVIEST // 1000} kB with nothing kept from before, shift below {SHIFTS})",
        ("page", "axe", "other findings", "weight", "requests", "shift"),
        rows,
    )
    weights = sorted(max(one.weight for one in pair) for pair in found)
    print(
        f"{len(found)} pages: {len(findings)} findings; weight {weights[0] / 1000:.0f} to {weights[-1] / 1000:.0f} kB, "
        f"median {weights[len(weights) // 2] / 1000:.0f} kB; at most {max(row[4] for row in rows)} requests\n"
    )
    for finding in findings:
        print(f"  {finding}")
    return len(findings)


def main() -> None:
    began, wanted = time.monotonic(), sys.argv[1:]
    names = [page.name for page in PAGES if not wanted or any(word in page.name for word in wanted)]
    with open_house() as house:
        found = share(look, house, names)
    count = report(found)
    print(f"Looked at in {time.monotonic() - began:.0f} s")
    sys.exit(1 if count else 0)


if __name__ == "__main__":
    main()
