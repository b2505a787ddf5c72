"""Keeping people and organisations."""

from collections.abc import Callable, Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from coaching.accounts.models import Invitation, User
from coaching.accounts.services import InvitationVoid, revoke_invitations_of
from coaching.kernel import events
from coaching.kernel.acts import act
from coaching.kernel.errors import Invalid
from coaching.kernel.viewer import Viewer

from .models import ContextSheet, Organisation, Person
from .moves import leave

# Rooms above are told when a person gets an account, so that they can open what waits for them.
SeatTaken = Callable[[Person, User], None]
_seat_taken: list[SeatTaken] = []


def on_seat_taken(told: SeatTaken) -> None:
    """Called from ``AppConfig.ready()`` by a room that keeps something for people without an account."""
    if told not in _seat_taken:
        _seat_taken.append(told)


@act
def save_organisation(viewer: Viewer, organisation: Organisation | None, values: Mapping) -> Organisation:
    """The coach keeps a new organisation or changes one of theirs. Records ``organisation.save``."""
    row = organisation or Organisation(practice_id=viewer.practice_id, keeper_id=viewer.user_id)
    return _save(viewer, row, values, "organisation.save")


@act
def save_person(viewer: Viewer, person: Person | None, values: Mapping) -> Person:
    """The coach keeps a new person or changes one of theirs. Records ``person.save``.

    Whoever leaves an organisation leaves its side of the table at its missions in the same act (:mod:`.moves`).

    Once the person has an account their address is their own: it can no longer be changed here. Until then a link
    already sent to the address that is given up stops working: it may have gone to somebody else.
    """
    row = person or Person(practice_id=viewer.practice_id, keeper_id=viewer.user_id)
    values = {**values, "email": values["email"].strip().lower()} if "email" in values else dict(values)
    if row.user_id and values.get("email", row.email) != row.email:
        raise Invalid(_("This person has an account: only they can change their address."), field="email")
    twins = Person.unscoped.filter(
        practice_id=row.practice_id, keeper_id=row.keeper_id, email=values.get("email")
    )
    if twins.exclude(pk=row.pk).exists():
        raise Invalid(_("You already have a person with this address."), field="email")
    moved = row.pk is not None and values.get("email", row.email) != row.email
    before = _organisation_of(row)
    saved = _save(viewer, row, values, "person.save")
    if before and before.pk != saved.organisation_id:
        leave(viewer, saved, before)
    if moved:
        revoke_invitations_of(viewer, row.ref)
    return saved


def _organisation_of(person: Person) -> Organisation | None:
    """As the table has it: the row in hand may be older."""
    rows = Person.unscoped.filter(pk=person.pk).exclude(organisation=None).select_related("organisation")
    found = rows.first()
    return found.organisation if found else None


@act
def save_context_sheet(viewer: Viewer, organisation: Organisation, values: Mapping) -> ContextSheet:
    """The coach writes what to know of the organisation (article 13). Records ``organisation.context``."""
    sheet, _made = ContextSheet.unscoped.get_or_create(organisation=organisation)
    for name, value in values.items():
        setattr(sheet, name, value)
    sheet.full_clean()
    sheet.save()
    events.record(
        chain=viewer.practice_ref,
        kind="organisation.context",
        actor=viewer.user_ref,
        subject=organisation.ref,
        data={"filled": sheet.filled},
    )
    return sheet


@act
def take_seat(invitation: Invitation, user: User) -> None:
    """Link the invited person to the account that took the invitation up. Records ``person.seated``.

    Refused where the person has an account already, or is written to elsewhere by now.
    """
    person = Person.unscoped.get(ref=invitation.target_ref, practice_id=invitation.practice_id)
    mine = Person.unscoped.filter(pk=person.pk, email=invitation.email, user=None)
    if mine.update(user=user) != 1:
        raise InvitationVoid(
            _("This invitation was replaced by a newer one, or withdrawn. Ask for a new link.")
        )
    person.user = user
    for told in _seat_taken:
        told(person, user)
    events.record(chain=invitation.practice.ref, kind="person.seated", actor=user.ref, subject=person.ref)


@act
def keep_too(viewer: Viewer, values: Mapping, user: User | None) -> Person:
    """A coach keeps somebody who was handed over to them, by value: as they know them already, or a row of their own.

    For the service of the hand-over, in its transaction. Records ``person.save`` for a new row. Raises :class:`Invalid`
    where the coach keeps somebody else under this address.
    """
    mine = Person.unscoped.filter(practice_id=viewer.practice_id, keeper_id=viewer.user_id)
    known = mine.filter(user=user).first() if user else None
    known = known or mine.filter(email=values["email"].strip().lower()).first()
    row = known or save_person(viewer, None, values)
    if user is None or row.user_id == user.pk:
        return row
    if mine.filter(pk=row.pk, user=None).update(user=user) != 1:
        raise Invalid(_("You keep somebody else under this address: correct it first."))
    row.user = user
    for told in _seat_taken:
        told(row, user)
    return row


@act
def keep_organisation_too(viewer: Viewer, values: Mapping) -> Organisation:
    """The organisation of somebody handed over: the coach's own row of that name, or a new one (``organisation.save``)."""
    mine = Organisation.unscoped.filter(practice_id=viewer.practice_id, keeper_id=viewer.user_id)
    return mine.filter(name__iexact=values["name"]).first() or save_organisation(viewer, None, values)


def _save(viewer: Viewer, row, values: Mapping, kind: str):
    for name, value in values.items():
        setattr(row, name, value)
    try:
        row.full_clean()
    except ValidationError as wrong:
        field, messages = next(iter(wrong.message_dict.items()))
        raise Invalid(messages[0], field=field) from wrong
    row.save()
    events.record(chain=viewer.practice_ref, kind=kind, actor=viewer.user_ref, subject=row.ref)
    return row
