from django.urls import path

from . import coach, coachee, organisation

coach_urls = [
    path("sessions/<str:ref>/minutes/", coach.write, name="coach_minutes_write"),
    path("missions/minutes/<str:ref>/", coach.minutes, name="coach_minutes"),
    path("missions/minutes/<str:ref>/propose/", coach.propose, name="coach_minutes_propose"),
    path("missions/minutes/<str:ref>/set-aside/", coach.set_aside, name="coach_minutes_set_aside"),
    path("missions/<str:ref>/balance/", coach.balance, name="coach_balance_view"),
]
coachee_urls = [
    path("minutes/<str:ref>/", coachee.minutes, name="coachee_minutes"),
    path("minutes/<str:ref>/approve/", coachee.approve, name="coachee_minutes_approve"),
    path("minutes/<str:ref>/reword/", coachee.reword, name="coachee_minutes_reword"),
    path("missions/<str:ref>/balance/", coachee.balance, name="coachee_balance"),
]
organisation_urls = [
    path("minutes/<str:ref>/", organisation.minutes, name="organisation_minutes"),
    path("minutes/<str:ref>/approve/", organisation.approve, name="organisation_minutes_approve"),
    path("minutes/<str:ref>/reword/", organisation.reword, name="organisation_minutes_reword"),
    path("missions/<str:ref>/balance/", organisation.balance, name="organisation_balance"),
]
