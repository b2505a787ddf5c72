"""Every form × every field × bad values: a clear answer, what was typed kept, never a 500."""

import html

import pytest
from django.db import transaction
from django.urls import reverse

from coaching.clients.models import Organisation, Person
from coaching.missions.models import Mission, Request, Seat
from contracts.models import ContractClause
from ethics.hours.credentials import presets
from tests.rules.addresses import ADDRESSES, access_of, product_patterns

PATTERNS = dict(product_patterns())
HUGE = "é" * 200_000
BAD = (
    "",
    HUGE,
    "a\x00b",
    "-1",
    "9" * 60,
    "NaN",
    "2026-13-45",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "\u202emorf ti daer\u202c 😀",
    "[" * 2000 + "> " * 300,
    "%s %(name)s {0} {{ 7|add:7 }} [[coach.name]] [[nobody.knows]]",
    ["a", "b"],
)
TEXT = "Un texte tout à fait convenable."
PERSON = {"name": "Zoé Petit", "email": "zoe@canary.test", "language": "fr", "phone": "", "job_title": "", "organisation": "", "address": "", "registration": ""}  # fmt: skip
ORGANISATION = {"name": "Une maison", "legal_form": "SAS", "siret": "", "vat_number": "", "address": "", "represented_by": "", "representative_role": ""}  # fmt: skip
TERMS = {
    "sessions_count": "8", "session_minutes": "90", "rhythm": "r", "starts_on": "2027-01-11", "ends_on": "2027-06-30",
    "places": "p", "media": "on_site", "between_sessions": "", "notice_hours": "48", "fee_total": "3600", "fee_schedule": "s",
    "payment_days": "30", "session_dates_shared": "",
}  # fmt: skip
SIGN = {"consent": "on", "typed_name": "Zoé L’Hérault", "code": "123456", "ask": "email"}
OBJECTIVE = {"tag": "common", "title": "Un but", "indicator": "", "baseline": "", "target": "", "seat": ""}
WHEN = {
    "day": "2027-02-01", "time": "10:00", "minutes": "90", "zone": "Europe/Paris", "medium": "on_site", "place": "p", "join_link": "",
    "private": "on",
}  # fmt: skip
OPEN = {
    "weekday": "1", "opens": "09:00", "closes": "12:00", "every": "30", "medium": "on_site", "place": "p", "join_link": "",
    "valid_from": "2027-01-01", "valid_until": "", "zone": "Europe/Paris",
}  # fmt: skip
ACTIVITY = {
    "kind": "reading",
    "title": "T",
    "body": "B",
    "held_on": "2026-01-10",
    "hours": "1.5",
    "learning": TEXT,
}
DISCLOSURE = {"basis": "other", "article": TEXT, "recipient": TEXT, "told": TEXT, "told_on": "2026-11-20"}
SUPERVISOR = {
    "name": "Odile Perrin", "email": "odile@canary.test", "relation": "third", "form": "individual", "credentials": "",
    "language": "fr", "agreed_from": "2020-01-01", "agreed_until": "",
}  # fmt: skip
SUPERVISION = {
    "supervisor": "SV-2222222222",
    "held_on": "2026-11-01",
    "minutes": "90",
    "form": "individual",
    "treated": [],
}
VERIFIED = {
    "issuer": "Coaching & Cie", "contact": "M. Dupond", "starts_on": "2024-01-01", "ends_on": "2024-12-31", "clients": "4",
    "paid_hours": "20", "pro_bono_hours": "", "issued_on": "2025-01-15", "missions": "M-2222222222", "based_on": "1",
}  # fmt: skip
ASKED = {
    f"{one.code}_{figure}": str(getattr(one, figure))
    for one in presets()[:2]
    for figure in ("hours", "clients")
}
OWN_DATA = {
    "coach": "coach",
    "coachee": "coachee",
    "organisation": "sponsor",
    "practice": "administrator",
    "recourse": "recourse",
}
ASKING = ("coachee", "organisation")
# Who posts, and a payload that would be taken. An act without a form has an empty one.
POSTS = {
    "first_run": ("anonymous", {"practice": "C", "name": "N", "email": "n@x.test", "password": "une phrase longue"}),
    "invitation": ("anonymous", {"name": "N", "password": "une phrase longue"}),
    "signing_proceed": ("holder", {}),
    "signing_give": ("holder", SIGN),
    "signing_decline": ("holder", {"reason": TEXT}),
    "keep_form": ("coachee", {"text": TEXT, "_kept": "not ours"}),
    "take_seat": ("coach", {"portal": "coach", "practice": "P-2222222222"}),
    "preferences": ("coach", {"language": "fr", "theme": "auto"}),
    "choose_language": ("coach", {"language": "en", "next": "/coach/"}),
    "unlock": ("coach", {"password": "une phrase assez longue", "next": "/coach/"}),
    "unlock_code": ("coach", {"code": "0000", "password": "", "next": "/coach/"}),
    "key_code": ("coach", {"next": "/coach/"}),
    "key_code_confirm": ("coach", {"code": "0000-0000", "next": ""}),
    "key_code_later": ("coach", {"next": "/coach/"}),
    "key_replace": ("coach", {"password": "pas le bon mot de passe"}),
    "key_lost": ("coach", {"password": "pas le bon mot de passe"}),
    "charter_acknowledge": ("coachee", {"version": "CH-2222222222"}),
    "coach_mission_new": ("coach", {
        "kind": "individual", "coachee_name": "A", "coachee_email": "a@x.test", "title": "Une mission", "later": "",
    }),
    "coach_draft": ("coach", {
        "payer": "organisation", "organisation": "", "organisation_name": "Acme", "sponsor_name": "B",
        "sponsor_email": "b@x.test", "later": "",
    }),
    "coach_draft_discard": ("coach", {}),
    "coach_remind": ("coach", {"seat": "", "back": "today"}),
    "coach_seat_new": ("coach", {"person": "", "name": "Z", "email": "z@x.test", "role": "manager", "signs": "on", "invite": ""}),
    "coach_seat_invite": ("coach", {}),
    "coach_seat_end": ("coach", {}),
    "coach_request": ("coach", {"text": TEXT, "based_on": "1"}),
    "coach_request_validate": ("coach", {"wording": TEXT, "version": "V-2222222222"}),
    "coach_objective_new": ("coach", OBJECTIVE),
    "coach_objective": ("coach", OBJECTIVE),
    "coach_objective_remove": ("coach", {}),
    "coach_declaration": ("coach", {"has_conflict": "yes", "statement": TEXT}),
    "coach_balance": ("coach", {"explanation": TEXT}),
    "coach_open_contracting": ("coach", {"missions.context": TEXT}),
    "coach_refuse": ("coach", {"ground": "coach", "explanation": TEXT, "orientation": "", "told_organisation": ""}),
    "coach_stop": ("coach", {"explanation": TEXT, "alternatives": TEXT, "not_possible": TEXT, "told_organisation": TEXT}),
    "coach_close": ("coach", {"explanation": TEXT, "told_organisation": TEXT, "closings.means": TEXT, "closings.looked": TEXT}),
    "coach_close_prepare": ("coach", {}),
    "coachee_stop": ("coachee", {"words": TEXT}),
    "coachee_look_at": ("coachee", {"words": TEXT}),
    "coachee_satisfaction": ("coachee", {"text": TEXT, "shared": "on", "based_on": "1"}),
    "coachee_party_letter_acknowledge": ("coachee", {}),
    "organisation_stop": ("sponsor", {"told_coach": TEXT, "told_coachee": TEXT}),
    "organisation_party_letter_acknowledge": ("sponsor", {}),
    "party_letter_acknowledge": ("anonymous", {}),
    "coach_organisation_new": ("coach", ORGANISATION),
    "coach_organisation": ("coach", ORGANISATION),
    "coach_organisation_context": ("coach", dict.fromkeys(["trade", "usages", "culture", "context", "constraints", "no_interference"], TEXT)),
    "coach_person_new": ("coach", PERSON),
    "coach_person": ("coach", PERSON),
    "coach_contract_draft": ("coach", {}),
    "coach_clause_preview": ("coach", {"body": TEXT, "contract": "C-2222222222", "language": "fr"}),
    "coach_library_clause": ("coach", {"title": "T", "body": TEXT, "restore": ""}),
    "coach_terms": ("coach", TERMS),
    "coach_clause": ("coach", {"title": "T", "body": TEXT}),
    "coach_comment_answer": ("coach", {"outcome": "explained", "answer": TEXT}),
    "coach_contract_share": ("coach", {}),
    "coach_contract_revise": ("coach", {}),
    "coach_contract_withdraw": ("coach", {"reason": TEXT}),
    "coach_signing_open": ("coach", {"order": "any", "days": "30", "message": TEXT}),
    "coach_signing_remind": ("coach", {}),
    "coach_seal_again": ("coach", {}),
    "coach_signatory": ("coach", {"email": "zoe@x.test"}),
    "coach_sign": ("coach", SIGN),
    "coach_sign_proceed": ("coach", {}),
    "coach_amend": ("coach", {}),
    "coach_amendment_purpose": ("coach", {"purpose": TEXT}),
    "coach_amendment_pick": ("coach", {"sections": "fees"}),
    "coach_amendment_charter": ("coach", {"adopt": "yes"}),
    "coach_amendment_leave": ("coach", {}),
    "coach_adhesions_make": ("coach", {}),
    "coach_adhesions_send": ("coach", {"step": "review"}),
    "coach_qualifications": ("coach", {"title": "T", "body": "B", "obtained_on": "2020-01-01", "hours": "10", "expires_on": ""}),
    "coach_qualification": ("coach", {"title": "T", "body": "B", "obtained_on": "2020-01-01", "hours": "10", "expires_on": "", "shared": ""}),
    "coach_qualification_remove": ("coach", {}),
    "coach_proof_remove": ("coach", {}),
    "coach_proof_share": ("coach", {"shared": "on"}),
    "coach_activities": ("coach", {**ACTIVITY, "based_on": ""}),
    "coach_activity": ("coach", {**ACTIVITY, "based_on": "1"}),
    "coach_activity_proof": ("coach", {"file": ""}),
    "coach_activity_remove": ("coach", {}),
    "coach_sheet_publish": ("coach", {}),
    "coach_sheet_unpublish": ("coach", {}),
    "coachee_sheet_ask": ("coachee", {}),
    "organisation_sheet_ask": ("sponsor", {}),
    "coach_session_new": ("coach", {**WHEN, "kind": "individual", "stage": "", "seats": "S-2222222222", "times": "1", "every_weeks": "2"}),
    "coach_session_edit": ("coach", {**WHEN, "based_on": "0"}),
    "coach_session_hold": ("coach", {"minutes": "60", "present": "S-2222222222"}),
    "coach_session_miss": ("coach", {}),
    "coach_session_cancel": ("coach", {"asked_by_coachee": "on", "excused": ""}),
    "coach_opening_new": ("coach", {**OPEN, "weekday": "3"}),
    "coach_opening_edit": ("coach", OPEN),
    "coach_opening_remove": ("coach", {}),
    "coach_closed_new": ("coach", {"first": "2027-08-02", "last": "2027-08-20"}),
    "coach_closed_remove": ("coach", {}),
    "coach_booking_rules": ("coach", {"notice_hours": "24", "horizon_weeks": "8"}),
    "coachee_book": ("coachee", {"slot": "20270202T0800Z"}),
    "my_calendar": ("coachee", {"remind_hours": "24", "zone": "Europe/Paris", "show_place": "on"}),
    "calendar_link": ("coachee", {}),
    "calendar_revoke": ("coachee", {}),
    "coach_note_edit": ("coach", {"text": TEXT, "based_on": "2", "tab": "une-fenetre"}),
    "coach_note_save": ("coach", {"text": TEXT, "based_on": "2", "tab": "une-fenetre"}),
    "coach_note_erase": ("coach", {}),
    "coach_point_new": ("coach", {"text": TEXT, "as_it_is": "on", "asked": "zoé"}),
    "coach_point_from_note": ("coach", {"text": TEXT, "as_it_is": "", "asked": ""}),
    "coach_point_edit": ("coach", {"text": TEXT, "as_it_is": "", "asked": "", "based_on": "1"}),
    "coach_point_brought": ("coach", {"brought_on": "2026-11-01"}),
    "coach_point_reopen": ("coach", {}),
    "coach_point_remove": ("coach", {}),
    "attestation": ("supervisor", {"name": "Odile Perrin"}),
    "attestation_contest": ("supervisor", {"words": TEXT}),
    "coach_supervision_rule": ("coach", {"coaching_hours": "20"}),
    "coach_supervisor_new": ("coach", SUPERVISOR),
    "coach_supervisor": ("coach", SUPERVISOR),
    "coach_supervisor_end": ("coach", {}),
    "coach_supervision_year_make": ("coach", {"year": "2026"}),
    "coach_supervision_new": ("coach", {**SUPERVISION, "text": TEXT, "as_it_is": "", "asked": ""}),
    "coach_supervision_edit": ("coach", SUPERVISION),
    "coach_supervision_learning": ("coach", {"text": TEXT, "as_it_is": "", "asked": "", "based_on": "1"}),
    "coach_supervision_ask": ("coach", {}),
    "coach_supervision_drop": ("coach", {}),
    "practice_supervision_rule": ("administrator", {
        "preset": "own", "coaching_hours": "30", "hours_a_year": "4", "hours_a_quarter": "1", "group_share": "50",
        "attest_within": "30",
    }),
    "coach_hours_import_new": ("coach", {"file": "", "order": "day"}),
    "coach_hours_columns": ("coach", {"client": "0", "start": "1", "paid": "2", "contact": "-", "kind": "-", "group": "-", "end": "-", "pro_bono": "-", "headless": ""}),
    "coach_hours_import_keep": ("coach", {}),
    "coach_hours_import_end": ("coach", {}),
    "coach_hours_letter_new": ("coach", VERIFIED),
    "coach_hours_letter": ("coach", VERIFIED),
    "coach_hours_letter_remove": ("coach", {}),
    "coach_session_note": ("coach", {}),
    "coach_mission_note": ("coach", {}),
    "coach_session_summary": ("coach", {"text": TEXT, "based_on": "1", "meant": "", "share": ""}),
    "coach_suggestion_new": ("coach", {"seat": "S-2222222222", "text": TEXT, "session": ""}),
    "coach_suggestion_withdraw": ("coach", {}),
    "coach_means": ("coach", {"kind": "exercise", "name": "N", "words": TEXT, "based_on": "1"}),
    "coach_means_remove": ("coach", {}),
    "coach_minutes_write": ("coach", {"text": TEXT, "based_on": "1"}),
    "coach_minutes_propose": ("coach", {"based_on": "1", "meant": ""}),
    "coach_minutes_set_aside": ("coach", {}),
    "coachee_minutes_approve": ("coachee", {"divergence": TEXT, "sha256": "0" * 64, "based_on": "1"}),
    "coachee_minutes_reword": ("coachee", {"wording": TEXT, "sha256": "0" * 64, "based_on": "1"}),
    "organisation_minutes_approve": ("sponsor", {"divergence": TEXT, "sha256": "0" * 64, "based_on": "1"}),
    "organisation_minutes_reword": ("sponsor", {"wording": TEXT, "sha256": "0" * 64, "based_on": "1"}),
    "coach_restitution_new": ("coach", {"about": "S-2222222222:sponsor"}),
    "coach_restitution_edit": ("coach", {"there_attendance": "on", "words_free_text": TEXT, "based_on": "2"}),
    "coach_restitution_release": ("coach", {}),
    "coach_restitution_move": ("coach", {}),
    "coach_handover_new": ("coach", {"to": "MB-2222222222", "items": ["sessions", "letter"], "letter": TEXT}),
    "coach_handover_withdraw": ("coach", {}),
    "coach_offer_take_up": ("colleague", {}),
    "coach_offer_turn_down": ("colleague", {}),
    "coachee_handover_agree": ("coachee", {"items": ["sessions", "letter"]}),
    "coachee_handover_decline": ("coachee", {}),
    "coachee_restitution_amend": ("coachee", {"there_attendance": "on", "words_support": TEXT, "based_on": "2"}),
    "coachee_restitution_approve": ("coachee", {"number": "2", "sha256": "0" * 64}),
    "coachee_restitution_ask": ("coachee", {"words": TEXT}),
    "coachee_restitution_move": ("coachee", {}),
    "organisation_restitution_open": ("sponsor", {}),
    "coachee_consent_give": ("coachee", {"items": ["attendance", "means"], "until": "2027-06-30"}),
    "coachee_consent_withdraw": ("coachee", {}),
    "coachee_consent_listing": ("coachee", {"until": "2027-06-30"}),
    "coachee_decision_new": ("coachee", {"text": TEXT, "taken_on": "2026-11-01", "session": "", "look_on": "", "remind": ""}),
    "coachee_decision_edit": ("coachee", {"text": TEXT, "taken_on": "2026-11-01", "session": "", "based_on": "1"}),
    "coachee_decision_close": ("coachee", {"outcome": "drop", "words": TEXT, "based_on": "1"}),
    "coachee_decision_reopen": ("coachee", {"based_on": "2"}),
    "coachee_decision_share": ("coachee", {"based_on": "1"}),
    "coachee_decision_keep": ("coachee", {"based_on": "2"}),
    "coachee_decision_remind": ("coachee", {"look_on": "2027-01-01", "remind": "on"}),
    "coachee_suggestion_adopt": ("coachee", {"text": TEXT, "taken_on": "2026-11-01", "session": "", "look_on": "", "remind": ""}),
    "coachee_suggestion_decline": ("coachee", {"reason": TEXT}),
    "coachee_measure": ("coachee", {"value": "5", "words": TEXT, "based_on": "0"}),
    "coachee_session_confirm": ("coachee", {}),
    "coachee_session_cancel": ("coachee", {"excused": "on"}),
    **{f"{portal}_name": (persona, {"name": "Zoé L’Hérault"}) for portal, persona in OWN_DATA.items()},
    **{f"{portal}_export": (persona, {}) for portal, persona in OWN_DATA.items()},
    **{f"{portal}_correct": (OWN_DATA[portal], {"about": "phone", "wanted": "+33 6 00 00 00 00"}) for portal in ASKING},
    **{f"{portal}_erase": (OWN_DATA[portal], {}) for portal in ASKING},
    **{f"{portal}_correction_withdraw": (OWN_DATA[portal], {}) for portal in ASKING},
    **{f"{portal}_erasure_withdraw": (OWN_DATA[portal], {}) for portal in ASKING},
    "coach_correction": ("coach", {"reason": TEXT}),
    "coach_erasure": ("coach", {"reason": TEXT}),
    "coach_hold": ("coach", {"reason": TEXT}),
    "coach_hold_lift": ("coach", {}),
    "coach_disclosure_new": ("coach", DISCLOSURE),
    "coach_disclosure_correct": ("coach", DISCLOSURE),
    "coach_pause": ("coach", {"reason": TEXT}),
    "coach_resume": ("coach", {}),
    "coach_referral_new": ("coach", {"noticed": TEXT, "told_on": "2026-11-20", "ways": TEXT, "to_supervision": "on"}),
    "coachee_pause": ("coachee", {}),
    "coachee_resume": ("coachee", {}),
    "coachee_referral": ("coachee", {"text": TEXT}),
    "coachee_signal_new": ("coachee", {"text": TEXT}),
    "coachee_signal": ("coachee", {"text": TEXT}),
    "coachee_signal_withdraw": ("coachee", {}),
    "coachee_signal_again": ("coachee", {}),
    "coach_conformity_count": ("coach", {}),
    "practice_conformity_count": ("administrator", {}),
    "practice_charter_mapping": ("administrator", {f"article_{n}": "" for n in (1, 2, 17)}),
    "practice_recourse_ask": ("administrator", {"name": "N", "email": "n@x.test", "acknowledge_days": "3", "handle_days": "30"}),
    "practice_recourse_end": ("administrator", {}),
    "recourse_signal": ("recourse", {"text": TEXT}),
    "recourse_acknowledge": ("recourse", {}),
    "recourse_handle": ("recourse", {}),
    "coachee_request": ("coachee", {"text": TEXT, "based_on": "1"}),
    "coachee_request_confirm": ("coachee", {"version": "V-2222222222"}),
    "coachee_wording": ("coachee", {"text": TEXT}),
    "coachee_wording_withdraw": ("coachee", {}),
    "coachee_objective_new": ("coachee", OBJECTIVE),
    "coachee_objective": ("coachee", {**OBJECTIVE, "tag": "coachee"}),
    "coachee_objective_remove": ("coachee", {}),
    "coachee_contract_read": ("coachee", {}),
    "coachee_fine": ("coachee", {}),
    "coachee_comment": ("coachee", {"kind": "change", "audience": "coach", "text": TEXT}),
    "coachee_comment_withdraw": ("coachee", {}),
    "coachee_sign": ("coachee", SIGN),
    "coachee_sign_proceed": ("coachee", {}),
    "coachee_decline": ("coachee", {"reason": TEXT}),
    "coachee_information": ("coachee", {"information": "PI-2222222222"}),
    "coachee_early_start": ("coachee", {"asked": "on"}),
    "coachee_withdrawal": ("coachee", {"name": "N", "email": "n@x.test"}),
    "withdrawal": ("anonymous", {"name": "N", "email": "n@x.test"}),
    "signing_information": ("holder", {"information": "PI-2222222222"}),
    "signing_early_start": ("holder", {"asked": "on"}),
    "coachee_scope": ("coachee", {"items": "attendance"}),
    "organisation_request": ("sponsor", {"text": TEXT, "based_on": "1"}),
    "organisation_request_confirm": ("sponsor", {"version": "V-2222222222"}),
    "organisation_contract_read": ("sponsor", {}),
    "organisation_fine": ("sponsor", {}),
    "organisation_comment": ("sponsor", {"kind": "comment", "audience": "table", "text": TEXT}),
    "organisation_comment_withdraw": ("sponsor", {}),
    "organisation_sign": ("sponsor", SIGN),
    "organisation_sign_proceed": ("sponsor", {}),
    "organisation_decline": ("sponsor", {"reason": TEXT}),
    "practice_invite": ("administrator", {"email": "y@x.test", "name": "Y", "as_coach": "on", "as_administrator": ""}),
    "practice_invitation_revoke": ("administrator", {}),
    "practice_member_end": ("administrator", {}),
    "practice_settings": ("administrator", {
        "name": "C", "legal_form": "", "siret": "", "vat_regime": "exempt", "vat_rate": "20", "vat_number": "", "address": "",
        "city": "", "email": "", "phone": "", "insurance": "", "recourse_name": "", "recourse_contact": "", "mediator_name": "",
        "mediator_contact": "", "smallest_group": "5", "development_hours": "16",
    }),
    "practice_hours": ("administrator", {"largest_group": "15", **ASKED}),
    "practice_charter": ("administrator", {"text": TEXT, "meant": ""}),
    "practice_clause": ("administrator", {"title": "T", "body": TEXT, "restore": ""}),
    "practice_retention": ("administrator", {
        "notes": "12", "exchanges": "60", "signals": "24", "missions": "60", "letters": "12", "invitations": "12", "people": "36",
    }),
    "practice_journal_verify": ("administrator", {}),
    "practice_seal_replace": ("administrator", {"file": "", "password": "secret", "sure": "on"}),
    "verify": ("anonymous", {"file": ""}),
}  # fmt: skip
# Documents are made outside any transaction: these acts have their own tests, of their fields too.
RENDERS = {
    "coach_contract_share",
    "coach_restitution_release",
    "coach_supervision_year_make",
    "coach_adhesions_send",
    "coach_refuse",
    "coach_stop",
    "coach_close",
    "coachee_stop",
    "organisation_stop",
    "coachee_withdrawal",
    "withdrawal",
    "coachee_sheet_ask",
    "organisation_sheet_ask",
}


