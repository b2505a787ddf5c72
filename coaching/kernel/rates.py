"""How often somebody may ask: counted in the shared cache, by windows of time."""

import time

from django.core.cache import cache


def allowed(what: str, who: str, *, most: int, seconds: int) -> bool:
    """Count one more, and say whether it is within ``most`` in this window of ``seconds``.

    Two who ask at the same instant may count as one: this slows abuse down, it guards nothing that is secret.
    """
    key = f"rate:{what}:{who}:{int(time.time() // seconds)}"
    count = (cache.get(key) or 0) + 1
    cache.set(key, count, seconds)
    return count <= most
