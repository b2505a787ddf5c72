from django.urls import path

from . import coach, coachee, organisation, practice, public

public_urls = [path("verify/", public.verify_page, name="verify")]
coach_urls = [
    path("missions/<str:ref>/contract/draft/", coach.draft, name="coach_contract_draft"),
    path("contracts/", coach.contracts, name="coach_contracts"),
    path("contracts/preview/", coach.clause_preview, name="coach_clause_preview"),
    path("contracts/library/", coach.library, name="coach_library"),
    path("contracts/library/<str:ref>/", coach.library_clause, name="coach_library_clause"),
    path("contracts/versions/<str:ref>/", coach.version, name="coach_version"),
    path("contracts/versions/<str:ref>/pdf/", coach.version_pdf, name="coach_version_pdf"),
    path("contracts/<str:ref>/", coach.contract, name="coach_contract"),
    path("contracts/<str:ref>/terms/", coach.terms, name="coach_terms"),
    path("contracts/<str:ref>/clauses/<str:clause_ref>/", coach.clause, name="coach_clause"),
    path("contracts/<str:ref>/preview/", coach.preview, name="coach_contract_preview"),
    path("contracts/<str:ref>/share/", coach.share, name="coach_contract_share"),
    path("contracts/<str:ref>/revise/", coach.revise, name="coach_contract_revise"),
    path("contracts/<str:ref>/withdraw/", coach.withdraw, name="coach_contract_withdraw"),
]
coachee_urls = [
    path("contracts/<str:ref>/", coachee.contract, name="coachee_contract"),
    path("contracts/<str:ref>/read/", coachee.acknowledge, name="coachee_contract_read"),
    path("contracts/<str:ref>/pdf/", coachee.pdf, name="coachee_contract_pdf"),
    path("missions/<str:ref>/scope/<str:addressee>/", coachee.scope, name="coachee_scope"),
]
organisation_urls = [
    path("contracts/", organisation.contracts, name="organisation_contracts"),
    path("contracts/<str:ref>/", organisation.contract, name="organisation_contract"),
    path("contracts/<str:ref>/read/", organisation.acknowledge, name="organisation_contract_read"),
    path("contracts/<str:ref>/pdf/", organisation.pdf, name="organisation_contract_pdf"),
]
practice_urls = [
    path("clauses/", practice.library, name="practice_clauses"),
    path("clauses/<str:ref>/", practice.library_clause, name="practice_clause"),
    path("contracts/", practice.contracts, name="practice_contracts"),
]
