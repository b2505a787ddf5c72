from django.urls import path

from . import coach, coachee, organisation

coach_urls = [
    path("restitutions/", coach.register, name="coach_register"),
    path("missions/<str:ref>/restitutions/", coach.restitutions, name="coach_restitutions"),
    path("missions/<str:ref>/restitutions/new/", coach.restitution_new, name="coach_restitution_new"),
    path("restitutions/<str:ref>/", coach.restitution, name="coach_restitution"),
    path("restitutions/<str:ref>/edit/", coach.restitution_edit, name="coach_restitution_edit"),
    path("restitutions/<str:ref>/release/", coach.restitution_release, name="coach_restitution_release"),
    path("restitutions/<str:ref>/pdf/", coach.restitution_pdf, name="coach_restitution_pdf"),
    path("restitutions/<str:ref>/do/<str:name>/", coach.restitution_move, name="coach_restitution_move"),
]
coachee_urls = [
    path("restitutions/", coachee.restitutions, name="coachee_restitutions"),
    path("restitutions/<str:ref>/", coachee.restitution, name="coachee_restitution"),
    path("restitutions/<str:ref>/amend/", coachee.restitution_amend, name="coachee_restitution_amend"),
    path("restitutions/<str:ref>/approve/", coachee.restitution_approve, name="coachee_restitution_approve"),
    path("restitutions/<str:ref>/ask/", coachee.restitution_ask, name="coachee_restitution_ask"),
    path("restitutions/<str:ref>/pdf/", coachee.restitution_pdf, name="coachee_restitution_pdf"),
    path("restitutions/<str:ref>/do/<str:name>/", coachee.restitution_move, name="coachee_restitution_move"),
]
organisation_urls = [
    path("restitutions/", organisation.restitutions, name="organisation_restitutions"),
    path("restitutions/<str:ref>/", organisation.restitution, name="organisation_restitution"),
    path("restitutions/<str:ref>/open/", organisation.restitution_open, name="organisation_restitution_open"),
    path("restitutions/<str:ref>/pdf/", organisation.restitution_pdf, name="organisation_restitution_pdf"),
]