def _post(browser, url, data):
    """One POST, taken back."""
    with transaction.atomic():
        answer = browser.post(url, data)
        answer.content  # noqa: B018
        transaction.set_rollback(True)
    return answer


def _url(world, name):
    return reverse(name, kwargs=ADDRESSES[name].own(world))


def test_every_address_that_takes_a_post_is_tried():
    taking = {name for name, pattern in PATTERNS.items() if access_of(pattern)[0] in ("acts", "edits")}
    assert taking == set(POSTS)


@pytest.mark.parametrize("name", sorted(set(POSTS) - RENDERS))
def test_bad_input_never_breaks_a_page(world, browse, name):
    persona, good = POSTS[name]
    browser, url = browse(persona), _url(world, name)
    assert _post(browser, url, good).status_code < 500
    assert _post(browser, url, {}).status_code < 500
    for field in good:
        for value in BAD:
            answer = _post(browser, url, {**good, field: value})
            assert answer.status_code < 500, (field, str(value)[:40])
            assert "<script>alert(1)" not in answer.content.decode(), field


LONG_FIELDS = [
    (name, field)
    for name, (_persona, good) in POSTS.items()
    for field, value in good.items()
    if value == TEXT and field != "body" and name not in ("coach_open_contracting", "coach_request", "coach_clause_preview", "keep_form", "coach_note_save")
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "field"), [*LONG_FIELDS, ("coach_clause", "body"), ("practice_clause", "body")]
)
def test_a_text_far_too_long_is_refused_beside_its_field_and_kept(world, browse, name, field):
    persona, good = POSTS[name]
    answer = _post(browse(persona), _url(world, name), {**good, field: HUGE})
    assert answer.status_code == 422
    body = answer.content.decode()
    assert (
        "200000" in body.replace("\u202f", "").replace("\u00a0", "")
        or "200 000" in body
        or "trop long" in body
    )
    assert body.count("é") >= 200_000


