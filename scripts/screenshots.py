"""Pictures of each portal for the README, taken from a running demo: `make run`, then this script."""

import os
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

ADDRESS = os.environ.get("SITE_URL", "http://127.0.0.1:8000")
IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
PASSWORD = "bonne-posture-2026"
PICTURES = (
    ("coach", "coach@demo.test", 1280, "/coach/", "Prise de poste à la direction industrielle"),
    ("coachee", "coachee@demo.test", 390, "/coachee/", None),
    (
        "organisation",
        "sponsor@demo.test",
        1280,
        "/organisation/",
        "Prise de poste à la direction industrielle",
    ),
    ("practice", "admin@demo.test", 1280, "/practice/journal/", None),
)


def take(browser, name: str, address: str, width: int, path: str, link: str | None) -> None:
    page = browser.new_context(locale="fr-FR", viewport={"width": width, "height": 844}).new_page()
    page.goto(f"{ADDRESS}/accounts/login/")
    page.fill("input[name=login]", address)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_load_state("networkidle")
    page.goto(ADDRESS + path)
    if link:
        page.get_by_role("link", name=link).first.click()
        page.wait_for_load_state("networkidle")
    page.screenshot(path=IMAGES / f"{name}.png")


if __name__ == "__main__":
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for picture in PICTURES:
            take(browser, *picture)
