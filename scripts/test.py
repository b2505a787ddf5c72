"""Everything that must hold before a change is taken: style, floors, migrations, and the tests on both engines."""

import os
import subprocess
import sys
import time
from pathlib import Path

import postgres

ROOT = Path(__file__).resolve().parents[1]
BIN = ROOT / ".venv" / "bin"
CHECKS = (
    ("style", [BIN / "ruff", "check", "."]),
    ("layout", [BIN / "ruff", "format", "--check", "-q", "."]),
    ("floors", [BIN / "lint-imports"]),
    (
        "migrations",
        [BIN / "python", "manage.py", "makemigrations", "--check", "--dry-run", "-v", "0", "--skip-checks"],
    ),
)
# One more worker than the two cores of a small machine: tests wait too, for a browser, a lock, a process that starts.
PYTEST = [BIN / "python", "-m", "pytest", "-q", "-n", os.environ.get("WORKERS", "3"), "--dist", "loadfile"]


def step(label: str, command: list, **environment: str) -> bool:
    began = time.monotonic()
    print(f"· {label}", flush=True)
    done = subprocess.run([str(part) for part in command], cwd=ROOT, env={**os.environ, **environment})
    print(
        f"  {label}: {'passed' if done.returncode == 0 else 'FAILED'} in {time.monotonic() - began:.0f} s",
        flush=True,
    )
    return done.returncode == 0


def tests(arguments: list[str]) -> list[bool]:
    done = [step("tests on SQLite", [*PYTEST, *arguments], DATABASE_URL="")]
    if postgres.binaries() is None:
        print(
            "  No PostgreSQL server is installed: the tests ran on SQLite ALONE. Debian, Ubuntu: apt install postgresql"
        )
        return done
    with postgres.throwaway() as address:
        done.append(
            step("tests on PostgreSQL", [*PYTEST, "--with-database", *arguments], DATABASE_URL=address)
        )
    return done


def main() -> None:
    quality = {"DJANGO_SETTINGS_MODULE": "coaching.settings.test", "DATABASE_URL": ""}
    done = [step(label, command, **quality) for label, command in CHECKS]
    done += tests(sys.argv[1:])
    sys.exit(0 if all(done) else 1)


if __name__ == "__main__":
    main()
