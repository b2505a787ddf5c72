from django.urls import path

from . import coach, coachee

coach_urls = [
    path("missions/<str:ref>/progress/", coach.progress, name="coach_progress"),
    path("sessions/<str:ref>/means/<str:objective_ref>/", coach.means, name="coach_means"),
    path(
        "sessions/<str:ref>/means/<str:objective_ref>/remove/", coach.means_remove, name="coach_means_remove"
    ),
]
coachee_urls = [
    path("missions/<str:ref>/progress/", coachee.progress, name="coachee_progress"),
    path(
        "missions/<str:ref>/progress/<str:objective_ref>/<str:stage>/",
        coachee.measure,
        name="coachee_measure",
    ),
]
