"""The two requests: worded by their authors, or taken down by the coach and then made theirs."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.kernel.acts import act
from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from coaching.kernel.forms import LONG_TEXT
from coaching.kernel.refs import new_ref
from coaching.kernel.viewer import Viewer
from coaching.vault.access import open_texts

from .. import letters
from ..access import own_seats, roles_at
from ..enums import RequestLevel, SeatRole
from ..models import Mission, Request, RequestVersion, Seat, SharedWording, Validation
from ..policy import may_word
from ..requests_access import SEALED_PLACE
from .between import seal_for_both
from .life import record


@act
def write_organisation_request(
    viewer: Viewer, mission: Mission, text: str, *, based_on: int
) -> RequestVersion:
    """A new version of the organisation's request (article 8). Records ``request.write``.

    Who may: a sponsor, whose words are theirs at once; or the coach, as taken down in a meeting, until the sponsor
    confirms. ``based_on`` is the number of the version the writer saw: a newer one in between is :class:`Stale`.
    """
    roles = roles_at(viewer, mission)
    if not roles & {"sponsor", "coach"}:
        raise NotAllowedNow(_("Only the sponsor words the organisation’s request."))
    if not mission.paid_by_organisation:
        raise NotAllowedNow(_("No organisation pays for this mission: it has no request of its own."))
    request, _made = Request.unscoped.get_or_create(
        mission=mission, level=RequestLevel.ORGANISATION, seat=None
    )
    version = _next_version(viewer, mission, request, text, based_on, taken_down="sponsor" not in roles)
    version.text = text.strip()
    return _keep(viewer, mission, version)


@act
def write_coachee_request(
    viewer: Viewer, mission: Mission, seat: Seat, text: str, *, based_on: int
) -> RequestVersion:
    """A new version of a coachee's request, sealed in the vault for coachee and coach. Records ``request.write``.

    Who may: the coachee of this very seat; or the coach, as taken down, until the coachee confirms.
    """
    taken_down = _is_coach(viewer, mission)
    if not taken_down:
        _own(viewer, mission, seat)
    request = Request.unscoped.get(mission=mission, level=RequestLevel.COACHEE, seat=seat)
    version = _next_version(viewer, mission, request, text, based_on, taken_down=taken_down)
    version.sealed_ref = seal_for_both(viewer, seat, text.strip(), place=SEALED_PLACE, row=version.ref)
    return _keep(viewer, mission, version)


def _next_version(viewer, mission, request, text, based_on, *, taken_down) -> RequestVersion:
    _writable(mission, request.seat)
    if not text.strip():
        raise Invalid(_("Write the request first: this text is empty."), field="text")
    if len(text) > LONG_TEXT:
        raise Invalid(_("This text is too long."), field="text")
    Request.unscoped.filter(pk=request.pk).update(level=request.level)  # takes the row for this transaction
    last = RequestVersion.unscoped.filter(request=request).order_by("-number").first()
    number = last.number if last else 0
    if number != based_on:
        raise Stale(
            _(
                "Somebody wrote another version while you were typing. Yours is kept below: compare, then save."
            )
        )
    now = timezone.now()
    return RequestVersion(
        ref=new_ref("V"),
        request=request,
        number=number + 1,
        written_by_id=viewer.user_id,
        taken_down=taken_down,
        confirmed_at=None if taken_down else now,
        confirmed_by_id=None if taken_down else viewer.user_id,
    )


def _keep(viewer, mission, version) -> RequestVersion:
    version.save(force_insert=True)
    data = {"level": version.request.level, "number": version.number, "taken_down": version.taken_down}
    record(viewer, mission, "request.write", version.ref, data)
    if version.taken_down:
        letters.confirm_request(mission, version)
    else:
        letters.request_written(mission, version)
    return version


@act
def confirm_request(viewer: Viewer, mission: Mission, version: RequestVersion) -> None:
    """The author makes the words the coach took down their own. Records ``request.confirm``.

    Who may: a sponsor for the organisation's, the coachee of the seat for their own; never the coach.
    """
    request = version.request
    _writable(mission, request.seat)
    if request.level == RequestLevel.ORGANISATION:
        if "sponsor" not in roles_at(viewer, mission):
            raise NotAllowedNow(_("Only the sponsor confirms the organisation’s request."))
    else:
        _own(viewer, mission, request.seat)
        _readable(viewer, version)
    rows = RequestVersion.unscoped.filter(pk=version.pk, confirmed_at=None)
    newer = RequestVersion.unscoped.filter(request=request, number__gt=version.number)
    if newer.exists() or rows.update(confirmed_at=timezone.now(), confirmed_by_id=viewer.user_id) != 1:
        raise Stale(_("This wording is no longer the last one. Look at it again before you confirm."))
    record(
        viewer, mission, "request.confirm", version.ref, {"level": request.level, "number": version.number}
    )
    letters.request_written(mission, version)


@act
def validate_request(viewer: Viewer, mission: Mission, version: RequestVersion, wording: str) -> Validation:
    """The coach validates a coachee's request (article 8), in words. Records ``request.validate``.

    Refused for a wording that is not the last, or that its author has not made their own.
    """
    if not _is_coach(viewer, mission):
        raise NotAllowedNow(_("Only the mission’s coach validates the coachee’s request."))
    _writable(mission, version.request.seat)
    if version.request.level != RequestLevel.COACHEE:
        raise NotAllowedNow(_("The coach validates the coachee’s request, not the organisation’s."))
    if not wording.strip():
        raise Invalid(_("Say in a sentence what you validate."), field="wording")
    _readable(viewer, version)
    if RequestVersion.unscoped.filter(request=version.request, number__gt=version.number).exists():
        raise Stale(_("The coachee has written another version. Read it before you validate."))
    if version.confirmed_at is None:
        raise NotAllowedNow(_("The coachee has not made this wording theirs yet."))
    validation, made = Validation.unscoped.get_or_create(
        version=version, defaults={"wording": wording.strip(), "validated_by_id": viewer.user_id}
    )
    if not made:
        raise Stale(_("This version is already validated."))
    record(viewer, mission, "request.validate", version.ref, {"number": version.number})
    letters.request_validated(mission, version)
    return validation


@act
def share_wording(viewer: Viewer, mission: Mission, seat: Seat, text: str) -> SharedWording:
    """The coachee chooses what the organisation reads of their request. Records ``wording.share``.

    Who may: the coachee of this seat alone; the coach cannot share on their behalf (article 4).
    """
    _own(viewer, mission, seat)
    _writable(mission, seat)
    if not text.strip():
        raise Invalid(_("Write the wording you want to share."), field="text")
    request = Request.unscoped.get(mission=mission, level=RequestLevel.COACHEE, seat=seat)
    SharedWording.unscoped.filter(request=request, withdrawn_at=None).update(withdrawn_at=timezone.now())
    row = SharedWording(request=request, text=text.strip(), shared_by_id=viewer.user_id)
    row.full_clean()
    row.save()
    record(viewer, mission, "wording.share", row.ref)
    return row


@act
def withdraw_wording(viewer: Viewer, mission: Mission, seat: Seat) -> None:
    """The coachee takes the shared wording back: the organisation stops reading it. Records ``wording.withdraw``."""
    _own(viewer, mission, seat)
    rows = SharedWording.unscoped.filter(request__seat=seat, withdrawn_at=None)
    if rows.update(withdrawn_at=timezone.now()):
        record(viewer, mission, "wording.withdraw", seat.ref)


def _writable(mission: Mission, seat: Seat | None) -> None:
    if not may_word(mission, seat):
        raise NotAllowedNow(_("The requests of this mission can no longer be changed."))


def _readable(viewer: Viewer, version: RequestVersion) -> None:
    """Nobody stands by words that do not open to them: a key may still have to be sealed to theirs."""
    if version.sealed_ref and not open_texts(viewer, {version.ref: version.sealed_ref}, place=SEALED_PLACE):
        raise NotAllowedNow(_("These words do not open to you yet: read them before you stand by them."))


def _is_coach(viewer: Viewer, mission: Mission) -> bool:
    return "coach" in roles_at(viewer, mission)


def _own(viewer: Viewer, mission: Mission, seat: Seat) -> None:
    mine = {own.pk for own in own_seats(viewer, mission) if own.role == SeatRole.COACHEE}
    if seat.pk not in mine:
        raise NotAllowedNow(_("Only the coachee words their own request."))
