from django.urls import path

from . import coach

coach_urls = [
    path("qualifications/", coach.qualifications, name="coach_qualifications"),
    path("qualifications/<str:ref>/remove/", coach.qualification_remove, name="coach_qualification_remove"),
]