@pytest.mark.parametrize("name", ["coachee_request", "organisation_request"])
@pytest.mark.parametrize("text", ["", "   \n\t "])
def test_a_request_without_text_is_refused_with_the_form(world, browse, name, text):
    persona, good = POSTS[name]
    answer = _post(browse(persona), _url(world, name), {**good, "text": text})
    assert answer.status_code == 422
    assert "textarea" in answer.content.decode()


@pytest.mark.parametrize("name", ["coach_organisation_new", "practice_settings"])
@pytest.mark.parametrize("siret", ["12345678901234", "abc", "902 107 655 000 19", "90210765"])
def test_a_bad_siret_is_said_beside_the_field_and_kept(world, browse, name, siret):
    persona, good = POSTS[name]
    answer = _post(browse(persona), _url(world, name), {**good, "siret": siret})
    body = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    assert f'value="{siret}"' in body
    said = body[body.index('id="id_siret_error"') :]
    assert "SIRET" in said[: said.index("</div>")]


@pytest.mark.parametrize("name", ["coach_clause", "coach_library_clause", "practice_clause"])
def test_an_unknown_placeholder_is_refused_by_name_and_the_text_kept(world, browse, name):
    persona, good = POSTS[name]
    answer = _post(browse(persona), _url(world, name), {**good, "body": "Bonjour [[nobody.knows]]"})
    assert answer.status_code == 422
    assert answer.content.decode().count("[[nobody.knows]]") >= 2


