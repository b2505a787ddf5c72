"""``python -m tests.benchmarks [rendering] [sealing] [pages] [long] [notes] [calendar] [preview] [hours] [sponsor] [conformity] [export]``: all of them without a name."""

import os
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "coaching.settings.test"

import logging

import django

django.setup()
logging.disable(logging.WARNING)  # the tools talk while they work

from tests.benchmarks import (
    calendar,
    conformity,
    export,
    hours,
    long,
    notes,
    pages,
    preview,
    rendering,
    sealing,
    sponsor,
)
from tests.benchmarks.table import database

BENCHMARKS = {
    "rendering": rendering.run,
    "sealing": sealing.run,
    "pages": pages.run,
    "long": long.run,
    "notes": notes.run,
    "calendar": calendar.run,
    "preview": preview.run,
    "hours": hours.run,
    "sponsor": sponsor.run,
    "conformity": conformity.run,
    "export": export.run,
}


def main() -> None:
    wanted = sys.argv[1:] or list(BENCHMARKS)
    unknown = set(wanted) - set(BENCHMARKS)
    if unknown:
        sys.exit(
            f"There is no benchmark named {', '.join(sorted(unknown))}: choose among {', '.join(BENCHMARKS)}."
        )
    with database() as world:
        for name in wanted:
            BENCHMARKS[name](world)


if __name__ == "__main__":
    main()
