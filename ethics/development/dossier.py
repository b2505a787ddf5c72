"""A year of a coach's development by value, for its PDF and its CSV. What they noted for themself is in neither."""

import csv
import io
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from coaching.accounts.access import get_practice
from coaching.kernel.cells import harmless
from coaching.kernel.viewer import Viewer

from .access import proved_qualifications, year_of
from .enums import QUARTER, ActivityKind, in_hours

BOM = "\ufeff"  # or a spreadsheet takes UTF-8 for something else


@dataclass(frozen=True, slots=True)
class Line:
    """One activity, or one qualification obtained in the year."""

    day: date
    kind: str
    title: str
    body: str
    quarters: int
    proved: bool

    @property
    def hours(self) -> int | float:
        return in_hours(self.quarters)


@dataclass(frozen=True, slots=True)
class Dossier:
    language: str
    practice: str
    coach: str
    year: int
    target: int
    made_on: date
    lines: tuple[Line, ...]  # the first day first
    held: tuple[tuple[str, str, date, date | None, bool], ...]  # every qualification on file

    @property
    def hours(self) -> int | float:
        return in_hours(sum(line.quarters for line in self.lines))

    @property
    def by_kind(self) -> list[tuple[str, float]]:
        sums: dict[str, int] = {}
        for line in self.lines:
            sums[line.kind] = sums.get(line.kind, 0) + line.quarters
        return [(kind, in_hours(quarters)) for kind, quarters in sums.items()]


def dossier_of(viewer: Viewer, coach: str, year: int) -> Dossier:
    """The viewer's own, in the language they read."""
    language = get_language() or "fr"
    found = year_of(viewer, year)
    held = list(proved_qualifications(viewer))
    with override(language):
        obtained = _("Qualification obtained")
        lines = [
            Line(
                one.held_on,
                str(ActivityKind(one.kind).label),
                one.title,
                one.body,
                one.quarters,
                bool(one.proof_ref),
            )
            for one in found.activities
        ]
        lines += [
            Line(
                one.obtained_on,
                obtained,
                one.title,
                one.body,
                (one.hours or 0) * QUARTER,
                bool(one.proof_ref),
            )
            for one in held
            if one.obtained_on.year == year
        ]
    return Dossier(
        language=language,
        practice=get_practice(viewer).name,
        coach=coach,
        year=year,
        target=found.target,
        made_on=timezone.localdate(),
        lines=tuple(sorted(lines, key=lambda line: (line.day, line.title))),
        held=tuple(
            (one.title, one.body, one.obtained_on, one.expires_on, bool(one.proof_ref)) for one in held
        ),
    )


def dossier_csv(dossier: Dossier) -> bytes:
    """For a spreadsheet, which takes the separators of the language it speaks: in French a semicolon between cells and a
    comma in figures, in English a comma and a point. UTF-8 with its mark; no cell begins what a spreadsheet computes."""
    french = dossier.language == "fr"
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if french else ",", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    with override(dossier.language):
        writer.writerow(
            [_("Date"), _("Kind"), _("Title"), _("School or body"), _("Hours"), _("Proof on file")]
        )
        for line in dossier.lines:
            proved = _("yes") if line.proved else _("no")
            cells = [
                line.day.isoformat(),
                line.kind,
                line.title,
                line.body,
                figure(line.hours, french),
                proved,
            ]
            writer.writerow([harmless(cell) for cell in cells])
    return (BOM + out.getvalue()).encode()


def figure(hours: float, french: bool) -> str:
    said = f"{hours:.2f}".rstrip("0").rstrip(".")
    return said.replace(".", ",") if french else said
