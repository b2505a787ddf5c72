"""Makes a machine ready: `.venv`, the system's libraries, keys, database, catalogues. Safe to run again at any time.

Runs on the system's own Python (3.11 or later) and its standard library alone.
"""

import argparse
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed.sha256"
WEASYPRINT = ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fontconfig"]
TESTING = ["gettext", "chromium", "firefox-esr", "poppler-utils", "qpdf", "postgresql", "calcurse"]
NODE = ["nodejs", "npm"]  # drive Firefox in the tests; a machine may have them from elsewhere
BROWSERS, MEASURES = ROOT / "tests" / "node" / "firefox", ROOT / "tests" / "node" / "lighthouse"
CALENDARS = ROOT / "tests" / "node" / "calendar"
ELSEWHERE = """The PDF engine needs libraries of the system. Install them, then run the same command again:
  Debian, Ubuntu   sudo apt install {debian}
  Fedora           sudo dnf install pango harfbuzz fontconfig
  macOS            brew install pango"""


def say(text: str) -> None:
    print(f"· {text}", flush=True)


def run(*command, **options) -> None:
    subprocess.run([str(part) for part in command], check=True, cwd=ROOT, **options)


def quietly(*command, **options) -> bool:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **options,
    )
    return done.returncode == 0


def can_apt() -> bool:
    return platform.system() == "Linux" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt(packages: list[str]) -> bool:
    """Install those of ``packages`` that are missing; False where this machine cannot."""
    missing = [name for name in packages if not quietly("dpkg", "-s", name)]
    if not missing:
        return True
    say(f"installing {' '.join(missing)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ("apt-get", "install", "-y", "-q", "--no-install-recommends", *missing)
    if quietly(*install, env=environment):
        return True
    quietly("apt-get", "update", "-q", env=environment)
    return quietly(*install, env=environment)


def check_python() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036  the very check that says so
        sys.exit(
            f"Python 3.11 or later is needed; this is {platform.python_version()}. Try `make PYTHON=python3.12 …`."
        )


def make_venv() -> None:
    if PYTHON.exists() and quietly(PYTHON, "-m", "pip", "--version"):
        return
    say("making .venv")
    command = (sys.executable, "-m", "venv", "--clear", VENV)
    if quietly(*command):
        return
    if can_apt() and apt(["python3-venv"]) and quietly(*command):
        return
    sys.exit("Python’s venv module is missing. Debian, Ubuntu: sudo apt install python3-venv")


def install_packages(lists: list[Path]) -> None:
    """The pinned packages, each checked against its hash; nothing to do when they have not changed."""
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in lists)).hexdigest()
    known = STAMP.read_text().split() if STAMP.exists() else []
    if digest in known:
        return
    say(f"installing packages from {lists[-1].name} (a minute or less)")
    wanted = ("--require-hashes", "-r", lists[-1])
    uv = quietly(PYTHON, "-m", "pip", "install", "-q", "uv")
    if not (uv and quietly(PYTHON, "-m", "uv", "pip", "install", "-q", "--python", PYTHON, *wanted)):
        run(PYTHON, "-m", "pip", "install", "-q", *wanted)
    STAMP.write_text("\n".join([*known, digest]) + "\n")


def system_libraries() -> None:
    """What WeasyPrint loads from the system: installed when root on Debian, named otherwise."""
    if can_apt():
        apt(WEASYPRINT)
    if not quietly(PYTHON, "-c", "import weasyprint"):
        sys.exit(ELSEWHERE.format(debian=" ".join(WEASYPRINT)))


def testing_tools() -> None:
    """Browser, PDF tools and a PostgreSQL server, for the tests."""
    if can_apt():
        apt(TESTING if shutil.which("npm") else TESTING + NODE)
    for tool, why in (
        ("chromium", "the browser tests"),
        ("pdftotext", "the tests of documents"),
        ("calcurse", "the tests of calendars"),
    ):
        if shutil.which(tool) is None:
            sys.exit(f"{tool} is missing, for {why}. Debian, Ubuntu: sudo apt install {' '.join(TESTING)}")
    if shutil.which("firefox-esr") is None and shutil.which("firefox") is None:
        say(
            "Firefox is missing: the tests that need it will FAIL. Debian, Ubuntu: sudo apt install firefox-esr"
        )


def node_packages(home: Path) -> None:
    """Pinned and checked against their hashes by npm; nothing to do when they have not changed."""
    digest = hashlib.sha256((home / "package-lock.json").read_bytes()).hexdigest()
    stamp = home / "node_modules" / "installed.sha256"
    if stamp.exists() and stamp.read_text() == digest:
        return
    if shutil.which("npm") is None:
        say(
            f"npm is missing: the tests that need it will FAIL. Debian, Ubuntu: sudo apt install {' '.join(NODE)}"
        )
        return
    say(f"installing the node packages of {home.relative_to(ROOT)}")
    run("npm", "ci", "--silent", "--ignore-scripts", "--prefix", home)
    stamp.write_text(digest)


def prepare_state() -> None:
    """Keys (never over an existing database), tables, catalogues."""
    manage = (PYTHON, "manage.py")
    say("catalogues")
    run(PYTHON, "scripts/catalogues.py")
    say("keys and database")
    run(*manage, "init_keys", "--quiet")
    run(*manage, "migrate", "-v", "0")
    run(*manage, "createcachetable")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "--testing", action="store_true", help="also what the tests need; leaves the database alone"
    )
    options.add_argument("--measuring", action="store_true", help="also what measures the pages")
    asked = options.parse_args()
    began = time.monotonic()
    check_python()
    make_venv()
    runtime = ROOT / "requirements.txt"
    install_packages([runtime, ROOT / "requirements-dev.txt"] if asked.testing else [runtime])
    system_libraries()
    if asked.testing:
        testing_tools()
        node_packages(BROWSERS)
        node_packages(CALENDARS)
        if asked.measuring:
            node_packages(MEASURES)
        run(PYTHON, "scripts/catalogues.py")
    else:
        prepare_state()
    say(f"ready in {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
