from django.urls import path

from coaching.kernel.viewer import Portal

from . import coach, own, practice

coach_urls = [
    path("data-requests/", coach.requests, name="coach_data_requests"),
    path("data-requests/corrections/<str:ref>/", coach.correction, name="coach_correction"),
    path("data-requests/erasures/<str:ref>/", coach.erasure, name="coach_erasure"),
    path("missions/<str:ref>/hold/", coach.hold, name="coach_hold"),
    path("missions/<str:ref>/hold/lift/", coach.hold_lift, name="coach_hold_lift"),
    *own.urls(Portal.COACH),
]
coachee_urls = own.urls(Portal.COACHEE, first=False)
organisation_urls = own.urls(Portal.ORGANISATION)
recourse_urls = own.urls(Portal.RECOURSE)
practice_urls = [
    path("retention/", practice.retention, name="practice_retention"),
    path("purge/", practice.purge, name="practice_purge"),
    path("erasures/", practice.erasures, name="practice_erasures"),
    path("register/", practice.register, name="practice_register"),
    path("register/pdf/", practice.register_print, name="practice_register_pdf"),
    *own.urls(Portal.PRACTICE),
]
