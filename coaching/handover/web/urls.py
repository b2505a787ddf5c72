from django.urls import path

from . import coach, coachee

coach_urls = [
    path("missions/<str:ref>/handover/<str:seat_ref>/", coach.handover_new, name="coach_handover_new"),
    path("handovers/<str:ref>/", coach.handover, name="coach_handover"),
    path("handovers/<str:ref>/withdraw/", coach.handover_withdraw, name="coach_handover_withdraw"),
    path("offers/", coach.offers, name="coach_offers"),
    path("offers/<str:ref>/", coach.offer, name="coach_offer"),
    path("offers/<str:ref>/take-up/", coach.offer_take_up, name="coach_offer_take_up"),
    path("offers/<str:ref>/turn-down/", coach.offer_turn_down, name="coach_offer_turn_down"),
]
coachee_urls = [
    path("handovers/<str:ref>/", coachee.handover, name="coachee_handover"),
    path("handovers/<str:ref>/agree/", coachee.handover_agree, name="coachee_handover_agree"),
    path("handovers/<str:ref>/decline/", coachee.handover_decline, name="coachee_handover_decline"),
]
