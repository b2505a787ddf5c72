"""The icons of an installed product, drawn from the mark: run it when the mark changes, and commit what it makes."""

import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

IMAGES = Path(__file__).resolve().parents[1] / "static" / "img"
ACCENT = "#1d4d4f"
# name, size, share of the square the mark takes, ground: a mask may cut everything outside the inner four fifths
ICONS = (
    ("icon-192", 192, 1.0, "transparent"),
    ("icon-512", 512, 1.0, "transparent"),
    ("icon-maskable-512", 512, 0.72, ACCENT),
    ("apple-touch-icon", 180, 0.86, ACCENT),
)


def main() -> None:
    mark = (IMAGES / "mark.svg").read_text()
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, size, share, ground in ICONS:
            page = browser.new_page(viewport={"width": size, "height": size})
            page.set_content(
                f"<style>*{{margin:0}}body{{display:grid;place-items:center;height:100vh;background:{ground}}}"
                f"svg{{width:{share * 100}vw}}</style>{mark}"
            )
            page.screenshot(path=IMAGES / f"{name}.png", omit_background=True)
        browser.close()


if __name__ == "__main__":
    main()
