"""Asking a supervisor to attest, and what they answer through their link: nothing else opens to them."""

from django.utils.translation import gettext_lazy as _

from coaching.jobs.services import enqueue
from coaching.kernel.acts import act
from coaching.kernel.errors import Invalid
from coaching.kernel.transitions import Move, hold, perform
from coaching.kernel.viewer import Actor, Portal, Viewer

from .. import letters
from ..models import AttestationLink, SupervisionSession
from ..transitions import SUPERVISION
from .links import make, use

SUPERVISOR = frozenset({"supervisor"})
ATTESTATION_JOB = "supervision.attestation"


@act
def ask(viewer: Viewer, session: SupervisionSession) -> SupervisionSession:
    """The coach asks the supervisor to attest. Records ``supervision.ask``; writes to the supervisor, with a link of one purpose.

    Who may: the coach, until it is attested. :class:`Invalid` where the supervisor's address is not known.
    """
    if not session.supervisor.email:
        raise Invalid(_("Write the address of your supervisor first."))
    own = viewer.portal == Portal.COACH and session.coach_id == viewer.user_id

    def effects(current: SupervisionSession, _move: Move) -> None:
        letters.asked(current, make(current))

    return perform(
        SUPERVISION, session, "ask", viewer, roles=frozenset({"coach"} if own else ()), effects=effects
    )


@act
def attest(link: AttestationLink, name: str) -> SupervisionSession:
    """The supervisor confirms the day, how long and in what form, under the name they type. Records ``supervision.attest``.

    Who may: whoever holds the live link, once; named in the journal by the supervisor's reference. Queues the attestation
    as a PDF and writes to the coach. :class:`Stale` for a link used or taken back. Article: supervision.
    """
    if not name.strip():
        raise Invalid(_("Write your name: it stands on the attestation."), field="name")
    current = hold(link.session)  # as a correction does: in the same order, the row before its link
    use(link)
    # Before the arrow: a row that is attested without a name is no row of this table.
    SupervisionSession.unscoped.filter(pk=current.pk).update(attested_name=name.strip())
    done = _answer(link, "attest")
    enqueue(ATTESTATION_JOB, done.ref, practice_ref=link.session.practice.ref)
    letters.attested(link.session)
    return done


@act
def contest(link: AttestationLink, words: str) -> SupervisionSession:
    """The supervisor says that it was not so. Records ``supervision.contest``; the coach reads what they say.

    Who may: as :func:`attest`.
    """
    if not words.strip():
        raise Invalid(_("Say what was otherwise: the day, how long, in what form."), field="words")
    current = hold(link.session)
    use(link)
    SupervisionSession.unscoped.filter(pk=current.pk).update(contested_with=words.strip())
    done = _answer(link, "contest")
    letters.contested(link.session)
    return done


def _answer(link: AttestationLink, name: str) -> SupervisionSession:
    session = link.session
    by = Actor(session.supervisor.ref, session.practice.ref)
    return perform(SUPERVISION, session, name, by, roles=SUPERVISOR)
