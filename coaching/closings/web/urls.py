from django.urls import path

from . import coach, coachee, organisation, public

public_urls = [
    path("letter/", public.letter, name="party_letter"),
    path("letter/read/", public.letter_acknowledge, name="party_letter_acknowledge"),
    path("letter/pdf/", public.letter_pdf, name="party_letter_pdf"),
    path("letter/<str:token>/", public.letter_link, name="party_letter_link"),
]
coach_urls = [
    path("missions/<str:ref>/decline/", coach.refuse_mission, name="coach_refuse"),
    path("missions/<str:ref>/stop/", coach.stop, name="coach_stop"),
    path("missions/<str:ref>/stop/<str:termination_ref>/", coach.stop_words, name="coach_stop_words"),
    path("missions/<str:ref>/close/", coach.close, name="coach_close"),
    path("missions/<str:ref>/close/prepare/", coach.prepare, name="coach_close_prepare"),
    path("missions/<str:ref>/answers/", coach.shared_answers, name="coach_answers"),
    path("letters/<str:ref>/", coach.letter, name="coach_party_letter"),
    path("letters/<str:ref>/pdf/", coach.letter_pdf, name="coach_party_letter_pdf"),
]
coachee_urls = [
    path("missions/<str:ref>/stop/", coachee.stop, name="coachee_stop"),
    path("missions/<str:ref>/stop/<str:termination_ref>/", coachee.stop_words, name="coachee_stop_words"),
    path("missions/<str:ref>/look/", coachee.look, name="coachee_look"),
    path("missions/<str:ref>/look/<str:objective_ref>/", coachee.look_at, name="coachee_look_at"),
    path("missions/<str:ref>/satisfaction/", coachee.answer, name="coachee_satisfaction"),
    path("letters/<str:ref>/", coachee.letter, name="coachee_party_letter"),
    path("letters/<str:ref>/read/", coachee.letter_acknowledge, name="coachee_party_letter_acknowledge"),
    path("letters/<str:ref>/pdf/", coachee.letter_pdf, name="coachee_party_letter_pdf"),
]
organisation_urls = [
    path("missions/<str:ref>/stop/", organisation.stop, name="organisation_stop"),
    path("letters/<str:ref>/", organisation.letter, name="organisation_party_letter"),
    path(
        "letters/<str:ref>/read/",
        organisation.letter_acknowledge,
        name="organisation_party_letter_acknowledge",
    ),
    path("letters/<str:ref>/pdf/", organisation.letter_pdf, name="organisation_party_letter_pdf"),
]
