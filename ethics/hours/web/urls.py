from django.urls import path

from . import coach, imports, letters, practice

coach_urls = [
    path("hours/", coach.log, name="coach_hours"),
    path("hours/progress/", coach.progress, name="coach_hours_progress"),
    path("hours/log.csv", coach.log_csv, name="coach_hours_csv"),
    path("hours/log.xlsx", coach.log_xlsx, name="coach_hours_xlsx"),
    path("hours/import/", imports.import_new, name="coach_hours_import_new"),
    path("hours/imports/<str:ref>/", imports.import_page, name="coach_hours_import"),
    path("hours/imports/<str:ref>/progress/", imports.import_progress, name="coach_hours_import_progress"),
    path("hours/imports/<str:ref>/columns/", imports.import_columns, name="coach_hours_columns"),
    path("hours/imports/<str:ref>/keep/", imports.import_keep, name="coach_hours_import_keep"),
    path("hours/imports/<str:ref>/end/", imports.import_end, name="coach_hours_import_end"),
    path("hours/letters/", letters.letters, name="coach_hours_letters"),
    path("hours/letters/new/", letters.letter_new, name="coach_hours_letter_new"),
    path("hours/letters/<str:ref>/", letters.letter_edit, name="coach_hours_letter"),
    path("hours/letters/<str:ref>/paper/", letters.letter_paper, name="coach_hours_letter_paper"),
    path("hours/letters/<str:ref>/remove/", letters.letter_remove, name="coach_hours_letter_remove"),
]
practice_urls = [path("hours/", practice.rules, name="practice_hours")]
