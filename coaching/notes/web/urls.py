from django.urls import path

from . import coach, coachee, summaries

coach_urls = [
    path("notes/", coach.notes, name="coach_notes"),
    path("notes/<str:ref>/", coach.note, name="coach_note"),
    path("notes/<str:ref>/edit/", coach.note_edit, name="coach_note_edit"),
    path("notes/<str:ref>/save/", coach.note_save, name="coach_note_save"),
    path("notes/<str:ref>/erase/", coach.note_erase, name="coach_note_erase"),
    path("notes/<str:ref>/versions/<int:number>/", coach.note_version, name="coach_note_version"),
    path("sessions/<str:ref>/note/", coach.session_note, name="coach_session_note"),
    path("missions/<str:ref>/note/", coach.mission_note, name="coach_mission_note"),
    path("sessions/<str:ref>/summary/", summaries.summary, name="coach_session_summary"),
]
coachee_urls = [path("sessions/<str:ref>/summary/", coachee.summary, name="coachee_session_summary")]
