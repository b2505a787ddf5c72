"""Makes the house of the browser in ``COACHING_VAR``: database, world, states, static files, and ``house.json``.

``python -m tests.browser.build_house world`` (or ``pages``, whose documents are stand-ins, or ``demo``) is run by :mod:`tests.browser.house`, with the house's settings.
"""

import io
import json
import logging
import os
import shutil
import sys
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connection
from django.utils import translation

HERE = Path(os.environ["COACHING_VAR"])


def tables() -> None:
    call_command("init_keys", quiet=True, stdout=io.StringIO())
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    connection.close()


def empty_house() -> None:
    """Beside it, an installation that nobody has set up yet: it shows the first-run page."""
    shutil.copytree(HERE, HERE.parent / "empty")


def furnish(rendered: bool) -> dict:
    """The world and its states, its documents made or with stand-ins for them; gives where each page is, and what each person's browser holds."""
    # These modules need the tables' models: they come in once Django is there.
    from tests import world as worlds
    from tests.browser.pages import PAGES
    from tests.browser.readable import ReadableWorld
    from tests.browser.states import add_states, cookies
    from tests.rules import further

    w = further.extend(worlds.build(ReadableWorld(rendered=rendered)))
    add_states(w)
    return {
        "paths": {page.name: page.path(w) for page in PAGES},
        "sent_to": {page.name: page.sent_to(w) for page in PAGES if page.sent_to},
        "cookies": cookies(w, {page.persona for page in PAGES}),
    }


def furnish_demo() -> dict:
    """The demo practice, for the pictures of the README."""
    from coaching.home.demo import cast
    from coaching.missions.models import Mission
    from tests.browser.states import sign_in

    call_command("demo", stdout=io.StringIO())
    mission = Mission.unscoped.get(title="Prise de poste à la direction industrielle")
    players = {
        "coach": cast.COACH,
        "coachee": cast.COACHEE,
        "organisation": cast.SPONSOR,
        "practice": cast.ADMIN,
    }
    return {
        "paths": {
            "coach": f"/coach/missions/{mission.ref}/",
            "coachee": f"/coachee/missions/{mission.ref}/",
            "organisation": f"/organisation/missions/{mission.ref}/",
            "practice": "/practice/journal/",
        },
        "sent_to": {},
        "cookies": {portal: sign_in(_with_key(cast.account(player))) for portal, player in players.items()},
    }


def _with_key(user):
    from coaching.home.demo.cast import PASSWORD
    from coaching.vault.services.pairs import open_by_password

    open_by_password(user, PASSWORD)
    return user


def main(kind: str) -> None:
    django.setup()
    logging.disable(logging.WARNING)
    tables()
    empty_house()
    call_command("collectstatic", interactive=False, verbosity=0)
    translation.activate("fr")
    from coaching.vault import keyring  # needs the tables' models

    with keyring.opened():
        found = furnish_demo() if kind == "demo" else furnish(rendered=kind == "world")
    (HERE.parent / "house.json").write_text(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1])
