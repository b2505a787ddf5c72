"""Every address of the product: who may open it, and on which row. An address that is missing here fails the matrix."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from coaching.accounts.models import Invitation, Membership
from coaching.consents.models import Consent
from coaching.kernel.viewer import Portal
from coaching.missions.models import Objective, Request, Seat
from coaching.outbox.models import Letter
from contracts.access import clauses_of
from contracts.models import Clause
from ethics.charter.models import CharterVersion
from ethics.development.models import Qualification
from tests.world import PERSONAS, World

ANYONE = frozenset({*PERSONAS, "anonymous"})
SIGNED_IN = frozenset(PERSONAS)
COACHES = frozenset({"coach", "colleague", "coach_elsewhere"})
COACHEES = frozenset({"coachee", "teammate"})
SPONSORS = frozenset({"sponsor", "manager", "sponsor_elsewhere"})
ADMINISTRATORS = frozenset({"coach", "administrator", "coach_elsewhere"})
COACH = frozenset({"coach"})
COLLEAGUE = frozenset({"colleague"})
COACHEE = frozenset({"coachee"})
SPONSOR = frozenset({"sponsor"})
HERE = frozenset({"sponsor", "manager"})  # the organisation's side of the main mission
RECOURSE = frozenset({"recourse"})
RUNS_IT = frozenset({"coach", "administrator"})

Own = Callable[[World], dict[str, str]]


@dataclass(frozen=True)
class Address:
    """``own`` gives the row in the words of the address; ``readers`` are those for whom it exists."""

    readers: frozenset[str]
    own: Own = lambda w: {}


def _mission(w: World) -> dict:
    return {"ref": w.mission.ref}


def _draft(w: World) -> dict:
    return {"ref": w.contract.ref}


def _version(w: World) -> dict:
    return {"ref": w.version.ref}


def _comment_of(persona: str) -> Own:
    return lambda w: {"ref": w.comments[persona].ref}


def _fees(w: World) -> dict:
    return {**_version(w), "place": "fees"}


def _seat(w: World) -> dict:
    return {**_mission(w), "seat_ref": Seat.unscoped.get(mission=w.mission, person=w.people["manager"]).ref}


def _request(w: World) -> dict:
    row = Request.unscoped.get(mission=w.mission, seat__person=w.people["coachee"])
    return {**_mission(w), "request_ref": row.ref}


def _objective(w: World) -> dict:
    row = Objective.unscoped.get(mission=w.mission, tag="coachee", seat__person=w.people["coachee"])
    return {**_mission(w), "objective_ref": row.ref}


def _common(w: World) -> dict:
    return {**_mission(w), "objective_ref": Objective.unscoped.get(mission=w.mission, tag="common").ref}


def _clause(w: World) -> dict:
    return {**_draft(w), "clause_ref": clauses_of(w.coach, w.contract).get(section="fees").ref}


def _library(w: World) -> dict:
    return {"ref": Clause.unscoped.filter(practice=w.practice).first().ref}


def _person(w: World) -> dict:
    return {"ref": w.people["coachee"].ref}


def _organisation(w: World) -> dict:
    return {"ref": w.organisation.ref}


def _qualification(w: World) -> dict:
    return {"ref": Qualification.unscoped.get(coach=w.users["coach"]).ref}


def _proof(w: World) -> dict:
    return {"ref": w.competence.proof.ref}


def _shared_proof(w: World) -> dict:
    return {**_mission(w), "proof_ref": w.competence.proof.ref}


def _activity(w: World) -> dict:
    return {"ref": w.competence.activity.ref}


def _shown_sheet(w: World) -> dict:
    return {"ref": w.competence.shown.ref}


def _member(w: World) -> dict:
    return {"ref": Membership.unscoped.get(user=w.users["colleague"]).ref}


def _invitation(w: World) -> dict:
    return {"ref": Invitation.unscoped.get(purpose="membership").ref}


def _charter(w: World) -> dict:
    return {"ref": CharterVersion.unscoped.filter(practice=w.practice).first().ref}


def _letter(w: World) -> dict:
    return {"ref": Letter.unscoped.first().ref}


def _out(w: World) -> dict:
    return {"ref": w.signed.out.contract.ref}


def _out_version(w: World) -> dict:
    return {"ref": w.signed.out.version.ref}


def _signatory(w: World) -> dict:
    return {**_out(w), "signatory_ref": w.signed.holder.ref}


def _sealed(w: World) -> dict:
    return {"ref": w.signed.sealed.ref}


def _sealed_version(w: World) -> dict:
    return {"ref": w.signed.version.ref}


def _given(which: str, **more: str) -> Own:
    return lambda w: {"ref": getattr(w.given_back, which).ref, **more}


def _asked(which: str, persona: str) -> Own:
    return lambda w: {"ref": getattr(w.asked, which)[persona].ref}


def _own_data(portal: str, readers: frozenset, asks: frozenset = frozenset(), persona: str = "") -> dict:
    """One's own data behind one portal; who ``asks`` has a row that a coach keeps of them."""
    found = {
        f"{portal}_{name}": Address(readers)
        for name in ("name", "export", "export_progress", "export_download")
    }
    if asks:
        found |= {
            f"{portal}_{name}": Address(asks, _asked("people", persona)) for name in ("correct", "erase")
        }
        found[f"{portal}_correction_withdraw"] = Address(asks, _asked("corrections", persona))
        found[f"{portal}_erasure_withdraw"] = Address(asks, _asked("erasures", persona))
    return found


