from django.urls import path

from . import pages

public_urls = [
    path("charter/", pages.charter, name="charter"),
    path("charter/acknowledge/", pages.acknowledge, name="charter_acknowledge"),
]
practice_urls = [
    path("charter/", pages.versions, name="practice_charter"),
    path("charter/<str:ref>/", pages.version, name="practice_charter_version"),
]
