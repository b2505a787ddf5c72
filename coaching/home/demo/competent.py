"""What proves the coaches' trainings, what they went on learning this year and last, who asked for their sheet."""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.html import format_html

from coaching.documents.files import Cleaned, cleaned
from coaching.documents.rendering import render_pdf
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.access import missions_for, own_seats
from ethics.development.access import (
    activities_for,
    own_publication,
    proved_qualifications,
    sheets_for,
)
from ethics.development.models import Qualification
from ethics.development.services import save_qualification, sheets
from ethics.development.services.activities import save_activity
from ethics.development.services.proofs import put_proof

from .cast import COACH, COACHEE, COLLEAGUE, SPONSOR, Player, as_coach, as_viewer

DIPLOMA = "h1 { font: 28pt 'Gentium Plus'; } p { font: 14pt/1.5 'Gentium Plus'; }"
RENEWED = "Accréditation de coach professionnel"
LEARNT = (  # days ago, kind, title, with whom, quarters of an hour, what the coach takes from it
    (20, "peers", "Groupe de pairs, quatrième soirée", "Pairs de Nancy", 10, "Je parle moins quand je m’assieds."),
    (64, "reading", "« Le silence en entretien »", "", 14, ""),
    (118, "conference", "Journées du coaching en Lorraine", "Metz", 24, "Deux regards opposés sur la supervision."),
    (410, "training", "Accompagner une transition", "École lorraine de coaching", 56, ""),
)  # fmt: skip


def build() -> None:
    for player in (COACH, COLLEAGUE):
        _prove(player)
    _renew()
    _go_on_learning()
    _ask()
    if own_publication(as_coach(COLLEAGUE)) is None:
        sheets.publish(as_coach(COLLEAGUE))


def _prove(player: Player) -> None:
    """The first training of each has its diploma on file; clients of the founder may open it."""
    coach = as_coach(player)
    for row in proved_qualifications(coach).order_by("obtained_on")[:1]:
        if not row.proof_ref:
            put_proof(coach, _diploma(player, row), shared=player is COACH, qualification=row)


def _diploma(player: Player, row: Qualification) -> Cleaned:
    said = "<main><h1>{}</h1><p>{}</p><p>{}</p></main>"
    made = render_pdf(
        format_html(said, row.title, player.name, row.body),
        title=row.title,
        language="fr",
        authored_on=row.obtained_on,
        author=row.body,
        css=DIPLOMA,
    )
    return cleaned(made.pdf)


def _renew() -> None:
    """An accreditation that expires soon."""
    coach, today = as_coach(COACH), timezone.localdate()
    if proved_qualifications(coach).filter(title=RENEWED).exists():
        return
    ends = today + timedelta(days=45)
    said = {"title": RENEWED, "body": "Fédération des coachs", "obtained_on": date(ends.year - 3, 1, 8)}
    save_qualification(coach, None, {**said, "hours": None, "expires_on": ends})


def _go_on_learning() -> None:
    coach, today = as_coach(COACH), timezone.localdate()
    if activities_for(coach).exists():
        return
    for ago, kind, title, body, quarters, learning in LEARNT:
        held_on = today - timedelta(days=ago)
        said = {"kind": kind, "title": title, "body": body, "held_on": held_on, "quarters": quarters}
        save_activity(coach, None, said, learning=learning)


def _ask() -> None:
    """A coachee and a sponsor have asked for the sheet."""
    for player, portal in ((COACHEE, Portal.COACHEE), (SPONSOR, Portal.ORGANISATION)):
        client = as_viewer(player, portal)
        if not sheets_for(client).exists():
            _ask_as(client)


def _ask_as(client: Viewer) -> None:
    for mission in missions_for(client).select_related("practice", "coach")[:1]:
        name = own_seats(client, mission)[0].person.name
        sheets.ask(client, sheets.Table(mission.practice, mission.coach, mission.ref, name), "fr")