def _handed(which: str) -> Own:
    return lambda w: {"ref": getattr(w.handed, which).ref}


def _consent(w: World) -> dict:
    rows = Consent.unscoped.filter(seat__mission=w.signed.sealed.mission, ended_at=None)
    return {"ref": rows.get(addressee="sponsor").ref}


def _live(w: World) -> dict:
    """A mission whose contract is sealed."""
    return {"ref": w.signed.sealed.mission.ref}


def _coming(w: World) -> dict:
    return {"ref": w.meetings.coming.ref}


def _overdue(w: World) -> dict:
    return {"ref": w.meetings.overdue.ref}


def _opening(w: World) -> dict:
    return {"ref": w.meetings.opening.ref}


def _day_off(w: World) -> dict:
    return {"ref": w.meetings.closed.ref}


def _held(w: World) -> dict:
    return {"ref": w.notes.held.ref}


def _note(w: World) -> dict:
    return {"ref": w.notes.note.ref}


def _point(w: World) -> dict:
    return {"ref": w.supervised.open.ref}


def _file(which: str) -> Own:
    return lambda w: {"ref": getattr(w.logged, which).ref}


def _verified(w: World) -> dict:
    return {"ref": w.logged.letter.ref}


def _brought(w: World) -> dict:
    return {"ref": w.supervised.brought.ref}


def _supervision(which: str) -> Own:
    return lambda w: {"ref": getattr(w.supervised, which).ref}


def _kept(w: World) -> dict:
    return {"ref": w.decided.kept.ref}


def _shared(w: World) -> dict:
    return {"ref": w.decided.shared.ref}


def _closed(w: World) -> dict:
    return {"ref": w.decided.closed.ref}


def _suggestion(w: World) -> dict:
    return {"ref": w.decided.suggestion.ref}


def _worked_on(w: World) -> dict:
    return {**_overdue(w), "objective_ref": w.decided.aim.ref}


def _measured(w: World) -> dict:
    return {**_live(w), "objective_ref": w.decided.aim.ref, "stage": "middle"}


def _minutes(w: World) -> dict:
    return {"ref": w.minuted.open.ref}


def _minutes_draft(w: World) -> dict:
    return {"ref": w.minuted.draft.ref}


def _other_help(w: World) -> dict:
    return {**_mission(w), "referral_ref": w.protected.referral.ref}


def _told(w: World) -> dict:
    return {"ref": w.disclosed.last.ref}


def _to_correct(w: World) -> dict:
    return {"ref": w.disclosed.mission.ref, "disclosure_ref": w.disclosed.last.ref}


def _coachee_seat(w: World) -> dict:
    return {**_mission(w), "seat_ref": w.protected.referral.seat.ref}


def _paused(w: World) -> dict:
    return {"ref": w.leaning.mission.ref, "seat_ref": w.protected.paused.ref}


def _signal(w: World) -> dict:
    return {"ref": w.protected.signal.ref}


def _running(w: World) -> dict:
    return {"ref": w.consumers.running.ref}


def _withdrawn(w: World) -> dict:
    return {"ref": w.consumers.withdrawn.ref}


def _frame(w: World) -> dict:
    return {"ref": w.leaning.frame.ref}


def _adhesion(w: World) -> dict:
    return {"ref": w.leaning.adhesion.ref}


def _team(w: World) -> dict:
    return {"ref": w.leaning.mission.ref}


def _amending(w: World) -> dict:
    return {"ref": w.leaning.draft.ref}


