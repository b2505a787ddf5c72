from django.urls import path

from . import coach, coachee, organisation, practice

coach_urls = [
    path("conformity/", coach.conformity, name="coach_conformity"),
    path("conformity/count/", coach.count, name="coach_conformity_count"),
    path("conformity/overrides/", coach.overrides, name="coach_overrides"),
    path("conformity/dossier/", coach.dossier, name="coach_dossier"),
    path("missions/<str:ref>/conformity/", coach.mission, name="coach_mission_conformity"),
    path("missions/<str:ref>/conformity/dossier/", coach.mission_dossier, name="coach_mission_dossier"),
]
coachee_urls = [path("missions/<str:ref>/charter/", coachee.kept, name="coachee_kept")]
organisation_urls = [path("missions/<str:ref>/charter/", organisation.kept, name="organisation_kept")]
practice_urls = [
    path("conformity/", practice.conformity, name="practice_conformity"),
    path("conformity/count/", practice.count, name="practice_conformity_count"),
    path("conformity/missions/", practice.missions, name="practice_conformity_missions"),
    path("conformity/overrides/", practice.overrides, name="practice_overrides"),
]
