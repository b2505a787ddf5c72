"""Debian's Firefox, driven over WebDriver BiDi by a small node program: ``tests/node/firefox``."""

import json
import shutil
import subprocess
from pathlib import Path

from tests.browser.people import WIDE, Hands

DRIVER = Path(__file__).resolve().parents[1] / "node" / "firefox"
MISSING = "{what} is missing: the pass on Firefox did NOT run. Debian: sudo apt install firefox-esr nodejs npm, then make test"


def firefox_path() -> str:
    """Firefox, or a test that fails and says what to install: never a pass in silence."""
    path = shutil.which("firefox-esr") or shutil.which("firefox")
    assert path, MISSING.format(what="Firefox")
    assert shutil.which("node"), MISSING.format(what="node")
    assert (DRIVER / "node_modules" / "puppeteer-core").is_dir(), MISSING.format(what="puppeteer-core")
    return path


class Firefox:
    """One Firefox for several people, each with cookies of their own."""

    def __enter__(self):
        self.driver = subprocess.Popen(
            ["node", "drive.mjs", firefox_path()],
            cwd=DRIVER,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(self, *_):
        self.driver.stdin.close()
        self.driver.wait(timeout=30)

    def ask(self, act: str, **what):
        self.driver.stdin.write(json.dumps({"act": act, **what}) + "\n")
        self.driver.stdin.flush()
        line = self.driver.stdout.readline()
        assert line, "Firefox’s driver has ended"
        answer = json.loads(line)
        assert "failed" not in answer, (act, what, answer)
        return answer["is"]


class FirefoxVisitor(Hands):
    """Somebody at Firefox: the same acts as in Chromium."""

    def __init__(self, firefox: Firefox, server, name: str, screen=WIDE):
        self.firefox, self.server, self.name = firefox, server, name
        firefox.ask("arrive", person=name, **screen)

    def _ask(self, act: str, **what):
        return self.firefox.ask(act, person=self.name, **what)

    @property
    def url(self) -> str:
        return self._ask("url")

    def open(self, path: str):
        status = self._ask("open", url=self.server.url + path)
        assert status < 400, (path, status)
        return self

    def fill(self, **fields):
        for name, value in fields.items():
            selector = f"main [name='{name}']"
            kind = self._ask("kind", selector=selector)
            if kind in ("radio", "checkbox"):
                self._ask("tick", selector=f"{selector}[value='{value}']")
            else:
                act = {"select": "choose", "date": "date"}.get(kind, "type")
                self._ask(act, selector=selector, value=value)
        return self

    def listed(self, selector: str, attribute: str) -> list[tuple[str, bool]]:
        return self._ask("list", selector=selector, attribute=attribute)

    def click(self, selector: str, index: int, inner: str = ""):
        self._ask("click", selector=selector, index=index, inner=inner)
        return self

    def reads(self, text: str) -> bool:
        return text in self._ask("text").replace("\u202f", " ").replace("\u00a0", " ")

    def fits(self) -> bool:
        return self._ask("wide") <= 0