def _ended(which: str) -> Own:
    return lambda w: {"ref": getattr(w.ended, which).ref}


def _left(w: World) -> dict:
    return {"ref": w.ended.left.mission.ref, "termination_ref": w.ended.left.ref}


def _amended_clause(w: World) -> dict:
    return {**_amending(w), "clause_ref": clauses_of(w.coach, w.leaning.draft).get().ref}


ADDRESSES: dict[str, Address] = {
    # the public doors; what stands behind them is tested with the doors themselves
    "home": Address(ANYONE),
    "first_run": Address(frozenset()),
    "health": Address(ANYONE),
    "manifest": Address(ANYONE),
    "design": Address(ANYONE),  # on a person's own machine; elsewhere members alone: tests/home
    "mailbox": Address(ANYONE),
    "mailbox_letter": Address(ANYONE, _letter),
    "verify": Address(ANYONE),
    "charter": Address(ANYONE),
    "public_sheet": Address(ANYONE, lambda w: {"ref": w.competence.public.ref}),
    "charter_acknowledge": Address(SIGNED_IN),
    "charter_changes": Address(SIGNED_IN),
    "charter_translation": Address(frozenset()),  # where a practice keeps the bundled text: tests/charter
    "invitation_link": Address(ANYONE, lambda w: {"token": "never-made"}),
    "invitation": Address(ANYONE),
    "signing_link": Address(ANYONE, lambda w: {"token": "never-made"}),
    "signing": Address(ANYONE),
    "signing_pdf": Address(ANYONE),
    "signing_proceed": Address(ANYONE),
    "signing_give": Address(ANYONE),
    "signing_decline": Address(ANYONE),
    "attestation_link": Address(ANYONE, lambda w: {"token": "never-made"}),
    "attestation": Address(ANYONE),
    "attestation_contest": Address(ANYONE),
    "keep_form": Address(SIGNED_IN),
    "signing_information": Address(ANYONE),
    "signing_information_pdf": Address(ANYONE),
    "signing_early_start": Address(ANYONE),
    "withdrawal_link": Address(frozenset(), lambda w: {"token": "never-made"}),
    "withdrawal": Address(frozenset()),
    "withdrawal_pdf": Address(frozenset()),
    "party_letter_link": Address(frozenset(), lambda w: {"token": "never-made"}),
    "party_letter": Address(frozenset()),
    "party_letter_pdf": Address(frozenset()),
    "party_letter_acknowledge": Address(frozenset()),
    "take_seat": Address(SIGNED_IN),
    "preferences": Address(SIGNED_IN),
    "choose_language": Address(ANYONE),
    # one's own calendar; its address is for whoever holds it: tests/calendar
    "my_calendar": Address(SIGNED_IN),
    "calendar_link": Address(SIGNED_IN),
    "calendar_revoke": Address(SIGNED_IN),
    "calendar_feed": Address(frozenset(), lambda w: {"token": "never-made"}),
    # one's own key: each person's alone, whatever their role
    "unlock": Address(SIGNED_IN),
    "unlock_code": Address(SIGNED_IN),
    "key": Address(SIGNED_IN),
    "key_code": Address(SIGNED_IN),
    "key_code_confirm": Address(SIGNED_IN),
    "key_code_later": Address(SIGNED_IN),
    "key_replace": Address(SIGNED_IN),
    "key_lost": Address(SIGNED_IN),
    # coach
    "coach_home": Address(COACHES),
    "coach_missions": Address(COACHES),
    "coach_mission_new": Address(COACHES),
    "coach_draft": Address(COACH, lambda w: {"ref": w.mission_draft.ref, "step": "payer"}),
    "coach_draft_discard": Address(COACH, lambda w: {"ref": w.mission_draft.ref}),
    "coach_mission": Address(COACH, _mission),
    "coach_remind": Address(COACH, _mission),
    "coach_seat_new": Address(COACH, _mission),
    "coach_seat_invite": Address(COACH, _seat),
    "coach_seat_end": Address(COACH, _seat),
    "coach_request": Address(COACH, _request),
    "coach_request_validate": Address(COACH, _request),
    "coach_objective_new": Address(COACH, _mission),
    "coach_objective": Address(COACH, _objective),
    "coach_objective_remove": Address(COACH, _objective),
    "coach_declaration": Address(COACH, _mission),
    "coach_balance": Address(COACH, _mission),
    "coach_open_contracting": Address(COACH, _mission),
    "coach_refuse": Address(COACH, _mission),
    "coach_stop": Address(COACH, _live),
    "coach_stop_words": Address(COACH, _left),
    "coach_close": Address(COACH, _live),
    "coach_close_prepare": Address(COACH, _live),
    "coach_answers": Address(COACH, _ended("closed")),
    "coach_party_letter": Address(COACH, _ended("mine")),
    "coach_party_letter_pdf": Address(COACH, _ended("mine")),
    "coach_pace": Address(COACH, _team),
    "coach_pause": Address(COACH, _coachee_seat),
    "coach_resume": Address(COACH, _paused),
    "coach_referral_new": Address(COACH, _coachee_seat),
    "coach_referral": Address(COACH, _other_help),
    "coach_openings": Address(COACH, _mission),
    "coach_data": Address(COACHES),
    **_own_data("coach", COACHES),
    "coach_data_requests": Address(COACHES),
    "coach_correction": Address(COACH, _asked("corrections", "coachee")),
    "coach_erasure": Address(COACH, _asked("erasures", "coachee")),
    "coach_hold": Address(COACH, _mission),
    "coach_hold_lift": Address(COACH, lambda w: {"ref": w.asked.held.ref}),
    "coach_disclosures": Address(COACH, lambda w: {"ref": w.disclosed.mission.ref}),
    "coach_disclosure_new": Address(COACH, _coachee_seat),
    "coach_disclosure_correct": Address(COACH, _to_correct),
    "coach_sessions": Address(COACHES),
    "coach_session_new": Address(COACH, _live),
    "coach_session": Address(COACH, _overdue),
    "coach_session_edit": Address(COACH, _coming),
    "coach_session_hold": Address(COACH, _overdue),
    "coach_session_miss": Address(COACH, _overdue),
    "coach_session_cancel": Address(COACH, _coming),
    "coach_calendar": Address(COACHES),
    "coach_opening": Address(COACHES),
    "coach_opening_new": Address(COACHES),
    "coach_opening_edit": Address(COACH, _opening),
    "coach_opening_remove": Address(COACH, _opening),
    "coach_closed_new": Address(COACHES),
    "coach_closed_remove": Address(COACH, _day_off),
    "coach_booking_rules": Address(COACHES),
    "coach_notes": Address(COACHES),
    "coach_note": Address(COACH, _note),
    "coach_note_edit": Address(COACH, _note),
    "coach_note_save": Address(COACH, _note),
    "coach_note_erase": Address(COACH, _note),
    "coach_note_version": Address(COACH, lambda w: {**_note(w), "number": 1}),
    "coach_supervision": Address(COACHES),
    "coach_point_new": Address(COACHES),
    "coach_point_from_note": Address(COACH, _note),
    "coach_point": Address(COACH, _point),
    "coach_point_edit": Address(COACH, _point),
    "coach_point_brought": Address(COACH, _point),
    "coach_point_reopen": Address(COACH, _brought),
    "coach_point_remove": Address(COACH, _point),
    "coach_supervision_rule": Address(COACHES),
    "coach_supervisors": Address(COACHES),
    "coach_supervisor_new": Address(COACHES),
    "coach_supervisor": Address(COACH, _supervision("supervisor")),
    "coach_supervisor_end": Address(COACH, _supervision("supervisor")),
    "coach_supervision_year_make": Address(COACHES),
    "coach_supervision_year": Address(COACH, _supervision("year")),
    "coach_supervisions": Address(COACHES),
    "coach_supervision_new": Address(COACHES),
    "coach_supervision_session": Address(COACH, _supervision("attested")),
    "coach_supervision_edit": Address(COACH, _supervision("recorded")),
    "coach_supervision_learning": Address(COACH, _supervision("attested")),
    "coach_supervision_ask": Address(COACH, _supervision("recorded")),
    "coach_supervision_drop": Address(COACH, _supervision("recorded")),
    "coach_supervision_pdf": Address(COACH, _supervision("attested")),
    "coach_hours": Address(COACHES),
    "coach_hours_progress": Address(COACHES),
    "coach_hours_csv": Address(COACHES),
    "coach_hours_xlsx": Address(COACHES),
    "coach_hours_import_new": Address(COACHES),
    "coach_hours_import": Address(COACH, _file("read")),
    "coach_hours_import_progress": Address(COACH, _file("read")),
    "coach_hours_columns": Address(COACH, _file("unnamed")),
    "coach_hours_import_keep": Address(COACH, _file("read")),
    "coach_hours_import_end": Address(COACH, _file("kept")),
    "coach_hours_letters": Address(COACHES),
    "coach_hours_letter_new": Address(COACHES),
    "coach_hours_letter": Address(COACH, _verified),
    "coach_hours_letter_paper": Address(COACH, _verified),
    "coach_hours_letter_remove": Address(COACH, _verified),
    "coach_session_note": Address(COACH, _held),
    "coach_mission_note": Address(COACH, _live),
    "coach_session_summary": Address(COACH, _held),
    "coach_consents": Address(COACH, _live),
    "coach_register": Address(COACHES),
    "coach_restitutions": Address(COACH, _live),
    "coach_restitution_new": Address(COACH, _live),
    "coach_restitution": Address(COACH, _given("proposed")),
    "coach_restitution_edit": Address(COACH, _given("draft")),
    "coach_restitution_release": Address(COACH, _given("approved")),
    "coach_restitution_pdf": Address(COACH, lambda w: {"ref": w.given_back.read.restitution.ref}),
    "coach_restitution_move": Address(COACH, _given("draft", name="propose")),
    "coach_handover_new": Address(COACH, _coachee_seat),
    "coach_handover": Address(COACH, _handed("proposed")),
    "coach_handover_withdraw": Address(COACH, _handed("proposed")),
    "coach_offers": Address(COACHES),
    "coach_offer": Address(COLLEAGUE, _handed("offered")),
    "coach_offer_take_up": Address(COLLEAGUE, _handed("offered")),
    "coach_offer_turn_down": Address(COLLEAGUE, _handed("offered")),
    "coach_decisions": Address(COACH, _live),
    "coach_suggestion_new": Address(COACH, _live),
    "coach_suggestion_withdraw": Address(COACH, _suggestion),
    "coach_progress": Address(COACH, _live),
    "coach_means": Address(COACH, _worked_on),
    "coach_means_remove": Address(COACH, _worked_on),
    "coach_minutes_write": Address(COACH, lambda w: {"ref": w.minuted.open.session.ref}),
    "coach_minutes": Address(COACH, _minutes),
    "coach_minutes_propose": Address(COACH, _minutes_draft),
    "coach_minutes_set_aside": Address(COACH, _minutes_draft),
    "coach_balance_view": Address(COACH, _live),
    "coach_clients": Address(COACHES),
    "coach_organisation_new": Address(COACHES),
    "coach_organisation": Address(COACH, _organisation),
    "coach_organisation_context": Address(COACH, _organisation),
    "coach_person_new": Address(COACHES),
    "coach_person": Address(COACH, _person),
    "coach_contract_draft": Address(COACH, _mission),
    "coach_contracts": Address(COACHES),
    "coach_clause_preview": Address(COACHES),
    "coach_library": Address(COACHES),
    "coach_library_clause": Address(frozenset({"coach", "colleague"}), _library),
    "coach_version": Address(COACH, _version),
    "coach_version_pdf": Address(COACH, _version),
    "coach_changes": Address(COACH, _version),
    "coach_draft_changes": Address(COACH, _draft),
    "coach_comment_answer": Address(COACH, _comment_of("coachee")),
    "coach_contract": Address(COACH, _draft),
    "coach_terms": Address(COACH, _draft),
    "coach_clause": Address(COACH, _clause),
    "coach_contract_preview": Address(COACH, _draft),
    "coach_contract_share": Address(COACH, _draft),
    "coach_contract_revise": Address(COACH, _draft),
    "coach_contract_withdraw": Address(COACH, _draft),
    "coach_signing": Address(COACH, _out),
    "coach_signing_open": Address(COACH, _out),
    "coach_signing_progress": Address(COACH, _out),
    "coach_signing_remind": Address(COACH, _out),
    "coach_seal_again": Address(COACH, _out),
    "coach_signatory": Address(COACH, _signatory),
    "coach_sign": Address(COACH, _out),
    "coach_sign_proceed": Address(COACH, _out),
    "coach_sealed": Address(COACH, _sealed),
    "coach_consumer": Address(COACH, _running),
    "coach_information_pdf": Address(COACH, _running),
    "coach_withdrawal_pdf": Address(COACH, _withdrawn),
    "coach_standing": Address(COACH, _frame),
    "coach_amend": Address(COACH, _frame),
    "coach_amendment_purpose": Address(COACH, _amending),
    "coach_amendment_pick": Address(COACH, _amending),
    "coach_amendment_charter": Address(COACH, _amending),
    "coach_amendment_leave": Address(COACH, _amended_clause),
    "coach_adhesions": Address(COACH, _team),
    "coach_adhesions_make": Address(COACH, _team),
    "coach_adhesions_send": Address(COACH, _team),
    "coach_conformity": Address(COACHES),
    "coach_conformity_count": Address(COACHES),
    "coach_overrides": Address(COACHES),
    "coach_dossier": Address(COACHES),
    "coach_mission_conformity": Address(COACH, _live),
    "coach_mission_dossier": Address(COACH, _live),
    "coach_qualifications": Address(COACHES),
    "coach_qualification": Address(COACH, _qualification),
    "coach_qualification_remove": Address(COACH, _qualification),
    "coach_proof": Address(COACH, _proof),
    "coach_proof_remove": Address(COACH, _proof),
    "coach_proof_share": Address(COACH, _proof),
    "coach_activities": Address(COACHES),
    "coach_dossier_pdf": Address(COACHES),
    "coach_dossier_csv": Address(COACHES),
    "coach_activity": Address(COACH, _activity),
    "coach_activity_proof": Address(COACH, _activity),
    "coach_activity_remove": Address(COACH, _activity),
    "coach_sheet": Address(COACHES),
    "coach_sheet_publish": Address(COACHES),
    "coach_sheet_unpublish": Address(frozenset({"coach_elsewhere"})),
    "coach_shown_sheet": Address(COACH, _shown_sheet),
    "coach_shown_sheet_pdf": Address(COACH, _shown_sheet),
    # coachee
    "coachee_home": Address(COACHEES),
    "coachee_who_sees_what": Address(COACHEES),
    "coachee_data": Address(COACHEES),
    **_own_data("coachee", COACHEES, COACHEE, "coachee"),
    "coachee_mission": Address(COACHEES, _mission),
    "coachee_coach": Address(COACHEES, _mission),
    "coachee_sheet_ask": Address(COACHEES, _mission),
    "coachee_proof": Address(COACHEES, _shared_proof),
    "coachee_sheet": Address(COACHEE, _shown_sheet),
    "coachee_sheet_pdf": Address(COACHEE, _shown_sheet),
    "coachee_request": Address(COACHEES, _mission),
    "coachee_request_confirm": Address(COACHEES, _mission),
    "coachee_wording": Address(COACHEES, _mission),
    "coachee_wording_withdraw": Address(COACHEES, _mission),
    "coachee_stop": Address(COACHEE, _live),
    "coachee_stop_words": Address(COACHEE, _left),
    "coachee_look": Address(COACHEE, _live),
    "coachee_look_at": Address(COACHEE, lambda w: {**_live(w), "objective_ref": w.decided.aim.ref}),
    "coachee_satisfaction": Address(COACHEE, _ended("closed")),
    "coachee_party_letter": Address(COACHEE, _ended("mine")),
    "coachee_party_letter_acknowledge": Address(COACHEE, _ended("mine")),
    "coachee_party_letter_pdf": Address(COACHEE, _ended("mine")),
    "coachee_pace": Address(COACHEES, _team),
    "coachee_pause": Address(COACHEE, _live),
    "coachee_resume": Address(COACHEES, _team),
    "coachee_referral": Address(COACHEE, _other_help),
    "coachee_disclosure": Address(COACHEE, _told),
    "coachee_recourse": Address(COACHEES),
    "coachee_signal_new": Address(COACHEES, _mission),
    "coachee_signal": Address(COACHEE, _signal),
    "coachee_signal_withdraw": Address(COACHEE, _signal),
    "coachee_signal_again": Address(COACHEE, _signal),
    "coachee_objective_new": Address(COACHEES, _mission),
    "coachee_objective": Address(COACHEE, _objective),
    "coachee_objective_remove": Address(COACHEE, _objective),
    "coachee_contract": Address(COACHEES, _version),
    "coachee_contract_read": Address(COACHEES, _version),
    "coachee_contract_pdf": Address(COACHEES, _version),
    "coachee_changes": Address(COACHEES, _version),
    "coachee_fine": Address(COACHEES, _version),
    "coachee_comment": Address(COACHEES, _fees),
    "coachee_comment_withdraw": Address(COACHEES, _comment_of("coachee")),
    "coachee_sign": Address(COACHEE, _out_version),
    "coachee_sign_proceed": Address(COACHEE, _out_version),
    "coachee_decline": Address(COACHEE, _out_version),
    "coachee_sessions": Address(COACHEES),
    "coachee_session": Address(COACHEE, _coming),
    "coachee_session_summary": Address(COACHEE, _held),
    "coachee_session_confirm": Address(COACHEE, _coming),
    "coachee_session_cancel": Address(COACHEE, _coming),
    "coachee_consents": Address(COACHEE, _live),
    "coachee_restitutions": Address(COACHEES),
    "coachee_restitution": Address(COACHEE, _given("proposed")),
    "coachee_restitution_amend": Address(COACHEE, _given("proposed")),
    "coachee_restitution_approve": Address(COACHEE, _given("proposed")),
    "coachee_restitution_ask": Address(COACHEE, _given("proposed")),
    "coachee_restitution_pdf": Address(COACHEE, lambda w: {"ref": w.given_back.read.restitution.ref}),
    "coachee_restitution_move": Address(COACHEE, _given("approved", name="unapprove")),
    "coachee_handover": Address(COACHEE, _handed("proposed")),
    "coachee_handover_agree": Address(COACHEE, _handed("proposed")),
    "coachee_handover_decline": Address(COACHEE, _handed("proposed")),
    "coachee_consent_give": Address(COACHEE, lambda w: {**_live(w), "addressee": "sponsor"}),
    "coachee_consent_withdraw": Address(COACHEE, _consent),
    "coachee_consent_listing": Address(COACHEE, _live),
    "coachee_decisions": Address(COACHEES),
    "coachee_decision_new": Address(COACHEE, _live),
    "coachee_decision": Address(COACHEE, _shared),
    "coachee_decision_edit": Address(COACHEE, _kept),
    "coachee_decision_close": Address(COACHEE, _kept),
    "coachee_decision_reopen": Address(COACHEE, _closed),
    "coachee_decision_share": Address(COACHEE, _kept),
    "coachee_decision_keep": Address(COACHEE, _shared),
    "coachee_decision_remind": Address(COACHEE, _kept),
    "coachee_suggestion_adopt": Address(COACHEE, _suggestion),
    "coachee_suggestion_decline": Address(COACHEE, _suggestion),
    "coachee_progress": Address(COACHEE, _live),
    "coachee_measure": Address(COACHEE, _measured),
    "coachee_minutes": Address(COACHEE, _minutes),
    "coachee_minutes_approve": Address(COACHEE, _minutes),
    "coachee_minutes_reword": Address(COACHEE, _minutes),
    "coachee_balance": Address(COACHEE, _live),
    "coachee_book": Address(COACHEE, _live),
    "coachee_sealed": Address(COACHEE, _sealed_version),
    "coachee_information": Address(COACHEE, _running),
    "coachee_information_pdf": Address(COACHEE, _running),
    "coachee_early_start": Address(COACHEE, _running),
    "coachee_withdrawal": Address(COACHEE, _running),
    "coachee_withdrawal_pdf": Address(COACHEE, _withdrawn),
    "coachee_standing": Address(COACHEE, _adhesion),  # one's own: a teammate finds nothing there
    "coachee_kept": Address(COACHEES, _team),
    "coachee_scope": Address(COACHEES, lambda w: {**_mission(w), "addressee": "sponsor"}),
    # organisation
    "organisation_restitutions": Address(SPONSORS),
    "organisation_restitution": Address(SPONSOR, _given("read")),
    "organisation_restitution_open": Address(SPONSOR, _given("unread")),
    "organisation_restitution_pdf": Address(SPONSOR, _given("read")),
    "organisation_overview": Address(SPONSORS),
    "organisation_data": Address(SPONSORS),
    **_own_data("organisation", SPONSORS, SPONSOR, "sponsor"),
    "organisation_home": Address(SPONSORS),
    "organisation_mission": Address(HERE, _mission),
    "organisation_coach": Address(HERE, _mission),
    "organisation_sheet_ask": Address(HERE, _mission),
    "organisation_proof": Address(HERE, _shared_proof),
    "organisation_sheet": Address(SPONSOR, lambda w: {"ref": w.competence.shown_there.ref}),
    "organisation_sheet_pdf": Address(SPONSOR, lambda w: {"ref": w.competence.shown_there.ref}),
    "organisation_stop": Address(SPONSOR, _live),
    "organisation_party_letter": Address(SPONSOR, _ended("theirs")),
    "organisation_party_letter_acknowledge": Address(SPONSOR, _ended("theirs")),
    "organisation_party_letter_pdf": Address(SPONSOR, _ended("theirs")),
    "organisation_request": Address(HERE, _mission),
    "organisation_request_confirm": Address(HERE, _mission),
    "organisation_contracts": Address(SPONSORS),
    "organisation_standing": Address(HERE, _frame),
    "organisation_contract": Address(HERE, _version),
    "organisation_contract_read": Address(HERE, _version),
    "organisation_contract_pdf": Address(HERE, _version),
    "organisation_changes": Address(HERE, _version),
    "organisation_fine": Address(HERE, _version),
    "organisation_comment": Address(HERE, _fees),
    "organisation_comment_withdraw": Address(HERE, _comment_of("sponsor")),
    "organisation_sign": Address(SPONSOR, _out_version),
    "organisation_sign_proceed": Address(SPONSOR, _out_version),
    "organisation_decline": Address(SPONSOR, _out_version),
    "organisation_sealed": Address(SPONSOR, _sealed_version),
    "organisation_minutes": Address(SPONSOR, _minutes),
    "organisation_minutes_approve": Address(SPONSOR, _minutes),
    "organisation_minutes_reword": Address(SPONSOR, _minutes),
    "organisation_balance": Address(HERE, _mission),
    "organisation_kept": Address(HERE, _mission),
    # practice
    "practice_home": Address(ADMINISTRATORS),
    "practice_invite": Address(ADMINISTRATORS),
    "practice_invitation_revoke": Address(RUNS_IT, _invitation),
    "practice_member_end": Address(RUNS_IT, _member),
    "practice_settings": Address(ADMINISTRATORS),
    "practice_supervision": Address(ADMINISTRATORS),
    "practice_supervision_rule": Address(ADMINISTRATORS),
    "practice_hours": Address(ADMINISTRATORS),
    "practice_recourse": Address(ADMINISTRATORS),
    "practice_recourse_ask": Address(ADMINISTRATORS),
    "practice_recourse_end": Address(RUNS_IT, lambda w: {"ref": w.protected.person.ref}),
    "practice_missions": Address(ADMINISTRATORS),
    "practice_charter": Address(ADMINISTRATORS),
    "practice_charter_version": Address(RUNS_IT, _charter),
    "practice_charter_mapping": Address(RUNS_IT, _charter),
    "practice_conformity": Address(ADMINISTRATORS),
    "practice_conformity_count": Address(ADMINISTRATORS),
    "practice_conformity_missions": Address(ADMINISTRATORS),
    "practice_overrides": Address(ADMINISTRATORS),
    "practice_clauses": Address(ADMINISTRATORS),
    "practice_clause": Address(RUNS_IT, _library),
    "practice_contracts": Address(ADMINISTRATORS),
    "practice_retention": Address(ADMINISTRATORS),
    "practice_purge": Address(ADMINISTRATORS),
    "practice_erasures": Address(ADMINISTRATORS),
    "practice_register": Address(ADMINISTRATORS),
    "practice_register_pdf": Address(ADMINISTRATORS),
    "practice_data": Address(ADMINISTRATORS),
    **_own_data("practice", ADMINISTRATORS),
    "practice_journal": Address(ADMINISTRATORS),
    "practice_journal_verify": Address(ADMINISTRATORS),
    "practice_seal": Address(ADMINISTRATORS),
    "practice_seal_replace": Address(ADMINISTRATORS),
    # the recourse person: what was written to them, and nothing else of a mission
    "recourse_home": Address(RECOURSE),
    "recourse_data": Address(RECOURSE),
    **_own_data("recourse", RECOURSE),
    "recourse_signal": Address(RECOURSE, _signal),
    "recourse_acknowledge": Address(RECOURSE, _signal),
    "recourse_handle": Address(RECOURSE, _signal),
}
LIBRARY = ("account_", "mfa_", "usersessions_")  # sign-in, by a library: tests/accounts


def product_patterns() -> Iterator[tuple[str, URLPattern]]:
    """Name and pattern of every address but the sign-in library's."""
    for pattern in walk():
        if not (pattern.name or "").startswith(LIBRARY):
            yield pattern.name, pattern


def walk(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    """Every address there is, the sign-in library's among them."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from walk(pattern)
        else:
            yield pattern


def access_of(pattern: URLPattern) -> tuple[str, Portal | None]:
    """What the view says of itself: ("reads" | "acts" | "edits", portal)."""
    return pattern.callback.access


__all__ = ["ADDRESSES", "ANYONE", "Address", "access_of", "product_patterns", "walk"]
