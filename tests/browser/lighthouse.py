"""``python -m tests.browser.lighthouse``: Lighthouse on ten main pages, on its phone, each read by whom it is for."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.browser.team import _ready, chromium_path

_ready()

from tests.benchmarks.table import show
from tests.browser.house import House, open_house
from tests.browser.pages import PAGES, Page

TOOL = Path(__file__).resolve().parents[1] / "node" / "lighthouse"
MAIN = (
    "account_login", "charter", "coach_home", "coach_mission", "coach_contract", "coach_mission_new", "coachee_mission",
    "coachee_contract", "organisation_mission", "practice_home",
)  # fmt: skip
LEAST = 95


def _wanted(house: House, page: Page) -> dict:
    cookie = "; ".join(f"{one['name']}={one['value']}" for one in house.cookies[page.persona])
    return {"name": page.name, "url": house.address(page), "cookie": cookie}


def measure(names: tuple[str, ...]) -> list[dict]:
    pages = {page.name: page for page in PAGES}
    with open_house() as house:
        done = subprocess.run(
            ["node", "measure.mjs"],
            cwd=TOOL,
            input=json.dumps([_wanted(house, pages[name]) for name in names]),
            env={**os.environ, "CHROME_PATH": chromium_path()},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    return json.loads(done.stdout)


def main() -> None:
    found = measure(tuple(sys.argv[1:]) or MAIN)
    rows = [
        (
            one["name"], one["performance"], one["accessibility"], one["practices"], f"{one['paint'] / 1000:.1f} s",
            f"{one['largest'] / 1000:.1f} s", f"{one['blocked']:.0f} ms", f"{one['shift']:.3f}",
        )
        for one in found
    ]  # fmt: skip
    show(
        "Lighthouse, phone profile with its slow network and processor, out of 100",
        (
            "page",
            "performance",
            "accessibility",
            "best practices",
            "first paint",
            "largest paint",
            "blocked",
            "shift",
        ),
        rows,
    )
    for one in found:
        if one["failed"]:
            print(f"  {one['name']}: {', '.join(one['failed'])}")
    low = [one["name"] for one in found if min(one["accessibility"], one["practices"]) < LEAST]
    sys.exit(f"below {LEAST} in accessibility or best practices: {', '.join(low)}" if low else 0)


if __name__ == "__main__":
    main()
