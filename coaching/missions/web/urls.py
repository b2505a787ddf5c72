from django.urls import path

from . import coach, coachee, guided, organisation, pace_coach, pace_coachee, practice

coach_urls = [
    path("missions/", coach.missions, name="coach_missions"),
    path("missions/new/", guided.new, name="coach_mission_new"),
    path("missions/new/<str:ref>/discard/", guided.discard, name="coach_draft_discard"),
    path("missions/new/<str:ref>/<str:step>/", guided.step, name="coach_draft"),
    path("missions/<str:ref>/", coach.mission, name="coach_mission"),
    path("missions/<str:ref>/remind/", coach.remind, name="coach_remind"),
    path("missions/<str:ref>/seats/new/", coach.seat_new, name="coach_seat_new"),
    path("missions/<str:ref>/seats/<str:seat_ref>/invite/", coach.seat_invite, name="coach_seat_invite"),
    path("missions/<str:ref>/seats/<str:seat_ref>/end/", coach.seat_end, name="coach_seat_end"),
    path("missions/<str:ref>/requests/<str:request_ref>/", coach.request_page, name="coach_request"),
    path(
        "missions/<str:ref>/requests/<str:request_ref>/validate/",
        coach.request_validate,
        name="coach_request_validate",
    ),
    path("missions/<str:ref>/objectives/new/", coach.objective_new, name="coach_objective_new"),
    path("missions/<str:ref>/objectives/<str:objective_ref>/", coach.objective, name="coach_objective"),
    path(
        "missions/<str:ref>/objectives/<str:objective_ref>/remove/",
        coach.objective_remove,
        name="coach_objective_remove",
    ),
    path("missions/<str:ref>/declaration/", coach.declaration, name="coach_declaration"),
    path("missions/<str:ref>/balance/explain/", coach.balance, name="coach_balance"),
    path("missions/<str:ref>/open/", coach.open_contracting, name="coach_open_contracting"),
    path("missions/<str:ref>/pace/", pace_coach.page, name="coach_pace"),
    path("missions/<str:ref>/seats/<str:seat_ref>/pause/", pace_coach.pause, name="coach_pause"),
    path("missions/<str:ref>/seats/<str:seat_ref>/resume/", pace_coach.resume, name="coach_resume"),
    path(
        "missions/<str:ref>/seats/<str:seat_ref>/other-help/",
        pace_coach.referral_new,
        name="coach_referral_new",
    ),
    path("missions/<str:ref>/other-help/<str:referral_ref>/", pace_coach.referral, name="coach_referral"),
]
coachee_urls = [
    path("missions/<str:ref>/", coachee.mission, name="coachee_mission"),
    path("missions/<str:ref>/coach/", coachee.coach_sheet, name="coachee_coach"),
    path("sheets/<str:ref>/", coachee.shown_sheet, name="coachee_sheet"),
    path("sheets/<str:ref>/pdf/", coachee.shown_sheet_pdf, name="coachee_sheet_pdf"),
    path("missions/<str:ref>/coach/ask/", coachee.coach_sheet_ask, name="coachee_sheet_ask"),
    path("missions/<str:ref>/coach/proofs/<str:proof_ref>/", coachee.coach_proof, name="coachee_proof"),
    path("missions/<str:ref>/request/", coachee.own_request, name="coachee_request"),
    path("missions/<str:ref>/request/confirm/", coachee.confirm_request, name="coachee_request_confirm"),
    path("missions/<str:ref>/wording/", coachee.wording, name="coachee_wording"),
    path("missions/<str:ref>/wording/withdraw/", coachee.withdraw_wording, name="coachee_wording_withdraw"),
    path("missions/<str:ref>/pace/", pace_coachee.page, name="coachee_pace"),
    path("missions/<str:ref>/pause/", pace_coachee.pause, name="coachee_pause"),
    path("missions/<str:ref>/resume/", pace_coachee.resume, name="coachee_resume"),
    path("missions/<str:ref>/other-help/<str:referral_ref>/", pace_coachee.referral, name="coachee_referral"),
    path("missions/<str:ref>/objectives/new/", coachee.objective_new, name="coachee_objective_new"),
    path("missions/<str:ref>/objectives/<str:objective_ref>/", coachee.objective, name="coachee_objective"),
    path(
        "missions/<str:ref>/objectives/<str:objective_ref>/remove/",
        coachee.objective_remove,
        name="coachee_objective_remove",
    ),
]
organisation_urls = [
    path("", organisation.missions, name="organisation_home"),
    path("missions/<str:ref>/", organisation.mission, name="organisation_mission"),
    path("missions/<str:ref>/coach/", organisation.coach_sheet, name="organisation_coach"),
    path("sheets/<str:ref>/", organisation.shown_sheet, name="organisation_sheet"),
    path("sheets/<str:ref>/pdf/", organisation.shown_sheet_pdf, name="organisation_sheet_pdf"),
    path("missions/<str:ref>/coach/ask/", organisation.coach_sheet_ask, name="organisation_sheet_ask"),
    path(
        "missions/<str:ref>/coach/proofs/<str:proof_ref>/",
        organisation.coach_proof,
        name="organisation_proof",
    ),
    path("missions/<str:ref>/request/", organisation.own_request, name="organisation_request"),
    path(
        "missions/<str:ref>/request/confirm/",
        organisation.confirm_request,
        name="organisation_request_confirm",
    ),
]
practice_urls = [path("missions/", practice.missions, name="practice_missions")]
