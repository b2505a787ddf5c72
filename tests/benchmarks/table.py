"""A database of its own for the measures, and a table to print them."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

from coaching.kernel.crypto import key_file, make_key, pepper_file
from coaching.vault import keyring
from tests import world as worlds


@contextmanager
def database() -> Iterator[worlds.World]:
    """A throw-away database with the tests' world in it."""
    settings.ALLOWED_HOSTS = ["testserver"]  # and no test environment: it would slow every template down
    make_key(key_file())
    make_key(pepper_file())
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        with keyring.opened():
            yield worlds.build()
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


def show(title: str, head: tuple[str, ...], rows: list[tuple]) -> None:
    cells = [head, *[tuple(str(cell) for cell in row) for row in rows]]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    print(f"\n{title}")
    for number, row in enumerate(cells):
        print(
            "  "
            + "  ".join(
                cell.ljust(width) if i == 0 else cell.rjust(width)
                for i, (cell, width) in enumerate(zip(row, widths, strict=True))
            )
        )
        if number == 0:
            print("  " + "  ".join("-" * width for width in widths))


def ratio(value: float, limit: float, *, at_least: bool = False) -> str:
    """``1.12 (≤ 1.25)``, with a cross when the target is missed."""
    held = value >= limit if at_least else value <= limit
    return f"{value:.2f} ({'≥' if at_least else '≤'} {limit:g}){'' if held else '  MISSED'}"
