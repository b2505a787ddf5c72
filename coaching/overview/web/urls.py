from django.urls import path

from . import organisation

organisation_urls = [path("overview/", organisation.overview, name="organisation_overview")]
