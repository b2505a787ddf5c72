from django.urls import path

from . import coachee, practice, recourse

coachee_urls = [
    path("recourse/", coachee.recourse, name="coachee_recourse"),
    path("recourse/new/<str:ref>/", coachee.signal_new, name="coachee_signal_new"),
    path("recourse/<str:ref>/", coachee.signal, name="coachee_signal"),
    path("recourse/<str:ref>/withdraw/", coachee.signal_withdraw, name="coachee_signal_withdraw"),
    path("recourse/<str:ref>/again/", coachee.signal_again, name="coachee_signal_again"),
]
practice_urls = [
    path("recourse/", practice.recourse, name="practice_recourse"),
    path("recourse/ask/", practice.appoint, name="practice_recourse_ask"),
    path("recourse/<str:ref>/end/", practice.end, name="practice_recourse_end"),
]
recourse_urls = [
    path("", recourse.home, name="recourse_home"),
    path("signals/<str:ref>/", recourse.signal, name="recourse_signal"),
    path("signals/<str:ref>/acknowledge/", recourse.acknowledge, name="recourse_acknowledge"),
    path("signals/<str:ref>/handle/", recourse.handle, name="recourse_handle"),
]
