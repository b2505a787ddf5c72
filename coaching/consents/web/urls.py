from django.urls import path

from . import coach, coachee

coach_urls = [path("missions/<str:ref>/consents/", coach.consents, name="coach_consents")]
coachee_urls = [
    path("missions/<str:ref>/consents/", coachee.consents, name="coachee_consents"),
    path("missions/<str:ref>/consents/listing/", coachee.consent_listing, name="coachee_consent_listing"),
    path("missions/<str:ref>/consents/<str:addressee>/", coachee.consent_give, name="coachee_consent_give"),
    path("consents/<str:ref>/withdraw/", coachee.consent_withdraw, name="coachee_consent_withdraw"),
]
