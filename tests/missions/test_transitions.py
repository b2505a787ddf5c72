"""Every state × every arrow × every role, from the same tables that run the product."""

import itertools

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from coaching.decisions.enums import DecisionState, SuggestionState
from coaching.decisions.transitions import DECISION, SUGGESTION
from coaching.journal.models import Event
from coaching.kernel import gates as gate_room
from coaching.kernel.errors import GateClosed, Invalid, NotAllowedNow, Stale
from coaching.kernel.gates import GateResult
from coaching.kernel.transitions import perform
from coaching.kernel.viewer import Portal, system
from coaching.missions.enums import MissionState
from coaching.missions.models import Mission, Override
from coaching.missions.services import life
from coaching.missions.transitions import MISSION
from coaching.recourse.enums import SignalState
from coaching.recourse.models import SIGNAL_DATES
from coaching.recourse.services import confiding
from coaching.recourse.transitions import SIGNAL
from coaching.restitutions.enums import RestitutionState
from coaching.restitutions.transitions import RESTITUTION
from coaching.sessions.enums import SessionState
from coaching.sessions.models import SESSION_DATES
from coaching.sessions.transitions import SESSION
from contracts.enums import ContractState
from contracts.models import CONTRACT_DATES, Contract
from contracts.transitions import CONTRACT
from ethics.hours.enums import ImportState
from ethics.hours.transitions import IMPORT
from ethics.supervision.enums import PointState
from ethics.supervision.services import points
from ethics.supervision.transitions import POINT
from tests.contracts.helpers import contracting, enquiry
from tests.decisions.helpers import decide, suggest
from tests.hours.helpers import sent
from tests.restitutions.helpers import draft
from tests.sessions.helpers import active, plan

ROLES = ("coach", "coachee", "sponsor", "manager", "administrator", "signatory", "recourse", "system", "")
DAY = "2026-11-24T10:00Z"
DATES = {
    "mission": dict.fromkeys(
        ("opened_at", "activated_at", "paused_at", "refused_at", "stopped_at", "closed_at"), DAY
    ),
    "contract": dict.fromkeys((column for _state, column in CONTRACT_DATES), DAY),
    "signal": dict.fromkeys((column for _state, column in SIGNAL_DATES), DAY),
    "session": {**dict.fromkeys((column for _state, column in SESSION_DATES), DAY), "held_minutes": 60},
    "decision": {"closed_at": DAY},
    "point": {"treated_at": DAY},
    "hours_import": {"kept_at": DAY, "problem": "empty"},
    "suggestion": {"answered_at": DAY, "withdrawn_at": DAY},
    "restitution": {
        "approved_sha256": "0" * 64,
        **dict.fromkeys(("approved_at", "released_at", "withdrawn_at"), DAY),
    },
}
MACHINES = {
    "mission": (MISSION, MissionState.values),
    "contract": (CONTRACT, ContractState.values),
    "session": (SESSION, SessionState.values),
    "decision": (DECISION, DecisionState.values),
    "suggestion": (SUGGESTION, SuggestionState.values),
    "signal": (SIGNAL, SignalState.values),
    "point": (POINT, PointState.values),
    "hours_import": (IMPORT, ImportState.values),
    "restitution": (RESTITUTION, RestitutionState.values),
}
CASES = [
    (kind, state, arrow.name, role)
    for kind, (machine, states) in MACHINES.items()
    for state, arrow, role in itertools.product(states, machine.transitions, ROLES)
]


@pytest.fixture(scope="module")
def obj(world, django_db_blocker):
    """Made once: what a test does to it is taken back at its end."""
    with django_db_blocker.unblock():
        mission, contract = contracting(world)
        begun = active(world)
        session = plan(world, begun)
        confided = "Ce que je ne dis à personne."
        more = {
            "decision": decide(world, begun),
            "suggestion": suggest(world, begun),
            "restitution": draft(world, begun),
            "point": points.write(world.coach, "Pourquoi ai-je envie de le rassurer ?").point,
            "hours_import": sent(world),
            "signal": confiding.send(world.viewer("coachee", Portal.COACHEE), mission, confided),
        }
    return {"mission": mission, "contract": contract, "session": session, **more}


def who(world, role: str):
    """The hand that holds a role: the product itself for its own, the coach's for the others."""
    return system(world.practice.ref) if role == "system" else world.coach


@pytest.fixture
def open_gates(monkeypatch):
    """Every gate held: what is tested here is the table itself."""
    monkeypatch.setattr(
        gate_room, "_checks", {name: lambda _obj: GateResult(True) for name in gate_room._checks}
    )


