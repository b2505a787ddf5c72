"""Which file is run when, and on which worker: what takes longest first, and what shares a costly world together.

Names are those of files and folders under ``tests``; a file that is not named comes after those that are. The order is
for speed alone: the tests hold in any other one.
"""

from xdist.scheduler import LoadScopeScheduling

TOGETHER = "rules/"  # on one worker, which makes their world once
APART = ("rules/test_bad_input.py",)  # long enough to be worth a world of its own
FIRST = (
    "rules/test_canaries.py",
    "rules/test_bad_input.py",
    "rules/test_matrix.py",
    "rules/test_links.py",
    "rules/test_pages.py",
    "rules/test_kept.py",
    "browser/test_look.py",
    "browser/test_journeys.py",
    "browser/test_first_contract.py",
    "browser/",
    # Before the worlds, which a test that writes for good has put away.
    "races/test_signing_races.py",
    "races/",
    "scripts/",
    "journal/",
    "contracts/test_sealing.py",
    "contracts/test_sealed_by_the_worker.py",
    "contracts/test_verify.py",
    "documents/test_standalone.py",
    "contracts/test_pdf.py",
)


def in_order(items: list) -> list:
    """The tests file by file: those of the list, those that share the world, the others."""
    seen: dict[str, int] = {}
    for item in items:
        seen.setdefault(_file(item.nodeid), len(seen))
    with_world = {_file(item.nodeid) for item in items if "world" in item.fixturenames}

    def place(item):
        file = _file(item.nodeid)
        listed = next((at for at, name in enumerate(FIRST) if file.startswith(name)), len(FIRST))
        return listed, file not in with_world, seen[file]

    return sorted(items, key=place)


def _file(nodeid: str) -> str:
    return nodeid.partition("::")[0].partition("tests/")[2]


class FileByFile(LoadScopeScheduling):
    """A file is one worker's; files are handed out in the order of the collection."""

    def _split_scope(self, nodeid: str) -> str:
        file = _file(nodeid)
        return TOGETHER if file.startswith(TOGETHER) and file not in APART else file
