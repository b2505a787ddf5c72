"""The world of the rules, further on: a team whose framework stands, with an amendment to it and its coachees' adhesions."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from coaching.kernel.viewer import Portal
from coaching.missions.models import Mission, Seat
from coaching.missions.services import life, objectives, requests, seats
from contracts.access import clauses_of, terms_of
from contracts.models import Contract, ContractVersion
from contracts.services import amending, drafting, rounds
from tests.contracts.signing_helpers import sign_all
from tests.world import TABLE, World

OWN = ("coach", "coachee")  # what stands between one coachee and the coach
TERMS = {
    "sessions_count": 6, "session_minutes": 90, "rhythm": "une par mois", "starts_on": date(2027, 2, 1),
    "ends_on": date(2027, 8, 31), "places": "au cabinet", "media": ["on_site"], "fee_total": Decimal("1800"),
    "fee_schedule": "à la fin",
}  # fmt: skip


@dataclass
class Leaning:
    mission: Mission
    frame: Contract  # sealed
    amendment: ContractVersion  # to the framework, in review
    adhesion: Contract  # the coachee's, sealed
    adhesion_version: ContractVersion
    other: Contract  # the teammate's, a draft
    draft: Contract  # an amendment to the coachee's adhesion, being written


def extend(w: World) -> Leaning:
    mission = _mission(w)
    frame = _sealed(w, drafting.draft(w.coach, mission), terms=TERMS)
    _addresses(w, ("coach", "sponsor", "manager"), TABLE)
    mission.refresh_from_db()
    adhesion, other = amending.adhere(w.coach, mission)
    _reword(w, adhesion, "objectives", OWN)
    _reword(w, other, "objectives", ("coach",))
    adhesion = _sealed(w, adhesion)
    _addresses(w, OWN, OWN)
    return Leaning(
        mission=mission,
        frame=frame,
        amendment=_amendment(w, frame),
        adhesion=adhesion,
        adhesion_version=ContractVersion.unscoped.get(contract=adhesion),
        other=other,
        draft=_draft(w, adhesion),
    )


def _mission(w: World) -> Mission:
    title = w.plant("missions.Mission.title", *TABLE)
    mission = life.begin(w.coach, title=title, kind="team", organisation=w.organisation)
    for persona, role in (
        ("coachee", "coachee"),
        ("teammate", "coachee"),
        ("sponsor", "sponsor"),
        ("manager", "manager"),
    ):
        seats.add_seat(w.coach, mission, w.people[persona], role)
    asked = w.plant("missions.RequestVersion.text", *TABLE)
    requests.write_organisation_request(w.viewer("sponsor", Portal.ORGANISATION), mission, asked, based_on=0)
    for persona in ("coachee", "teammate"):
        _speak(w, mission, persona)
    objectives.save_objective(w.coach, mission, None, {"tag": "common", "title": "Décider ensemble"})
    life.declare_conflict(w.coach, mission, has_conflict=False, statement="")
    life.open_contracting(w.coach, mission, {"missions.context": "La maison m’est connue."})
    mission.refresh_from_db()
    return mission


def _speak(w: World, mission: Mission, persona: str) -> None:
    own, me = ("coach", persona), w.viewer(persona, Portal.COACHEE)
    seat = Seat.unscoped.get(mission=mission, person=w.people[persona])
    said = w.plant("vault.SealedText.ciphertext", *own)
    version = requests.write_coachee_request(me, mission, seat, said, based_on=0)
    shared = w.plant("missions.SharedWording.text", *own, "sponsor", "manager")
    requests.share_wording(me, mission, seat, shared)
    drafting.set_scope(me, mission, "sponsor", ["attendance", "means"])
    requests.validate_request(w.coach, mission, version, w.plant("missions.Validation.wording", *own))
    aim = w.plant("missions.Objective.title", *own)
    objectives.save_objective(me, mission, None, {"tag": "coachee", "title": aim}, seat=seat)


def _sealed(w: World, contract: Contract, *, terms: dict | None = None) -> Contract:
    if terms:
        drafting.save_terms(w.coach, contract, terms_of(w.coach, contract), terms)
    contract.refresh_from_db()
    w.share(contract)
    contract.refresh_from_db()
    signed = sign_all(rounds.open_round(w.coach, contract))
    w.seal(signed)
    return Contract.unscoped.select_related("mission", "seat").get(pk=contract.pk)


def _reword(w: World, contract: Contract, section: str, readers: tuple[str, ...]) -> None:
    clause = clauses_of(w.coach, contract).get(section=section)
    title = w.plant("contracts.ContractClause.title", *readers)
    body = f"{clause.body}\n\n{w.plant('contracts.ContractClause.body', *readers)}"
    drafting.save_clause(w.coach, contract, clause, title=title, body=body)


def _amendment(w: World, frame: Contract) -> ContractVersion:
    row = amending.amend(w.coach, frame)
    amending.save_purpose(w.coach, row, w.plant("contracts.Amendment.purpose", *TABLE))
    amending.change_terms(w.coach, row, {"sessions_count": 9})
    row.refresh_from_db()
    return w.share(row)


def _draft(w: World, adhesion: Contract) -> Contract:
    row = amending.amend(w.coach, adhesion)
    amending.save_purpose(w.coach, row, w.plant("contracts.Amendment.purpose", "coach"))
    amending.pick_clause(w.coach, row, "restitution")
    row.refresh_from_db()
    return row


def _addresses(w: World, signers: tuple[str, ...], readers: tuple[str, ...]) -> None:
    """The proof of signature carries the address of each signatory to whoever may open the sealed document."""
    for persona in signers:
        word = w.users[persona].email.partition("@")[0]
        if word in w.canaries:  # in a world told for the eye there is none
            path, known = w.canaries[word]
            w.canaries[word] = (path, known | set(readers))
