from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import override

from coaching.decisions.transitions import DECISION, SUGGESTION
from coaching.handover.transitions import HANDOVER
from coaching.kernel.transitions import Machine
from coaching.minutes.transitions import MINUTES
from coaching.missions.transitions import MISSION
from coaching.personal.transitions import CORRECTION, ERASURE
from coaching.recourse.transitions import SIGNAL
from coaching.restitutions.transitions import RESTITUTION
from coaching.sessions.transitions import SESSION
from contracts.transitions import CONTRACT
from ethics.hours.transitions import IMPORT
from ethics.supervision.transitions import POINT, SUPERVISION

MACHINES = (
    MISSION,
    CONTRACT,
    SESSION,
    DECISION,
    SUGGESTION,
    SIGNAL,
    RESTITUTION,
    HANDOVER,
    POINT,
    SUPERVISION,
    IMPORT,
    MINUTES,
    CORRECTION,
    ERASURE,
)
PAGE = Path(settings.BASE_DIR) / "docs" / "states.md"
HEAD = "# States\n\nDrawn by `manage.py state_diagrams` from the tables that run the product; a test fails when they differ.\n"


class Command(BaseCommand):
    help = "Draw docs/states.md from the state tables."

    def handle(self, **options):
        PAGE.write_text(page())
        self.stdout.write(f"{PAGE.name} is drawn.")


def page() -> str:
    with override("en"):
        return "\n".join([HEAD, *(_section(machine) for machine in MACHINES)])


def _section(machine: Machine) -> str:
    arrows = [
        f"    {source} --> {arrow.target}: {arrow.name}"
        for arrow in machine.transitions
        for source in sorted(arrow.sources)
    ]
    rows = [_row(arrow) for arrow in machine.transitions]
    table = ["| act | who | gates (article) | reason | consequence |", "|---|---|---|---|---|", *rows]
    return "\n".join([f"## {machine.kind}\n", "```mermaid", "stateDiagram-v2", *arrows, "```\n", *table, ""])


def _row(arrow) -> str:
    gates = "<br>".join(
        f"{gate.label} (`{gate.article}`){', can be passed with a reason' if gate.overridable else ''}"
        for gate in arrow.gates
    )
    who = ", ".join(sorted(arrow.roles))
    return f"| {arrow.label} | {who} | {gates or '–'} | {'yes' if arrow.needs_reason else 'no'} | {arrow.consequence} |"
