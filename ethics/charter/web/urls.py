from django.urls import path

from . import pages

public_urls = [
    path("charter/", pages.charter, name="charter"),
    path("charter/changes/", pages.changes, name="charter_changes"),
    path("charter/translation/", pages.translation, name="charter_translation"),
    path("charter/acknowledge/", pages.acknowledge, name="charter_acknowledge"),
]
practice_urls = [
    path("charter/", pages.versions, name="practice_charter"),
    path("charter/<str:ref>/", pages.version, name="practice_charter_version"),
    path("charter/<str:ref>/mapping/", pages.mapping, name="practice_charter_mapping"),
]
