from django.urls import path

from . import coach

coach_urls = [
    path("clients/", coach.clients, name="coach_clients"),
    path("clients/organisations/new/", coach.organisation_new, name="coach_organisation_new"),
    path("clients/organisations/<str:ref>/", coach.organisation, name="coach_organisation"),
    path(
        "clients/organisations/<str:ref>/context/",
        coach.organisation_context,
        name="coach_organisation_context",
    ),
    path("clients/people/new/", coach.person_new, name="coach_person_new"),
    path("clients/people/<str:ref>/", coach.person, name="coach_person"),
]
