"""A party says that they have read their letter: one click."""

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from coaching.kernel import events
from coaching.kernel.acts import act, one_act
from coaching.kernel.errors import NotAllowedNow
from coaching.kernel.viewer import Viewer, system

from ..access import letters_for
from ..enums import Through
from ..models import Acknowledgement, PartyLetter


@act
def acknowledge(viewer: Viewer, letter: PartyLetter) -> None:
    """Its addressee has read their letter; their coach sees it. Records ``letter.acknowledge``, the first time alone.

    Who may: the person whose seat it was written to, behind the portal of that seat; nobody in their place.
    """
    if not letters_for(viewer).filter(pk=letter.pk, seat__person__user_id=viewer.user_id).exists():
        raise NotAllowedNow(_("Only its addressee acknowledges a letter."))
    _keep(letter, viewer.practice_ref, viewer.user_ref, Through.ACCOUNT, user_id=viewer.user_id)


@act
def acknowledge_by_link(letter: PartyLetter) -> None:
    """The same from whoever holds the link of the letter: somebody without an account. The link was proved by the caller."""
    practice = letter.mission.practice.ref
    _keep(letter, practice, system(practice).user_ref, Through.LINK)


def _keep(letter: PartyLetter, chain: str, actor: str, through: Through, **who) -> None:
    try:
        with one_act():
            Acknowledgement(letter=letter, through=through, **who).save(force_insert=True)
    except IntegrityError:  # said already: saying it twice changes nothing
        return
    events.record(
        chain=chain,
        kind="letter.acknowledge",
        actor=actor,
        subject=letter.ref,
        mission=letter.mission.ref,
        data={"through": str(through)},
    )
