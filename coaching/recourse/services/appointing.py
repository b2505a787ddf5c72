"""Who is there for coachees: asked by the practice, in place once they accept, replaced or ended."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.accounts.access import practice_by_id, user_by_id
from coaching.accounts.enums import InvitationPurpose
from coaching.accounts.models import Invitation, User
from coaching.accounts.services import InvitationVoid, invite, revoke_invitations_of
from coaching.kernel import events
from coaching.kernel.acts import act
from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from coaching.kernel.viewer import Portal, Viewer

from .. import letters
from ..access import conflict_of
from ..enums import OPEN
from ..models import RecoursePerson, Signal

REFUSED = {
    "member": _("This person is a member of the practice: a coachee turns to somebody outside it."),
    "seat": _("This person sits at the table of a mission of the practice: choose somebody outside it."),
}


@act
def appoint(
    viewer: Viewer, *, name: str, email: str, language: str, acknowledge_days: int, handle_days: int
) -> RecoursePerson:
    """The administrator asks somebody, by a single-use link. Records ``recourse.ask`` and ``invitation.send``.

    Whoever is in place stays until they accept; somebody asked before and not there yet is asked no longer. Refused
    (:class:`Invalid`): a member of the practice, somebody at a table of its missions (article Respect des personnes).
    """
    _only_administrator(viewer)
    email = email.strip().lower()
    refused = conflict_of(viewer.practice_id, email)
    if refused:
        raise Invalid(REFUSED[refused], field="email")
    for earlier in RecoursePerson.unscoped.filter(
        practice_id=viewer.practice_id, ended_at=None, accepted_at=None
    ):
        _end(viewer, earlier)
    row = RecoursePerson(
        practice_id=viewer.practice_id,
        name=name.strip(),
        email=email,
        acknowledge_days=acknowledge_days,
        handle_days=handle_days,
    )
    try:
        row.full_clean()
    except ValidationError as wrong:
        field = next(iter(wrong.message_dict))
        raise Invalid(" ".join(wrong.message_dict[field]), field=field) from wrong
    row.save(force_insert=True)
    invite(
        viewer,
        purpose=InvitationPurpose.RECOURSE,
        email=email,
        name=row.name,
        language=language,
        inviter=user_by_id(viewer.user_id),
        practice=practice_by_id(viewer.practice_id),
        target_ref=row.ref,
        context={"acknowledge_days": acknowledge_days, "handle_days": handle_days},
    )
    _record(viewer.practice_ref, "recourse.ask", viewer.user_ref, row.ref)
    return row


@act
def accept(invitation: Invitation, user: User) -> None:
    """The person takes up the invitation: they are in place, and whoever was is no longer. Records ``recourse.accept``.

    Asked again here what was asked when they were invited: much can have happened since. Coachees with something under
    way learn that there is news.
    """
    row = RecoursePerson.unscoped.select_related("practice").get(ref=invitation.target_ref)
    if row.ended_at or row.accepted_at:
        raise InvitationVoid(
            _("This invitation was replaced by a newer one, or withdrawn. Ask for a new link.")
        )
    refused = conflict_of(row.practice_id, user.email, user.pk)
    if refused:
        raise Invalid(REFUSED[refused])
    before = RecoursePerson.unscoped.filter(
        practice_id=row.practice_id, ended_at=None, accepted_at__isnull=False
    )
    told = list(before)
    before.update(ended_at=timezone.now())
    rows = RecoursePerson.unscoped.filter(pk=row.pk, accepted_at=None, ended_at=None)
    if rows.update(user=user, accepted_at=timezone.now()) != 1:
        raise Stale(_("Somebody else has just acted on this. Look at it again before you go on."))
    _record(row.practice.ref, "recourse.accept", user.ref, row.ref)
    _tell(told)


@act
def end(viewer: Viewer, row: RecoursePerson) -> None:
    """The administrator ends somebody's time, or takes back an invitation. Records ``recourse.end``.

    What was confided to them and is still under way stays between them and the coachee, who is told that there is news.
    """
    _only_administrator(viewer)
    _end(viewer, row)
    _tell([row])


def _end(viewer: Viewer, row: RecoursePerson) -> None:
    if RecoursePerson.unscoped.filter(pk=row.pk, ended_at=None).update(ended_at=timezone.now()) != 1:
        raise Stale(_("Somebody else has just acted on this. Look at it again before you go on."))
    revoke_invitations_of(viewer, row.ref)
    _record(viewer.practice_ref, "recourse.end", viewer.user_ref, row.ref)


def _tell(people: list[RecoursePerson]) -> None:
    rows = Signal.unscoped.filter(recourse__in=people, state__in=OPEN)
    for signal in rows.select_related("seat__person__user", "practice"):
        letters.news(signal)


def _only_administrator(viewer: Viewer) -> None:
    if viewer.portal != Portal.PRACTICE:
        raise NotAllowedNow(_("Only the practice’s administrator does this."))


def _record(chain: str, kind: str, actor: str, subject: str) -> None:
    events.record(chain=chain, kind=kind, actor=actor, subject=subject)
