from django.urls import path

from . import activities, coach, public, sheets

public_urls = [path("sheets/<str:ref>/", public.sheet, name="public_sheet")]
coach_urls = [
    path("qualifications/", coach.listed, name="coach_qualifications"),
    path("qualifications/<str:ref>/", coach.qualification, name="coach_qualification"),
    path("qualifications/<str:ref>/remove/", coach.remove, name="coach_qualification_remove"),
    path("proofs/<str:ref>/", coach.proof, name="coach_proof"),
    path("proofs/<str:ref>/remove/", coach.proof_remove, name="coach_proof_remove"),
    path("proofs/<str:ref>/share/", coach.proof_share, name="coach_proof_share"),
    path("development/", activities.listed, name="coach_activities"),
    path("development/dossier.pdf", activities.as_pdf, name="coach_dossier_pdf"),
    path("development/dossier.csv", activities.as_csv, name="coach_dossier_csv"),
    path("development/<str:ref>/", activities.activity, name="coach_activity"),
    path("development/<str:ref>/proof/", activities.proof, name="coach_activity_proof"),
    path("development/<str:ref>/remove/", activities.remove, name="coach_activity_remove"),
    path("sheet/", sheets.sheet, name="coach_sheet"),
    path("sheet/publish/", sheets.publish, name="coach_sheet_publish"),
    path("sheet/unpublish/", sheets.unpublish, name="coach_sheet_unpublish"),
    path("sheet/shown/<str:ref>/", sheets.shown, name="coach_shown_sheet"),
    path("sheet/shown/<str:ref>/pdf/", sheets.shown_pdf, name="coach_shown_sheet_pdf"),
]
