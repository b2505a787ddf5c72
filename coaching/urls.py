"""Every address of the product: public doors, then one prefix per portal."""

from django.urls import include, path

from coaching.accounts.web import urls as accounts
from coaching.calendar.web import urls as calendar
from coaching.clients.web import urls as clients
from coaching.closings.web import urls as closings
from coaching.consents.web import urls as consents
from coaching.decisions.web import urls as decisions
from coaching.disclosures.web import urls as disclosures
from coaching.handover.web import urls as handover
from coaching.home.web import urls as home
from coaching.minutes.web import urls as minutes
from coaching.missions.web import urls as missions
from coaching.notes.web import urls as notes
from coaching.openings.web import urls as openings
from coaching.overview.web import urls as overview
from coaching.personal.web import urls as personal
from coaching.progress.web import urls as progress
from coaching.recourse.web import urls as recourse
from coaching.restitutions.web import urls as restitutions
from coaching.sessions.web import urls as sessions
from coaching.vault.web import urls as vault
from contracts.consumers.web import urls as consumers
from contracts.web import urls as contracts
from ethics.charter.web import urls as charter
from ethics.conformity.web import urls as conformity
from ethics.development.web import urls as development
from ethics.hours.web import urls as hours
from ethics.supervision.web import urls as supervision

urlpatterns = [
    *home.public_urls,
    *accounts.public_urls,
    *vault.public_urls,
    *charter.public_urls,
    *consumers.public_urls,
    *contracts.public_urls,
    *calendar.public_urls,
    *supervision.public_urls,
    *development.public_urls,
    *closings.public_urls,
    path("accounts/", include("allauth.urls")),
    path(
        "coach/",
        include(
            home.coach_urls
            + missions.coach_urls
            + openings.coach_urls
            + disclosures.coach_urls
            + clients.coach_urls
            + consumers.coach_urls
            + contracts.coach_urls
            + consents.coach_urls
            + sessions.coach_urls
            + notes.coach_urls
            + decisions.coach_urls
            + progress.coach_urls
            + minutes.coach_urls
            + calendar.coach_urls
            + restitutions.coach_urls
            + closings.coach_urls
            + handover.coach_urls
            + development.coach_urls
            + supervision.coach_urls
            + hours.coach_urls
            + conformity.coach_urls
            + personal.coach_urls
        ),
    ),
    path(
        "coachee/",
        include(
            home.coachee_urls
            + missions.coachee_urls
            + disclosures.coachee_urls
            + consumers.coachee_urls
            + contracts.coachee_urls
            + consents.coachee_urls
            + sessions.coachee_urls
            + notes.coachee_urls
            + decisions.coachee_urls
            + progress.coachee_urls
            + minutes.coachee_urls
            + calendar.coachee_urls
            + restitutions.coachee_urls
            + closings.coachee_urls
            + handover.coachee_urls
            + recourse.coachee_urls
            + conformity.coachee_urls
            + personal.coachee_urls
        ),
    ),
    path(
        "organisation/",
        include(
            missions.organisation_urls
            + contracts.organisation_urls
            + restitutions.organisation_urls
            + closings.organisation_urls
            + minutes.organisation_urls
            + overview.organisation_urls
            + conformity.organisation_urls
            + personal.organisation_urls
        ),
    ),
    path(
        "practice/",
        include(
            accounts.practice_urls
            + missions.practice_urls
            + charter.practice_urls
            + conformity.practice_urls
            + contracts.practice_urls
            + recourse.practice_urls
            + supervision.practice_urls
            + hours.practice_urls
            + home.practice_urls
            + personal.practice_urls
        ),
    ),
    path("recourse/", include(recourse.recourse_urls + personal.recourse_urls)),
]
