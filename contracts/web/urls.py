from django.urls import path

from . import amendments, coach, coachee, organisation, practice, public
from .signing import coach as coach_signing
from .signing import coachee as coachee_signing
from .signing import organisation as organisation_signing
from .signing import public as public_signing

public_urls = [
    path("verify/", public.verify_page, name="verify"),
    path("sign/", public_signing.signing, name="signing"),
    path("sign/pdf/", public_signing.pdf, name="signing_pdf"),
    path("sign/proceed/", public_signing.proceed, name="signing_proceed"),
    path("sign/give/", public_signing.give, name="signing_give"),
    path("sign/decline/", public_signing.decline, name="signing_decline"),
    path("sign/<str:token>/", public_signing.signing_link, name="signing_link"),
]
coach_urls = [
    path("missions/<str:ref>/contract/draft/", coach.draft, name="coach_contract_draft"),
    path("contracts/", coach.contracts, name="coach_contracts"),
    path("contracts/preview/", coach.clause_preview, name="coach_clause_preview"),
    path("contracts/library/", coach.library, name="coach_library"),
    path("contracts/library/<str:ref>/", coach.library_clause, name="coach_library_clause"),
    path("contracts/versions/<str:ref>/", coach.version, name="coach_version"),
    path("contracts/versions/<str:ref>/pdf/", coach.version_pdf, name="coach_version_pdf"),
    path("contracts/versions/<str:ref>/changes/", coach.changes, name="coach_changes"),
    path("contracts/<str:ref>/changes/", coach.draft_changes, name="coach_draft_changes"),
    path("contracts/comments/<str:ref>/answer/", coach.comment_answer, name="coach_comment_answer"),
    path("contracts/<str:ref>/", coach.contract, name="coach_contract"),
    path("contracts/<str:ref>/terms/", coach.terms, name="coach_terms"),
    path("contracts/<str:ref>/clauses/<str:clause_ref>/", coach.clause, name="coach_clause"),
    path("contracts/<str:ref>/preview/", coach.preview, name="coach_contract_preview"),
    path("contracts/<str:ref>/share/", coach.share, name="coach_contract_share"),
    path("contracts/<str:ref>/revise/", coach.revise, name="coach_contract_revise"),
    path("contracts/<str:ref>/withdraw/", coach.withdraw, name="coach_contract_withdraw"),
    path("contracts/<str:ref>/standing/", amendments.standing, name="coach_standing"),
    path("contracts/<str:ref>/amend/", amendments.amend, name="coach_amend"),
    path("contracts/<str:ref>/purpose/", amendments.purpose, name="coach_amendment_purpose"),
    path("contracts/<str:ref>/pick/", amendments.pick, name="coach_amendment_pick"),
    path("contracts/<str:ref>/charter/", amendments.charter, name="coach_amendment_charter"),
    path(
        "contracts/<str:ref>/clauses/<str:clause_ref>/leave/", amendments.leave, name="coach_amendment_leave"
    ),
    path("missions/<str:ref>/adhesions/", amendments.team, name="coach_adhesions"),
    path("missions/<str:ref>/adhesions/make/", amendments.adhere, name="coach_adhesions_make"),
    path("missions/<str:ref>/adhesions/send/", amendments.send, name="coach_adhesions_send"),
    path("contracts/<str:ref>/signing/", coach_signing.signing, name="coach_signing"),
    path("contracts/<str:ref>/signing/open/", coach_signing.open_round, name="coach_signing_open"),
    path("contracts/<str:ref>/signing/progress/", coach_signing.progress, name="coach_signing_progress"),
    path("contracts/<str:ref>/signing/remind/", coach_signing.remind, name="coach_signing_remind"),
    path("contracts/<str:ref>/signing/seal/", coach_signing.seal_again, name="coach_seal_again"),
    path(
        "contracts/<str:ref>/signatories/<str:signatory_ref>/address/",
        coach_signing.address,
        name="coach_signatory",
    ),
    path("contracts/<str:ref>/sign/", coach_signing.sign, name="coach_sign"),
    path("contracts/<str:ref>/sign/proceed/", coach_signing.proceed, name="coach_sign_proceed"),
    path("contracts/<str:ref>/sealed/", coach_signing.sealed, name="coach_sealed"),
]
coachee_urls = [
    path("contracts/standing/<str:ref>/", coachee.standing, name="coachee_standing"),
    path("contracts/<str:ref>/", coachee.contract, name="coachee_contract"),
    path("contracts/<str:ref>/read/", coachee.acknowledge, name="coachee_contract_read"),
    path("contracts/<str:ref>/pdf/", coachee.pdf, name="coachee_contract_pdf"),
    path("contracts/<str:ref>/changes/", coachee.changes, name="coachee_changes"),
    path("contracts/<str:ref>/fine/", coachee.fine, name="coachee_fine"),
    path("contracts/<str:ref>/comments/<str:place>/", coachee.comment, name="coachee_comment"),
    path(
        "contracts/comments/<str:ref>/withdraw/",
        coachee.comment_withdraw,
        name="coachee_comment_withdraw",
    ),
    path("contracts/<str:ref>/sign/", coachee_signing.sign, name="coachee_sign"),
    path("contracts/<str:ref>/sign/proceed/", coachee_signing.proceed, name="coachee_sign_proceed"),
    path("contracts/<str:ref>/decline/", coachee_signing.decline, name="coachee_decline"),
    path("contracts/<str:ref>/sealed/", coachee_signing.sealed, name="coachee_sealed"),
    path("missions/<str:ref>/scope/<str:addressee>/", coachee.scope, name="coachee_scope"),
]
organisation_urls = [
    path("contracts/", organisation.contracts, name="organisation_contracts"),
    path("contracts/standing/<str:ref>/", organisation.standing, name="organisation_standing"),
    path("contracts/<str:ref>/", organisation.contract, name="organisation_contract"),
    path("contracts/<str:ref>/read/", organisation.acknowledge, name="organisation_contract_read"),
    path("contracts/<str:ref>/pdf/", organisation.pdf, name="organisation_contract_pdf"),
    path("contracts/<str:ref>/changes/", organisation.changes, name="organisation_changes"),
    path("contracts/<str:ref>/fine/", organisation.fine, name="organisation_fine"),
    path("contracts/<str:ref>/comments/<str:place>/", organisation.comment, name="organisation_comment"),
    path(
        "contracts/comments/<str:ref>/withdraw/",
        organisation.comment_withdraw,
        name="organisation_comment_withdraw",
    ),
    path("contracts/<str:ref>/sign/", organisation_signing.sign, name="organisation_sign"),
    path("contracts/<str:ref>/sign/proceed/", organisation_signing.proceed, name="organisation_sign_proceed"),
    path("contracts/<str:ref>/decline/", organisation_signing.decline, name="organisation_decline"),
    path("contracts/<str:ref>/sealed/", organisation_signing.sealed, name="organisation_sealed"),
]
practice_urls = [
    path("clauses/", practice.library, name="practice_clauses"),
    path("clauses/<str:ref>/", practice.library_clause, name="practice_clause"),
    path("contracts/", practice.contracts, name="practice_contracts"),
]
