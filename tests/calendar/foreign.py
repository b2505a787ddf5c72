"""Two calendar programs that are not ours: Debian's calcurse, in C, and Thunderbird's parser, in JavaScript."""

import json
import os
import shutil
import subprocess
from pathlib import Path

NODE = Path(__file__).resolve().parents[1] / "node" / "calendar"
MISSING = "{what} is missing: calendars were NOT read by another program. Debian: sudo apt install calcurse nodejs npm, then make test"


def javascript(text: str) -> dict:
    """Method and events, each with its hours on a clock in Paris."""
    assert shutil.which("node"), MISSING.format(what="node")
    assert (NODE / "node_modules" / "ical.js").is_dir(), MISSING.format(what="ical.js")
    done = subprocess.run(
        ["node", "read.mjs"], cwd=NODE, input=text, capture_output=True, text=True, check=True, timeout=60
    )
    return json.loads(done.stdout)


def calcurse(text: str, home: Path, zone: str = "Europe/Paris") -> list[tuple[str, str, str]]:
    """What calcurse takes of it: (begins, ends, title), on a clock in ``zone``."""
    assert shutil.which("calcurse"), MISSING.format(what="calcurse")
    home.mkdir(exist_ok=True)
    kept = home / "from.ics"
    kept.write_bytes(text.encode())
    ours = ["calcurse", "-D", str(home), "-C", str(home)]
    options = {"env": {**os.environ, "TZ": zone, "LC_ALL": "C.UTF-8"}, "capture_output": True, "text": True}
    taken = subprocess.run([*ours, "-i", str(kept)], check=True, timeout=60, **options)
    assert "0 skipped" in taken.stdout, taken.stdout
    said = "%(start:%Y-%m-%d %H:%M)|%(end:%Y-%m-%d %H:%M)|%m\n"
    asked = ["-Q", "--filter-type", "apt", "--from", "01/01/2026", "--days", "1000", "--format-apt", said]
    shown = subprocess.run([*ours, *asked], check=True, timeout=60, **options)
    lines = [line.split("|") for line in shown.stdout.splitlines() if line.count("|") == 2]
    return sorted((begins, ends, title) for begins, ends, title in lines)
