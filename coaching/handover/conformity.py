"""What hand-overs know of article « Obligation de réserve »: a colleague learns of a mission by the coachee's consent alone."""

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from coaching.kernel.evidence import TABLE, Found, Piece, Said, Standing
from coaching.missions.conformity import not_yet, page_of, said_on, taken_on

from .models import HandOverRecord


def _record(column: str) -> Subquery:
    rows: QuerySet = HandOverRecord.unscoped.filter(Q(former=OuterRef("pk")) | Q(mission=OuterRef("pk")))
    return Subquery(rows.order_by("-pk").values(column)[:1])


def _reserved(found: Found, standing: Standing) -> Said:
    if standing == Standing.NOT_APPLICABLE:
        return not_yet(_("The mission was declined."))
    if found.taken_up:
        text = _("Handed over on %(day)s, item by item, by the coachee’s consent.")
        return Said(text % {"day": said_on(found.taken_up)}, page_of(found))
    return Said(
        _("No colleague has access to this mission; nothing was handed over."), page_of(found, "seats")
    )


PIECES = (
    Piece(
        name="handover.consented",
        article="reserve",
        applies=taken_on,
        held=taken_on,
        facts=lambda: {"taken_up": _record("taken_up_at")},
        tell=_reserved,
        known_to=TABLE,
    ),
)
