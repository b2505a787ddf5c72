"""Making a restitution's page: inside the limits the coachee has set, from the mission's facts and words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.kernel.choices import in_order
from coaching.kernel.errors import Invalid
from coaching.kernel.markup import check
from coaching.kernel.viewer import Viewer
from coaching.missions.enums import SeatRole
from coaching.missions.models import Seat
from contracts.enums import ScopeItem
from ethics.supervision.naming import Known, What, found_in

from . import facts
from .enums import FACTS
from .models import Restitution
from .snapshots import FrozenRestitution, Part

WORDS = 5_000  # characters of one item


@dataclass(frozen=True, slots=True)
class Said:
    """What the writer says of one item: whether it is there at all, and in which words."""

    there: bool
    words: str = ""


def compose(coach: Viewer, restitution: Restitution, said: Mapping[str, Said]) -> FrozenRestitution:
    """The page as the coach has it: the facts are those of now. For the mission's coach, who drafts."""
    seat, mission = restitution.seat, restitution.seat.mission
    return FrozenRestitution(
        reference=restitution.ref,
        language=mission.language,
        practice=mission.practice.name,
        coach=mission.coach.name,
        coachee=seat.person.name,
        organisation=mission.organisation.name,
        addressee=restitution.addressee,
        mission=mission.title,
        written_on=timezone.localdate(),
        parts=tuple(
            _part(coach, seat, item, said[item])
            for item in in_order(ScopeItem, said)
            if _is_there(item, said[item])
        ),
    )


def _is_there(item: str, said: Said) -> bool:
    """A fact is there where it is ticked; words are there where there are any."""
    return said.there if item in FACTS else bool(said.words.strip())


def _part(coach: Viewer, seat: Seat, item: str, said: Said) -> Part:
    part = Part(item=item, words=said.words.strip())
    if item == ScopeItem.ATTENDANCE:
        held, agreed = facts.attendance(seat)
        return replace(part, words="", held=held, agreed=agreed)
    if item == ScopeItem.COMMON_OBJECTIVES:
        return replace(part, aims=facts.aims(coach, seat))
    if item == ScopeItem.MEANS:
        return replace(part, used=facts.used(coach, seat))
    return part


def reword(page: FrozenRestitution, said: Mapping[str, Said]) -> FrozenRestitution:
    """The page in the coachee's words: what they leave out is gone, the facts stay as they were read. Nothing is added."""
    parts = (replace(part, words=said[part.item].words.strip()) for part in page.parts if part.item in said)
    return replace(page, parts=tuple(part for part in parts if _is_there(part.item, said[part.item])))


def check_words(said: Mapping[str, Said]) -> None:
    """Refuse beside its field what no page can hold."""
    for item, one in said.items():
        try:
            check(one.words, WORDS)
        except Invalid as refusal:
            raise Invalid(refusal.message, field=field_of(item)) from refusal


def check_scope(page: FrozenRestitution, agreed: tuple[str, ...]) -> None:
    """Nothing beyond what the coachee agrees to, whoever asks and however (article « Restitution au donneur d'ordre »)."""
    beyond = [item for item in page.items if item not in agreed]
    if beyond:
        labels = ", ".join(str(ScopeItem(item).label) for item in beyond)
        raise Invalid(
            _("The coachee does not agree to this being given back: %(items)s.") % {"items": labels},
            field=field_of(beyond[0]),
        )
    if not page.says_something:
        raise Invalid(_("Nothing is said in this restitution yet."))


def check_names(page: FrozenRestitution, table: list[Seat]) -> None:
    """An observation on the organisation is never one on a person: none of those at the table is named in it."""
    part = page.part(ScopeItem.ORGANISATION)
    if part is None:
        return
    known = [Known(What.PERSON, seat.person.name) for seat in table]
    named = [one.words for one in found_in(part.words, known) if one.sure]
    if named:
        raise Invalid(
            _("An observation on the organisation is never on a person, and this one names %(names)s.")
            % {"names": ", ".join(named)},
            field=field_of(ScopeItem.ORGANISATION),
        )


def field_of(item: str) -> str:
    """The form's field for the words of an item, or for the tick of the one that has none."""
    return f"there_{item}" if item == ScopeItem.ATTENDANCE else f"words_{item}"


def addressed_to(role: str):
    return {SeatRole.SPONSOR: _("the organisation"), SeatRole.MANAGER: _("the manager")}[SeatRole(role)]
