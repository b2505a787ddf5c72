from django.urls import path

from . import coach, coachee

coach_urls = [
    path("sessions/", coach.sessions, name="coach_sessions"),
    path("missions/<str:ref>/sessions/new/", coach.session_new, name="coach_session_new"),
    path("sessions/<str:ref>/", coach.session, name="coach_session"),
    path("sessions/<str:ref>/edit/", coach.session_edit, name="coach_session_edit"),
    path("sessions/<str:ref>/hold/", coach.session_hold, name="coach_session_hold"),
    path("sessions/<str:ref>/miss/", coach.session_miss, name="coach_session_miss"),
    path("sessions/<str:ref>/cancel/", coach.session_cancel, name="coach_session_cancel"),
]
coachee_urls = [
    path("sessions/", coachee.sessions, name="coachee_sessions"),
    path("sessions/<str:ref>/", coachee.session, name="coachee_session"),
    path("sessions/<str:ref>/confirm/", coachee.session_confirm, name="coachee_session_confirm"),
    path("sessions/<str:ref>/cancel/", coachee.session_cancel, name="coachee_session_cancel"),
]
