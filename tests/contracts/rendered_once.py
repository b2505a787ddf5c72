"""For tests that ask the engine for one document many times: it is made once, and its bytes are given again.

That the same input gives the same bytes is held to in ``test_pdf.py`` and ``test_sealing.py``.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from coaching.documents import pool


@contextmanager
def rendered_once(known: dict) -> Iterator[None]:
    """``known`` is what was made before, and keeps what is made now."""
    ask = pool.ask

    def remembering(job, files=(), **options):
        if options:  # the judge of seals is asked each time
            return ask(job, files, **options)
        key = (json.dumps(job, sort_keys=True), *(hashlib.sha256(one).digest() for one in files))
        if key not in known or "error" in known[key][0]:
            known[key] = ask(job, files)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pool, "ask", remembering)
        yield