def test_fields_nobody_offered_change_nothing(world, browse):
    extra = {"practice": "1", "practice_id": "1", "coach": "2", "coach_id": "2", "state": "active", "ref": "M-2222222222",
             "id": "1", "is_administrator": "on", "keeper": "1", "user": "1", "user_id": "1"}  # fmt: skip
    tried = [
        ("coach_person", Person, world.people["coachee"]),
        ("coach_organisation", Organisation, world.organisation),
    ]
    for name, model, row in tried:
        before = model.unscoped.filter(pk=row.pk).values("ref", "practice_id", "keeper_id").get()
        with transaction.atomic():
            good = {**POSTS[name][1], "email": row.email} if model is Person else POSTS[name][1]
            assert browse("coach").post(_url(world, name), {**good, **extra}).status_code == 302
            assert model.unscoped.filter(pk=row.pk).values("ref", "practice_id", "keeper_id").get() == before
            transaction.set_rollback(True)
    with transaction.atomic():
        browse("coachee").post(_url(world, "coachee_request"), {"text": TEXT, "based_on": "1", **extra})
        assert Mission.unscoped.get(pk=world.mission.pk).state == "contracting"
        assert Request.unscoped.filter(mission=world.mission).count() == 4
        transaction.set_rollback(True)


def test_an_act_sent_without_its_token_is_refused_and_said_in_words(world, settings):
    from django.test import Client

    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.users["coach"], backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = browser.post(_url(world, "coach_declaration"), {"has_conflict": "no"})
    assert answer.status_code == 403
    assert "html" in answer["Content-Type"]


def test_a_clause_of_another_contract_is_not_edited_through_this_one(world, browse):
    clause = ContractClause.unscoped.filter(contract=world.contract).first()
    url = reverse("coach_clause", kwargs={"ref": "C-2222222222", "clause_ref": clause.ref})
    assert browse("coach").post(url, {"title": "T", "body": TEXT}).status_code == 404


def test_a_seat_is_not_ended_twice(world, browse):
    with transaction.atomic():
        url = _url(world, "coach_seat_end")
        assert browse("coach").post(url).status_code == 302
        assert browse("coach").post(url).status_code == 404
        assert Seat.unscoped.filter(mission=world.mission, ended_at=None).count() == 3
        transaction.set_rollback(True)
