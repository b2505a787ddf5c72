"""Every page of the product, once: the book, the crawl and the journeys are made from this list.

It is derived from the addresses of the matrix: a page whose address stands there is here without another word. What is
not a page is named below with its reason, and ``tests/rules/test_pages.py`` holds that list to the truth.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.urls import reverse

from tests.rules.addresses import ADDRESSES, access_of, product_patterns
from tests.world import World

OWN_DATA = ("coach", "coachee", "organisation", "practice", "recourse")
NO_PAGE = {
    "manifest": "what a telephone is told of the product",
    "coach_sealed": "a document",
    "coachee_sealed": "a document",
    "organisation_sealed": "a document",
    "signing_pdf": "a document",
    "signing_link": "turns a link into a cookie and goes on",
    "coach_signing_progress": "a fragment of the page of a signing",
    "home": "sends each person to their first page",
    "health": "answers a supervisor of processes",
    "invitation_link": "turns a link into a cookie and goes on",
    "coach_version_pdf": "a document",
    "coachee_contract_pdf": "a document",
    "organisation_contract_pdf": "a document",
    "coach_contract_preview": "a document",
    "coach_information_pdf": "a document",
    "coach_withdrawal_pdf": "a document",
    "coachee_information_pdf": "a document",
    "coachee_withdrawal_pdf": "a document",
    "signing_information_pdf": "a document",
    "withdrawal_pdf": "a document",
    "coach_restitution_pdf": "a document",
    "coach_dossier": "a document",
    "coach_mission_dossier": "a document",
    "charter_translation": "for a practice that keeps the bundled text: tests/charter",
    "coachee_restitution_pdf": "a document",
    "organisation_restitution_pdf": "a document",
    "coach_shown_sheet_pdf": "a document",
    "coachee_sheet_pdf": "a document",
    "organisation_sheet_pdf": "a document",
    "coach_dossier_pdf": "a document",
    "coach_dossier_csv": "a file",
    "coach_proof": "a file",
    "coachee_proof": "a file",
    "organisation_proof": "a file",
    "coach_hours_csv": "a file",
    "coach_hours_xlsx": "a file",
    "coach_hours_letter_paper": "a document",
    "coach_hours_import_progress": "a fragment of the page of a file of hours",
    "coach_party_letter_pdf": "a document",
    "coachee_party_letter_pdf": "a document",
    "organisation_party_letter_pdf": "a document",
    "party_letter_pdf": "a document",
    "party_letter": "for the holder of a letter’s link alone; the portals have the same page",
    "party_letter_link": "turns a link into a cookie and goes on",
    "withdrawal": "for the holder of a letter’s link alone; the portal has the same page",
    "signing_information": "for the holder of a signing link alone; the portal has the same page",
    "signing_early_start": "for the holder of a signing link alone; the portal has the same page",
    "calendar_feed": "what a calendar program reads",
    **{f"{portal}_export_progress": "a fragment of the page of an archive" for portal in OWN_DATA},
    **{f"{portal}_export_download": "a file" for portal in OWN_DATA},
    "practice_register_pdf": "a document",
    "withdrawal_link": "turns a link into a cookie and goes on",
    "attestation_link": "turns a link into a cookie and goes on",
    "coach_supervision_pdf": "a document",
    "coach_supervision_year": "a document",
}
# Pages for whoever has opened the link of a letter, by how their names begin.
HOLDERS = {"signing": "holder", "attestation": "supervisor"}
SIGN_IN_WITHOUT_PAGE = {
    "account_confirm_login_code": "codes by mail are not offered",
    "account_set_password": "every account has a password: goes to the change of password",
    "mfa_download_recovery_codes": "a file",
    "mfa_reauthenticate_webauthn": "the same page as mfa_reauthenticate, or an answer for a script",
    "mfa_login_webauthn": "an answer for a script",
}
PEOPLE = {
    "coach": "coach",
    "coachee": "coachee",
    "organisation": "sponsor",
    "practice": "administrator",
    "recourse": "recourse",
}
# A page of the portal that another person has.
OTHERS = dict.fromkeys(("coach_offer", "coach_offer_take_up", "coach_offer_turn_down"), "colleague")
OTHERS["coach_sheet_unpublish"] = "coach_elsewhere"
# An address that shows its page at another moment of a mission's life than the main one's: see the states.
ELSEWHERE = {"first_run", "invitation", "coach_open_contracting"}


@dataclass(frozen=True)
class Page:
    """``path`` is opened in the house; then ``act`` is done there.

    "submit" sends the form as it stands but for what is ``typed``; "forge" sends it without its token; "late" sends it to
    ``sent_to``, as from a tab left open while things moved on.
    """

    name: str
    portal: str
    persona: str
    path: Callable[[World], str]
    status: int = 200
    act: str = ""
    typed: dict[str, str] = field(default_factory=dict, hash=False)
    sent_to: Callable[[World], str] | None = None


def _plain(name: str, portal: str, persona: str) -> Page:
    return Page(name, portal, persona, lambda w: reverse(name, kwargs=ADDRESSES[name].own(w)))


def main_pages() -> list[Page]:
    """One for each address of the matrix that shows a page."""
    found = []
    for name, pattern in product_patterns():
        if name not in ADDRESSES or name in NO_PAGE or name in ELSEWHERE:
            continue
        kind, portal = access_of(pattern)
        if kind == "acts":
            continue
        if portal is None:
            persona = next((who for start, who in HOLDERS.items() if name.startswith(start)), "coach")
            persona = (
                "anonymous" if persona == "coach" and "anonymous" in ADDRESSES[name].readers else persona
            )
            found.append(_plain(name, "public", persona))
        else:
            found.append(_plain(name, portal.value, OTHERS.get(name, PEOPLE[portal.value])))
    return found


def at(name: str, row: Callable[[World], dict] = lambda w: {}) -> Callable[[World], str]:
    return lambda w: reverse(name, kwargs=row(w))


def _sign_in(name: str, persona: str, row=lambda w: {}, **options) -> Page:
    return Page(name, "account", persona, at(name, row), **options)


SIGN_IN = [
    _sign_in("account_login", "anonymous"),
    _sign_in("account_signup", "anonymous"),
    _sign_in("account_inactive", "anonymous"),
    _sign_in("account_logout", "coach"),
    _sign_in("account_reauthenticate", "coach"),
    _sign_in("account_email", "coach"),
    _sign_in("account_email_verification_sent", "anonymous"),
    _sign_in("account_confirm_email", "anonymous", lambda w: {"key": w.extra["email_key"]}),
    _sign_in("account_change_password", "coach"),
    _sign_in("account_reset_password", "anonymous"),
    _sign_in("account_reset_password_done", "anonymous"),
    _sign_in("account_reset_password_from_key", "anonymous", lambda w: w.extra["reset_key"]),
    _sign_in("account_reset_password_from_key_done", "anonymous"),
    _sign_in("mfa_index", "guarded"),
    _sign_in("mfa_authenticate", "half_signed_in"),
    _sign_in("mfa_reauthenticate", "guarded"),
    _sign_in("mfa_activate_totp", "coach"),
    _sign_in("mfa_deactivate_totp", "guarded"),
    _sign_in("mfa_view_recovery_codes", "guarded"),
    _sign_in("mfa_generate_recovery_codes", "guarded"),
    _sign_in("mfa_list_webauthn", "keyholder"),
    _sign_in("mfa_add_webauthn", "guarded"),
    _sign_in("mfa_edit_webauthn", "keyholder", lambda w: {"pk": w.extra["passkey"]}),
    _sign_in("mfa_remove_webauthn", "keyholder", lambda w: {"pk": w.extra["passkey"]}),
    _sign_in("usersessions_list", "guarded"),
]


def _state(name: str, portal: str, persona: str, address: str, row=lambda w: {}, **options) -> Page:
    return Page(name, portal, persona, at(address, row), **options)


def _extra(key: str) -> Callable[[World], dict]:
    return lambda w: {"ref": w.extra[key].ref}


def _supervised(which: str) -> Callable[[World], dict]:
    return lambda w: {"ref": getattr(w.supervised, which).ref}


def _minuted(which: str) -> Callable[[World], dict]:
    return lambda w: {"ref": getattr(w.minuted, which).ref}


def _main(w: World) -> dict:
    return {"ref": w.mission.ref}


def _stopped(w: World) -> dict:
    return {"ref": w.ended.mine.mission.ref}


def _closed(w: World) -> dict:
    return {"ref": w.ended.closed.ref}


def _refused(w: World) -> dict:
    return {"ref": w.refused.ref}


def _enquiry(w: World) -> dict:
    return {"ref": w.enquiry.ref}


def _draft(w: World) -> dict:
    return {"ref": w.contract.ref}


def _nowhere(w: World) -> dict:
    return {"ref": "M-2222222222"}


def _through(eyes: str, row: Callable[[World], str], persona: str = "coachee") -> Page:
    """« Qui voit quoi » of one mission, through the eyes of one of its parties."""
    name = f"coachee_who_sees_what.{eyes}" if persona == "coachee" else f"coachee_who_sees_what.{persona}"
    path = lambda w: f"{reverse('coachee_who_sees_what')}?mission={row(w)}&as={eyes}"  # noqa: E731
    return Page(name, "coachee", persona, path)


STATES = [
    # doors
    _state("first_run", "public", "first", "first_run"),
    _state("first_run.errors", "public", "first", "first_run", status=422, act="submit"),
    _state("invitation.new", "public", "invited_anew", "invitation"),
    _state("invitation.errors", "public", "invited_anew", "invitation", status=422, act="submit"),
    _state("invitation.known", "public", "invited_again", "invitation"),
    _state("invitation.void", "public", "anonymous", "invitation", status=410),
    _state("no_seat", "public", "seatless", "home"),
    _state("login.errors", "account", "anonymous", "account_login", act="submit"),
    _state("reset.errors", "account", "anonymous", "account_reset_password", act="submit"),
    _state("mfa_index.nothing", "account", "coach", "mfa_index"),
    _state("mfa_authenticate.errors", "account", "half_signed_in", "mfa_authenticate", act="submit"),
    # errors
    _state("404.stranger", "errors", "anonymous", "mailbox_letter", _nowhere, status=404),
    _state("404.coach", "errors", "coach", "coach_mission", _nowhere, status=404),
    _state("403.late", "errors", "coach", "coach_seat_end", ADDRESSES["coach_seat_end"].own, status=403, act="late",
           sent_to=at("coach_seat_invite", ADDRESSES["coach_seat_invite"].own)),
    _state("403.forged", "errors", "anonymous", "account_login", status=403, act="forge"),
    Page("500", "errors", "anonymous", lambda w: "/broken/", status=500),
    # an empty practice
    _state("coach_home.empty", "coach", "newcomer", "coach_home"),
    _state("coach_missions.empty", "coach", "newcomer", "coach_missions"),
    _state("coach_clients.empty", "coach", "newcomer", "coach_clients"),
    _state("coach_contracts.empty", "coach", "newcomer", "coach_contracts"),
    _state("coach_qualifications.empty", "coach", "newcomer", "coach_qualifications"),
    _state("coach_activities.empty", "coach", "newcomer", "coach_activities"),
    _state("coach_sheet.empty", "coach", "newcomer", "coach_sheet"),
    _state("coach_supervision.empty", "coach", "newcomer", "coach_supervision"),
    _state("coach_hours.empty", "coach", "newcomer", "coach_hours"),
    _state("coach_hours_letters.empty", "coach", "newcomer", "coach_hours_letters"),
    _state("coach_hours_import.kept", "coach", "coach", "coach_hours_import", lambda w: {"ref": w.logged.kept.ref}),
    _state("coach_hours_import.unnamed", "coach", "coach", "coach_hours_import", lambda w: {"ref": w.logged.unnamed.ref}),
    _state("coach_hours_import_end.read", "coach", "coach", "coach_hours_import_end", lambda w: {"ref": w.logged.read.ref}),
    _state("coach_conformity.empty", "coach", "newcomer", "coach_conformity"),
    _state("practice_conformity.empty", "practice", "newcomer", "practice_conformity"),
    _state("coach_point_new.named", "coach", "coach", "coach_point_new", status=422, act="submit",
           typed={"text": "Je pense souvent à Inès Carpentier depuis notre séance."}),
    _state("coach_supervisions.empty", "coach", "newcomer", "coach_supervisions"),
    _state("coach_supervisors.empty", "coach", "newcomer", "coach_supervisors"),
    _state("coach_supervision_new.early", "coach", "coach", "coach_supervision_new", status=422, act="submit",
           typed={"held_on": "2999-01-01"}),
    _state("coach_supervision_session.contested", "coach", "coach", "coach_supervision_session", _supervised("contested")),
    _state("coach_supervision_session.asked", "coach", "coach", "coach_supervision_session", _supervised("asked")),
    _state("practice_home.empty", "practice", "newcomer", "practice_home"),
    _state("practice_missions.empty", "practice", "newcomer", "practice_missions"),
    _state("practice_contracts.empty", "practice", "newcomer", "practice_contracts"),
    # a mission's life
    _state("coach_open_contracting", "coach", "coach", "coach_open_contracting", _extra("english")),
    _state("coach_mission.enquiry", "coach", "coach", "coach_mission", _enquiry),
    _state("coach_mission.english", "coach", "coach", "coach_mission", _extra("english")),
    _state("coach_mission.in_review", "coach", "coach", "coach_mission", _extra("agreed")),
    _state("coach_mission_conformity.enquiry", "coach", "coach", "coach_mission_conformity", _enquiry),
    _state("coach_mission_conformity.refused", "coach", "coach", "coach_mission_conformity", _refused),
    _state("coach_mission.refused", "coach", "coach", "coach_mission", _refused),
    _state("coach_mission.stopped", "coach", "coach", "coach_mission", _stopped),
    _state("coachee_mission.stopped", "coachee", "coachee", "coachee_mission", _stopped),
    _state("organisation_mission.stopped", "organisation", "sponsor", "organisation_mission", _stopped),
    _state("coach_mission.closed", "coach", "coach", "coach_mission", _closed),
    _state("coachee_mission.closed", "coachee", "coachee", "coachee_mission", _closed),
    _state("organisation_mission.closed", "organisation", "sponsor", "organisation_mission", _closed),
    _state("coachee_look.closed", "coachee", "coachee", "coachee_look", _closed),
    _state("coach_contract.in_review", "coach", "coach", "coach_contract", _extra("sent")),
    _through("organisation", lambda w: w.signed.sealed.mission.ref),
    _through("manager", lambda w: w.mission.ref),
    _through("administrator", lambda w: w.signed.sealed.mission.ref),
    _through("organisation", lambda w: w.extra["agreed"].ref, "reader"),
    _state("coachee_home.new", "coachee", "reader", "coachee_home"),
    _state("coachee_mission.new", "coachee", "reader", "coachee_mission", _extra("english")),
    _state("coachee_request.new", "coachee", "reader", "coachee_request", _extra("english")),
    _state("coachee_mission.in_review", "coachee", "reader", "coachee_mission", _extra("agreed")),
    _state("coachee_mission.refused", "coachee", "coachee", "coachee_mission", _refused),
    _state("coachee_contract.english", "coachee", "reader", "coachee_contract", _extra("sent_version")),
    _state("organisation_mission.taken_down", "organisation", "buyer", "organisation_mission", _extra("english")),
    _state("organisation_request.taken_down", "organisation", "buyer", "organisation_request", _extra("english")),
    _state("organisation_mission.in_review", "organisation", "buyer", "organisation_mission", _extra("agreed")),
    _state("organisation_mission.refused", "organisation", "sponsor", "organisation_mission", _refused),
    _state("organisation_contract.english", "organisation", "buyer", "organisation_contract", _extra("sent_version")),
    _state("organisation_overview.told", "organisation", "overseer", "organisation_overview"),
    _state("organisation_overview.manager", "organisation", "manager", "organisation_overview"),
    _state("organisation_contracts.none", "organisation", "sponsor_elsewhere", "organisation_contracts"),
    # minutes further on, or not yet
    _state("coach_minutes.draft", "coach", "coach", "coach_minutes", _minuted("draft")),
    _state("coach_minutes.agreed", "coach", "coach", "coach_minutes", _minuted("agreed")),
    _state("coachee_minutes.agreed", "coachee", "coachee", "coachee_minutes", _minuted("agreed")),
    _state("coachee_minutes.reworded", "coachee", "coachee", "coachee_minutes", _minuted("turned")),
    _state("organisation_minutes.agreed", "organisation", "sponsor", "organisation_minutes", _minuted("agreed")),
    _state("coach_hold.held", "coach", "coach", "coach_hold", lambda w: {"ref": w.asked.held.ref}),
    # forms that were refused
    _state("coachee_correct.errors", "coachee", "coachee", "coachee_correct", ADDRESSES["coachee_correct"].own, status=422,
           act="submit"),
    _state("practice_retention.errors", "practice", "administrator", "practice_retention", status=422, act="submit",
           typed={"notes": "99"}),
    _state("coach_mission_new.errors", "coach", "coach", "coach_mission_new", status=422, act="submit",
           typed={"coachee_email": "pas une adresse"}),
    _state("coach_person_new.errors", "coach", "coach", "coach_person_new", status=422, act="submit",
           typed={"email": "pas une adresse"}),
    _state("coach_person.leaves", "coach", "coach", "coach_person", lambda w: {"ref": w.people["sponsor"].ref}, status=422,
           act="submit", typed={"organisation": ""}),
    _state("coach_organisation_new.errors", "coach", "coach", "coach_organisation_new", status=422, act="submit",
           typed={"siret": "902 107"}),
    _state("coach_declaration.errors", "coach", "coach", "coach_declaration", _main, status=422, act="submit"),
    _state("coach_refuse.errors", "coach", "coach", "coach_refuse", _enquiry, status=422, act="submit"),
    _state("coach_stop.errors", "coach", "coach", "coach_stop", ADDRESSES["coach_stop"].own, status=422, act="submit"),
    _state("organisation_stop.errors", "organisation", "sponsor", "organisation_stop", ADDRESSES["organisation_stop"].own,
           status=422, act="submit"),
    _state("coach_disclosure_new.errors", "coach", "coach", "coach_disclosure_new",
           ADDRESSES["coach_disclosure_new"].own, status=422, act="submit"),
    _state("coach_terms.errors", "coach", "coach", "coach_terms", _draft, status=422, act="submit",
           typed={"sessions_count": "-3", "starts_on": "", "fee_total": "-1"}),
    _state("coach_contract_withdraw.errors", "coach", "coach", "coach_contract_withdraw", _draft, status=422, act="submit"),
    _state("coach_hours_import_new.errors", "coach", "newcomer", "coach_hours_import_new", status=422, act="submit"),
    _state("coach_hours_letter_new.errors", "coach", "newcomer", "coach_hours_letter_new", status=422, act="submit"),
    _state("coach_qualifications.errors", "coach", "newcomer", "coach_qualifications", status=422, act="submit"),
    _state("coach_activities.errors", "coach", "newcomer", "coach_activities", status=422, act="submit",
           typed={"hours": "2,3", "held_on": "2199-01-01"}),
    _state("coach_minutes_write.errors", "coach", "coach", "coach_minutes_write",
           ADDRESSES["coach_minutes_write"].own, status=422, act="submit", typed={"text": " "}),
    _state("coachee_minutes_reword.errors", "coachee", "coachee", "coachee_minutes_reword", _minuted("turned"),
           status=422, act="submit", typed={"wording": " "}),
    _state("coachee_request.errors", "coachee", "reader", "coachee_request", _extra("english"), status=422, act="submit"),
    _state("organisation_request.errors", "organisation", "sponsor", "organisation_request", _main, status=422, act="submit",
           typed={"text": " "}),
    _state("practice_invite.errors", "practice", "administrator", "practice_invite", status=422, act="submit"),
    _state("practice_charter.errors", "practice", "administrator", "practice_charter", status=422, act="submit",
           typed={"text": "# Charte\n\n### Supervision\n\nUn seul article."}),
    _state("practice_charter_mapping.errors", "practice", "administrator", "practice_charter_mapping",
           ADDRESSES["practice_charter_mapping"].own, status=422, act="submit", typed={"article_2": "supervision"}),
    _state("practice_settings.errors", "practice", "administrator", "practice_settings", status=422, act="submit",
           typed={"siret": "902 107", "email": "pas une adresse"}),
]  # fmt: skip

PAGES: list[Page] = [*main_pages(), *SIGN_IN, *STATES]
PORTALS = ("public", "account", "coachee", "organisation", "coach", "practice", "recourse", "errors")
