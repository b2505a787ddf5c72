from django.urls import path

from . import coach, practice, public, sessions, supervisors

public_urls = [
    path("attest/", public.attestation, name="attestation"),
    path("attest/otherwise/", public.attestation_contest, name="attestation_contest"),
    path("attest/<str:token>/", public.attestation_link, name="attestation_link"),
]
coach_urls = [
    path("supervision/", coach.points, name="coach_supervision"),
    path("supervision/points/new/", coach.point_new, name="coach_point_new"),
    path("supervision/points/<str:ref>/", coach.point, name="coach_point"),
    path("supervision/points/<str:ref>/edit/", coach.point_edit, name="coach_point_edit"),
    path("supervision/points/<str:ref>/brought/", coach.point_brought, name="coach_point_brought"),
    path("supervision/points/<str:ref>/reopen/", coach.point_reopen, name="coach_point_reopen"),
    path("supervision/points/<str:ref>/remove/", coach.point_remove, name="coach_point_remove"),
    path("notes/<str:ref>/supervision/", coach.point_from_note, name="coach_point_from_note"),
    path("supervision/ratio/", supervisors.own_rule, name="coach_supervision_rule"),
    path("supervision/supervisors/", supervisors.supervisor_list, name="coach_supervisors"),
    path("supervision/supervisors/new/", supervisors.supervisor_new, name="coach_supervisor_new"),
    path("supervision/supervisors/<str:ref>/", supervisors.supervisor_edit, name="coach_supervisor"),
    path("supervision/supervisors/<str:ref>/end/", supervisors.supervisor_end, name="coach_supervisor_end"),
    path("supervision/years/make/", sessions.year_make, name="coach_supervision_year_make"),
    path("supervision/years/<str:ref>/", sessions.year_pdf, name="coach_supervision_year"),
    path("supervision/sessions/", sessions.supervisions, name="coach_supervisions"),
    path("supervision/sessions/new/", sessions.supervision_new, name="coach_supervision_new"),
    path("supervision/sessions/<str:ref>/", sessions.supervision, name="coach_supervision_session"),
    path("supervision/sessions/<str:ref>/edit/", sessions.supervision_edit, name="coach_supervision_edit"),
    path(
        "supervision/sessions/<str:ref>/learning/",
        sessions.supervision_learning,
        name="coach_supervision_learning",
    ),
    path("supervision/sessions/<str:ref>/ask/", sessions.supervision_ask, name="coach_supervision_ask"),
    path("supervision/sessions/<str:ref>/drop/", sessions.supervision_drop, name="coach_supervision_drop"),
    path("supervision/sessions/<str:ref>/pdf/", sessions.supervision_pdf, name="coach_supervision_pdf"),
]
practice_urls = [
    path("supervision/", practice.supervision, name="practice_supervision"),
    path("supervision/rule/", practice.rule, name="practice_supervision_rule"),
]