@pytest.mark.parametrize(("kind", "state", "name", "role"), CASES)
def test_an_arrow_is_taken_exactly_when_the_table_says_so(
    world, obj, db, open_gates, kind, state, name, role
):
    machine, _states = MACHINES[kind]
    row, arrow = obj[kind], machine[name]
    type(row).unscoped.filter(pk=row.pk).update(state=state, **DATES[kind])
    before = Event.unscoped.count()

    def take():
        return perform(machine, row, name, who(world, role), roles=frozenset({role}), reason="Parce que.")

    if state in arrow.sources and role in arrow.roles:
        assert take().state == arrow.target
        assert Event.unscoped.count() == before + 1
    else:
        with pytest.raises(NotAllowedNow):
            take()
        assert type(row).unscoped.get(pk=row.pk).state == state
        assert Event.unscoped.count() == before


@pytest.mark.parametrize(
    ("kind", "arrow", "gate"),
    [(k, a.name, g.name) for k, (m, _s) in MACHINES.items() for a in m.transitions for g in a.gates],
)
def test_one_closed_gate_holds_the_arrow_back_and_judgement_passes_only_where_it_may(
    world, obj, db, monkeypatch, kind, arrow, gate
):
    machine, _states = MACHINES[kind]
    row, transition = obj[kind], machine[arrow]
    checks = {name: (lambda _o, held=name != gate: GateResult(held, "manque")) for name in gate_room._checks}
    monkeypatch.setattr(gate_room, "_checks", checks)
    type(row).unscoped.filter(pk=row.pk).update(state=next(iter(transition.sources)), **DATES[kind])
    roles = transition.roles
    hand = who(world, next(iter(roles)))
    with pytest.raises(GateClosed) as closed:
        perform(machine, row, arrow, hand, roles=roles, reason="r")
    assert [state.gate.name for state in closed.value.closed] == [gate]
    with pytest.raises(GateClosed):
        perform(machine, row, arrow, hand, roles=roles, reason="r", overrides={gate: "   "})
    overridable = next(g for g in transition.gates if g.name == gate).overridable
    if overridable:
        moved = perform(machine, row, arrow, hand, roles=roles, reason="r", overrides={gate: "Je juge que."})
        assert moved.state == transition.target
    else:
        with pytest.raises(GateClosed):
            perform(machine, row, arrow, hand, roles=roles, reason="r", overrides={gate: "Je juge que."})


def test_only_the_context_sheet_and_supervision_can_be_passed_on_judgement_on_the_way_to_the_contract():
    passed = {g.name for g in MISSION["open_contracting"].gates if g.overridable}
    assert passed == {"missions.context", "supervision.current"}
    assert {g.name for a in CONTRACT.transitions for g in a.gates if g.overridable} == {"contracts.answered"}


@pytest.mark.parametrize(
    ("kind", "arrow"), [("contract", "complete"), ("contract", "seal"), ("mission", "activate")]
)
def test_what_the_product_does_by_itself_is_done_by_nobody_who_claims_to_be_it(
    world, obj, db, open_gates, kind, arrow
):
    machine, _states = MACHINES[kind]
    row = obj[kind]
    type(row).unscoped.filter(pk=row.pk).update(state=next(iter(machine[arrow].sources)), **DATES[kind])
    with pytest.raises(NotAllowedNow):
        perform(machine, row, arrow, world.coach, roles=frozenset({"system"}))
    done = perform(machine, row, arrow, system(world.practice.ref), roles=frozenset({"system"}))
    event = Event.unscoped.filter(kind=f"{kind}.{arrow}").latest("number")
    assert (done.state, event.actor) == (machine[arrow].target, "system")


