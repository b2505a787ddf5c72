from django.urls import path

from . import coach, coachee, practice, public

public_urls = [
    path("", public.home, name="home"),
    path("welcome/", public.first_run, name="first_run"),
    path("manifest.webmanifest", public.manifest, name="manifest"),
    path("design/", public.design, name="design"),
    path("health/", public.health, name="health"),
    path("mailbox/", public.mailbox, name="mailbox"),
    path("mailbox/<str:ref>/", public.mailbox_letter, name="mailbox_letter"),
]
coach_urls = [path("", coach.home, name="coach_home")]
coachee_urls = [
    path("", coachee.home, name="coachee_home"),
    path("who-sees-what/", coachee.who_sees_what, name="coachee_who_sees_what"),
    path("data/", coachee.data, name="coachee_data"),
]
practice_urls = [
    path("journal/", practice.journal, name="practice_journal"),
    path("journal/verify/", practice.journal_verify, name="practice_journal_verify"),
    path("seal/", practice.seal, name="practice_seal"),
    path("seal/replace/", practice.seal_replace, name="practice_seal_replace"),
]
