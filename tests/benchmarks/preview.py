"""The organisation's page as its coachee sees it: CPU against that page itself, and queries."""

import gc
import statistics

from django.urls import reverse

from tests.benchmarks.pages import ROUNDS, _begun, _browser, _cpu, _floor, _queries
from tests.benchmarks.table import ratio, show


def run(world) -> None:
    live = world.live = getattr(world, "live", None) or _begun(world)
    gc.collect()
    gc.freeze()
    rows = []
    with _floor():
        for own, mission in (("main", world.mission), ("live", live)):
            for eyes, persona in (("organisation", "sponsor"), ("manager", "manager")):
                if (own, eyes) == ("live", "manager"):
                    continue
                rows.append(_row(world, f"{own}, {eyes}", mission, eyes, persona))
    show(
        "The preview of the organisation’s page (the whole page of the coachee, against the whole page of the organisation)",
        ("mission and party", "preview", "real page", "× the real page", "queries", "of the real page"),
        rows,
    )


def _row(world, name, mission, eyes, persona) -> tuple:
    coachee, theirs = _browser(world, "coachee"), _browser(world, persona)
    preview = f"{reverse('coachee_who_sees_what')}?mission={mission.ref}&as={eyes}"
    page = reverse("organisation_mission", args=[mission.ref])
    queries = _queries(coachee, preview), _queries(theirs, page)
    mine, real = _in_turn((coachee, preview), (theirs, page))
    return (name, f"{mine * 1000:.1f} ms", f"{real * 1000:.1f} ms", ratio(mine / real, 1.5), *queries)


def _in_turn(*asked) -> list[float]:
    """The median of each, one round after the other: what else the machine does weighs on both alike."""
    rounds = [[_cpu(browser, url, rounds=1)[0] for browser, url in asked] for _turn in range(ROUNDS)]
    return [statistics.median(taken) for taken in zip(*rounds, strict=True)]
