"""Two members write at the same instant: each text opens to both, under one key of one number."""

from django.db import transaction

from coaching.kernel.crypto import Undecipherable
from coaching.kernel.viewer import Portal
from coaching.vault import services
from coaching.vault.access import open_texts
from coaching.vault.enums import Audience
from coaching.vault.guard import looking
from coaching.vault.models import Compartment, SealedText
from coaching.vault.services import compartments

PLACE = "tests.Note.text"
WHERE = {"mission_ref": "M-RACE", "audience": Audience.COACH_AND_COACHEE, "about": "S-RACE"}


def _write(small, persona, row):
    viewer = small.viewer(persona, Portal.COACH if persona == "coach" else Portal.COACHEE)
    ids = {small.users[one].pk for one in ("coach", "coachee")}
    return services.seal(viewer, f"de {persona}", place=PLACE, row=row, members=ids, **WHERE)


def _read(small, persona, refs):
    viewer = small.viewer(persona, Portal.COACH if persona == "coach" else Portal.COACHEE)
    return open_texts(viewer, refs, place=PLACE)


def _both_write(small, together):
    return together(lambda: _write(small, "coach", "N-1"), lambda: _write(small, "coachee", "N-2"))


def _renewed(small):
    _write(small, "coach", "N-0")
    with transaction.atomic(), looking(small.users["coach"].pk):
        Compartment.unscoped.filter(mission_ref="M-RACE").update(renew=True)


def test_two_who_found_a_compartment_at_once_write_in_one(small, together):
    refs = dict(zip(("N-1", "N-2"), _both_write(small, together), strict=True))
    for persona in ("coach", "coachee"):
        assert _read(small, persona, refs) == {"N-1": "de coach", "N-2": "de coachee"}


def test_two_who_begin_a_generation_at_once_write_under_one_key(small, together, meet, monkeypatch):
    _renewed(small)
    take = compartments._take_generation
    monkeypatch.setattr(compartments, "_take_generation", lambda row: (meet(), take(row))[1])
    refs = dict(zip(("N-1", "N-2"), _both_write(small, together), strict=True))
    for persona in ("coach", "coachee"):
        assert _read(small, persona, refs) == {"N-1": "de coach", "N-2": "de coachee"}
    with looking(small.users["coach"].pk):
        assert set(SealedText.unscoped.exclude(row="N-0").values_list("generation", flat=True)) == {2}


def test_without_its_guard_one_of_them_is_lost_on_postgresql(small, together, meet, monkeypatch, postgres):
    """SQLite lets one writer in at a time: there the race does not happen, and nothing is lost."""
    _renewed(small)

    def unguarded(compartment):
        meet()
        compartment.generation, compartment.renew = compartment.generation + 1, False
        Compartment.unscoped.filter(pk=compartment.pk).update(generation=compartment.generation, renew=False)
        return True

    monkeypatch.setattr(compartments, "_take_generation", unguarded)
    refs = dict(zip(("N-1", "N-2"), _both_write(small, together), strict=True))
    lost = 0
    for persona in ("coach", "coachee"):
        for row, ref in refs.items():
            try:
                lost += _read(small, persona, {row: ref}) == {}
            except Undecipherable:
                lost += 1
    assert (lost > 0) == postgres
