from django.urls import path

from . import coach, coachee

coach_urls = [
    path("missions/<str:ref>/decisions/", coach.decisions, name="coach_decisions"),
    path("missions/<str:ref>/suggestions/new/", coach.suggestion_new, name="coach_suggestion_new"),
    path("suggestions/<str:ref>/withdraw/", coach.suggestion_withdraw, name="coach_suggestion_withdraw"),
]
coachee_urls = [
    path("decisions/", coachee.decisions, name="coachee_decisions"),
    path("missions/<str:ref>/decisions/new/", coachee.decision_new, name="coachee_decision_new"),
    path("decisions/<str:ref>/", coachee.decision, name="coachee_decision"),
    path("decisions/<str:ref>/edit/", coachee.decision_edit, name="coachee_decision_edit"),
    path("decisions/<str:ref>/close/", coachee.decision_close, name="coachee_decision_close"),
    path("decisions/<str:ref>/reopen/", coachee.decision_reopen, name="coachee_decision_reopen"),
    path("decisions/<str:ref>/share/", coachee.decision_share, name="coachee_decision_share"),
    path("decisions/<str:ref>/keep/", coachee.decision_keep, name="coachee_decision_keep"),
    path("decisions/<str:ref>/remind/", coachee.decision_remind, name="coachee_decision_remind"),
    path("suggestions/<str:ref>/adopt/", coachee.suggestion_adopt, name="coachee_suggestion_adopt"),
    path("suggestions/<str:ref>/decline/", coachee.suggestion_decline, name="coachee_suggestion_decline"),
]
