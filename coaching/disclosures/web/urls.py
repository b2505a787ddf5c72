from django.urls import path

from . import coach, coachee

coach_urls = [
    path("missions/<str:ref>/disclosures/", coach.disclosures, name="coach_disclosures"),
    path("missions/<str:ref>/seats/<str:seat_ref>/disclosure/", coach.new, name="coach_disclosure_new"),
    path(
        "missions/<str:ref>/disclosures/<str:disclosure_ref>/correct/",
        coach.correct,
        name="coach_disclosure_correct",
    ),
]
coachee_urls = [path("disclosures/<str:ref>/", coachee.disclosure, name="coachee_disclosure")]
