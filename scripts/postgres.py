"""A throw-away PostgreSQL server: made in a temporary directory, removed at the end whatever happens."""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
)
# The tests' role owns its tables and may make databases, but is no superuser: row-level security holds for it.
ROLE = "CREATE ROLE app LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS"
SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "60"}


def binaries() -> Path | None:
    """Where ``initdb`` and ``pg_ctl`` are, the newest version first; None when no server is installed."""
    found = [
        path for place in PLACES for path in Path("/").glob(place.lstrip("/")) if (path / "initdb").exists()
    ]
    if found:
        return max(
            found,
            key=lambda path: [
                int(part)
                for part in path.parent.name.split("-")[-1].split("@")[-1].split(".")
                if part.isdigit()
            ],
        )
    there = shutil.which("initdb")
    return Path(there).parent if there else None


def _account() -> dict:
    """The server refuses to run as root: an unprivileged account takes its place."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return {"user": name, "group": pwd.getpwnam(name).pw_gid, "extra_groups": []}
    raise RuntimeError("no unprivileged account to run PostgreSQL as")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def throwaway() -> Iterator[str]:
    """The address of a running server, for ``DATABASE_URL``."""
    bin_, account, port = binaries(), _account(), _free_port()
    scratch = Path(tempfile.mkdtemp(prefix="throwaway-postgres-"))
    if account:
        shutil.chown(scratch, account["user"], account["group"])
    data = scratch / "data"

    def call(*command, **options) -> None:
        subprocess.run(
            [str(part) for part in command],
            check=True,
            cwd=scratch,
            stdout=subprocess.DEVNULL,
            **account,
            **options,
        )

    try:
        call(
            bin_ / "initdb", "-D", data, "-U", "owner", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"
        )
        settings = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
        settings += f" -c listen_addresses=127.0.0.1 -c unix_socket_directories={scratch} -p {port}"
        call(bin_ / "pg_ctl", "-D", data, "-l", scratch / "log", "-w", "-o", settings, "start")
        call(bin_ / "psql", "-h", "127.0.0.1", "-p", port, "-U", "owner", "-d", "postgres", "-c", ROLE)
        call(bin_ / "createdb", "-h", "127.0.0.1", "-p", port, "-U", "owner", "-O", "app", "app")
        yield f"postgres://app@127.0.0.1:{port}/app"
    finally:
        with contextlib.suppress(subprocess.CalledProcessError):
            call(bin_ / "pg_ctl", "-D", data, "-m", "immediate", "stop", stderr=subprocess.DEVNULL)
        shutil.rmtree(scratch, ignore_errors=True)
