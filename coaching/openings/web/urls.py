from django.urls import path

from . import coach

coach_urls = [path("missions/<str:ref>/openings/", coach.openings, name="coach_openings")]
