from django.urls import path

from . import coach, coachee, public

public_urls = [
    path("sign/information/", public.signing_information, name="signing_information"),
    path("sign/information/pdf/", public.signing_information_pdf, name="signing_information_pdf"),
    path("sign/early-start/", public.signing_early_start, name="signing_early_start"),
    path("withdraw/", public.withdrawal, name="withdrawal"),
    path("withdraw/pdf/", public.withdrawal_pdf, name="withdrawal_pdf"),
    path("withdraw/<str:token>/", public.withdrawal_link, name="withdrawal_link"),
]
coach_urls = [
    path("contracts/<str:ref>/consumer/", coach.consumer, name="coach_consumer"),
    path("contracts/<str:ref>/consumer/information/", coach.information_pdf, name="coach_information_pdf"),
    path("contracts/<str:ref>/consumer/withdrawal/", coach.withdrawal_pdf, name="coach_withdrawal_pdf"),
]
coachee_urls = [
    path("information/<str:ref>/", coachee.information, name="coachee_information"),
    path("information/<str:ref>/pdf/", coachee.information_pdf, name="coachee_information_pdf"),
    path("early-start/<str:ref>/", coachee.early_start, name="coachee_early_start"),
    path("withdrawal/<str:ref>/", coachee.withdrawal, name="coachee_withdrawal"),
    path("withdrawal/<str:ref>/pdf/", coachee.withdrawal_pdf, name="coachee_withdrawal_pdf"),
]