def test_a_sealed_contract_is_changed_and_deleted_by_nobody(world, obj, db):
    rows = Contract.unscoped.filter(pk=obj["contract"].pk)
    rows.update(state="sealed", **DATES["contract"])
    for act in (
        lambda: rows.update(state="draft"),
        lambda: rows.update(revision=9),
        lambda: rows._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            act()
    assert rows.get().state == "sealed"


def test_an_arrow_that_needs_a_reason_is_not_taken_without_one(world, obj, db):
    with pytest.raises(Invalid) as refused:
        perform(CONTRACT, obj["contract"], "withdraw", world.coach, roles=frozenset({"coach"}), reason=" ")
    assert refused.value.field == "reason"


def test_an_act_on_a_row_somebody_else_moved_meanwhile_is_stale(world, obj, db, open_gates, monkeypatch):
    from coaching.kernel import transitions

    row = obj["mission"]
    seen = Mission.unscoped.get(pk=row.pk)
    monkeypatch.setattr(transitions, "_lock", lambda _obj: seen)  # what a slower reader still believes
    Mission.unscoped.filter(pk=row.pk).update(state="refused", refused_at=DAY)
    with pytest.raises(Stale):
        perform(MISSION, row, "refuse", world.coach, roles=frozenset({"coach"}))
    assert Mission.unscoped.get(pk=row.pk).state == "refused"


def test_an_effect_that_fails_takes_state_and_event_back_with_it(world, obj, db, open_gates):
    row, before = obj["mission"], Event.unscoped.count()

    def fail(_current, _move):
        raise Invalid("non")

    with pytest.raises(Invalid):
        perform(MISSION, row, "refuse", world.coach, roles=frozenset({"coach"}), effects=fail)
    assert Mission.unscoped.get(pk=row.pk).state == "contracting"
    assert Event.unscoped.count() == before


@pytest.mark.parametrize("state", ["nowhere", "", "ACTIVE"])
@pytest.mark.parametrize("model", [Mission, Contract])
def test_the_database_refuses_a_state_that_is_in_no_table(world, obj, db, model, state):
    row = obj["mission" if model is Mission else "contract"]
    with pytest.raises(IntegrityError), transaction.atomic():
        model.unscoped.filter(pk=row.pk).update(state=state)


@pytest.mark.parametrize(
    ("kind", "state", "column"),
    [
        ("mission", "refused", "refused_at"),
        ("mission", "stopped", "stopped_at"),
        ("mission", "closed", "closed_at"),
        ("mission", "active", "opened_at"),
        ("mission", "active", "activated_at"),
        ("mission", "paused", "opened_at"),
        ("mission", "paused", "paused_at"),
        ("point", "treated", "treated_at"),
        ("hours_import", "kept", "kept_at"),
        ("restitution", "approved", "approved_at"),
        ("restitution", "released", "released_at"),
        ("restitution", "withdrawn", "withdrawn_at"),
        *(("signal", state.value, column) for state, column in SIGNAL_DATES),
        *(("contract", state.value, column) for state, column in CONTRACT_DATES),
    ],
)
def test_the_database_refuses_a_state_without_its_date(world, obj, db, kind, state, column):
    rows = type(obj[kind]).unscoped.filter(pk=obj[kind].pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**{**DATES[kind], "state": state, column: None})


@pytest.mark.parametrize(
    ("made", "message"),
    [
        ({"asked": False}, "demande"),
        ({"validated": False}, "validé"),
        ({"declared": False}, "conflit"),
    ],
)
def test_contracting_does_not_open_before_the_charter_allows(world, db, made, message):
    mission = enquiry(world, **made)
    with pytest.raises(GateClosed) as closed:
        life.open_contracting(world.coach, mission, {"missions.context": "Je connais la maison."})
    assert any(message in str(state.result.message) for state in closed.value.closed)
    assert Mission.unscoped.get(pk=mission.pk).state == "enquiry"


def test_a_gate_passed_on_judgement_is_written_down_with_its_article_and_reason(world, db):
    mission = enquiry(world)
    life.open_contracting(
        world.coach, mission, {"missions.context": "La maison m’est connue depuis dix ans."}
    )
    kept = Override.unscoped.get(mission=mission)
    assert (kept.article, kept.gate) == ("protection-organisations", "missions.context")
    event = Event.unscoped.filter(mission=mission.ref, kind="mission.open_contracting").get()
    assert event.data == {"to": "contracting", "overridden": ["missions.context"]}


def test_no_arrow_of_a_decision_is_anybody_elses_than_the_coachees():
    """Article « Responsabilité des décisions », in the table itself."""
    assert {role for arrow in DECISION.transitions for role in arrow.roles} == {"coachee"}
    assert "coach" not in SUGGESTION["adopt"].roles | SUGGESTION["decline"].roles


def test_no_restitution_is_approved_but_by_its_coachee_or_released_but_once_approved():
    """Article « Restitution au donneur d'ordre », in the table itself."""
    approving = {arrow.name for arrow in RESTITUTION.transitions if arrow.target == "approved"}
    releasing = {arrow.name for arrow in RESTITUTION.transitions if arrow.target == "released"}
    assert (approving, releasing) == ({"approve"}, {"release"})
    assert RESTITUTION["approve"].roles == frozenset({"coachee"})
    assert RESTITUTION["release"].sources == frozenset({"approved"})
