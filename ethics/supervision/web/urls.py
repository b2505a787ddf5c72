from django.urls import path

from . import coach

coach_urls = [
    path("supervision/", coach.points, name="coach_supervision"),
    path("supervision/points/new/", coach.point_new, name="coach_point_new"),
    path("supervision/points/<str:ref>/", coach.point, name="coach_point"),
    path("supervision/points/<str:ref>/edit/", coach.point_edit, name="coach_point_edit"),
    path("supervision/points/<str:ref>/brought/", coach.point_brought, name="coach_point_brought"),
    path("supervision/points/<str:ref>/reopen/", coach.point_reopen, name="coach_point_reopen"),
    path("supervision/points/<str:ref>/remove/", coach.point_remove, name="coach_point_remove"),
    path("notes/<str:ref>/supervision/", coach.point_from_note, name="coach_point_from_note"),
]
