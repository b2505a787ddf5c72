"""Two people at once: one wins, the other is told, nothing is half done. Without its guard, each race happens."""

import pytest
from django.db import transaction
from django.utils import timezone

from coaching.accounts import services as accounts
from coaching.accounts.enums import InvitationPurpose
from coaching.accounts.models import Invitation, Membership
from coaching.journal import services as journal
from coaching.journal.models import Event
from coaching.journal.services import record, verify
from coaching.kernel import transitions
from coaching.kernel.errors import DomainError, Stale
from coaching.kernel.viewer import Portal
from coaching.missions.models import Mission, RequestVersion, Seat
from coaching.missions.services import life, requests
from coaching.outbox import services as outbox
from coaching.outbox.models import Letter, LetterState
from contracts.access import clauses_of
from contracts.models import Contract, ContractVersion
from contracts.services import drafting, sharing
from tests import stand_ins
from tests.contracts.helpers import contracting, enquiry, word

pytestmark = pytest.mark.django_db(transaction=True)
REASON = {"missions.context": "Je connais la maison."}


def _won(answers):
    return [answer for answer in answers if not isinstance(answer, Exception)]


def _lost(answers):
    return [answer for answer in answers if isinstance(answer, Exception)]


def test_two_tabs_open_contracting_once(small, together):
    mission = enquiry(small)
    answers = together(*[lambda: life.open_contracting(small.coach, mission, REASON)] * 2)
    assert len(_won(answers)) == 1
    assert all(isinstance(one, DomainError) for one in _lost(answers))
    assert Event.unscoped.filter(kind="mission.open_contracting").count() == 1
    assert list(verify()) == []


def test_two_tabs_open_contracting_twice_without_the_conditional_update(
    small, together, meet, monkeypatch, postgres
):
    """The guards taken away: no row lock, no compare-and-set."""

    def naive(transition, current):
        meet()
        type(current).unscoped.filter(pk=current.pk).update(state=transition.target, opened_at=timezone.now())

    monkeypatch.setattr(transitions, "_lock", lambda obj: type(obj).unscoped.get(pk=obj.pk))
    monkeypatch.setattr(transitions, "_compare_and_set", naive)
    mission = enquiry(small)
    answers = together(*[lambda: life.open_contracting(small.coach, mission, REASON)] * 2)
    # SQLite lets one transaction write at a time (IMMEDIATE): there the second one finds the state changed.
    assert len(_won(answers)) == (2 if postgres else 1)
    assert Event.unscoped.filter(kind="mission.open_contracting").count() == (2 if postgres else 1)


def test_opening_and_declining_at_once_leaves_one_of_the_two(small, together):
    mission = enquiry(small)
    answers = together(
        lambda: life.open_contracting(small.coach, mission, REASON),
        lambda: stand_ins.refuse(
            small.coach, mission, ground="coach", explanation="Non.", orientation="", told_organisation=""
        ),
    )
    mission = Mission.unscoped.get(pk=mission.pk)
    letters = Letter.unscoped.filter(kind="closings/parted").count()
    # Declining may come after opening, never the other way round.
    assert (mission.state, letters) == ("refused", 2) or (mission.state, letters, len(_lost(answers))) == (
        "contracting",
        0,
        1,
    )


def test_two_drafts_at_once_make_one(small, together):
    mission = enquiry(small)
    life.open_contracting(small.coach, mission, REASON)
    mission = Mission.unscoped.get(pk=mission.pk)
    answers = together(*[lambda: drafting.draft(small.coach, mission)] * 2)
    assert (len(_won(answers)), Contract.unscoped.count()) == (1, 1)
    assert all(isinstance(one, DomainError) for one in _lost(answers))


def test_two_wordings_of_one_request_at_once_keep_one_and_tell_the_other(small, together):
    mission = enquiry(small)
    seat = Seat.unscoped.get(mission=mission, role="coachee")
    answers = together(*[lambda: word(small, mission, seat, "Deux onglets.", based_on=1)] * 2)
    assert (len(_won(answers)), len(_lost(answers))) == (1, 1)
    assert isinstance(_lost(answers)[0], DomainError)
    assert RequestVersion.unscoped.filter(request__seat=seat).count() == 2


def test_validating_while_the_coachee_writes_anew_never_validates_what_was_not_read(small, together):
    mission = enquiry(small, validated=False)
    seat = Seat.unscoped.get(mission=mission, role="coachee")
    version = RequestVersion.unscoped.get(request__seat=seat)
    together(
        lambda: requests.validate_request(small.coach, mission, version, "Je valide."),
        lambda: word(small, mission, seat, "Autre chose.", based_on=1),
    )
    with pytest.raises(DomainError):
        life.open_contracting(small.coach, mission, REASON)


def test_sending_a_draft_that_is_being_edited_sends_what_was_read_or_nothing(small, together):
    from ethics.development.services import save_qualification
    from tests.races.settings import complete

    complete(small)
    save_qualification(small.coach, None, {"title": "T", "body": "B", "obtained_on": timezone.localdate()})
    _mission, contract = contracting(small)
    clause = clauses_of(small.coach, contract).get(section="fees")

    def edit():
        drafting.save_clause(
            small.coach, contract, clause, title=clause.title, body=clause.body + "\n\nAjout rarissime."
        )

    answers = together(lambda: sharing.share(small.coach, contract), edit)
    versions = list(ContractVersion.unscoped.select_related("document"))
    sent = not isinstance(answers[0], Exception)
    assert len(versions) == sent
    assert sent or isinstance(answers[0], Stale), answers[0]
    current = Contract.unscoped.get(pk=contract.pk)
    assert current.state == ("review" if sent else "draft")
    if sent:
        edited = not isinstance(answers[1], Exception)
        assert ("Ajout rarissime" in versions[0].document.snapshot) == edited


def test_one_invitation_seats_one_account(small, together):
    small_invitation = _invite(small)
    answers = together(
        *[lambda: accounts.join_by_invitation(small_invitation, name="N", password="une phrase longue")] * 2
    )
    assert (len(_won(answers)), Membership.unscoped.count()) == (1, 2)


def test_one_invitation_is_taken_up_twice_without_its_conditional_update(
    small, together, meet, monkeypatch, postgres
):
    invitation = _invite(small)
    user = accounts.create_user(email=invitation.email, name="N", password="une phrase longue")

    @transaction.atomic
    def naive():
        found = Invitation.unscoped.get(pk=invitation.pk)
        if found.used_at:
            raise accounts.InvitationVoid("used")
        meet()
        Invitation.unscoped.filter(pk=found.pk).update(used_at=timezone.now(), used_by=user)
        return found

    assert len(_won(together(naive, naive))) == (2 if postgres else 1)
    Invitation.unscoped.filter(pk=invitation.pk).update(used_at=None)
    answers = together(*[lambda: accounts.accept_invitation(invitation, user)] * 2)
    assert len(_won(answers)) == 1


def _invite(small) -> Invitation:
    return accounts.invite(
        small.viewer("coach", Portal.PRACTICE), purpose=InvitationPurpose.MEMBERSHIP, email="new@race.test", name="N",
        language="fr", inviter=small.users["coach"], practice=small.practice, as_coach=True,
    )  # fmt: skip


def _write_events():
    for _ in range(10):
        record(chain="P-1", kind="mission.begin", actor="U-1", subject="M-1")


def test_two_writers_never_fork_the_journal(small, together):
    answers = together(_write_events, _write_events, _write_events)
    assert _lost(answers) == []
    assert Event.unscoped.filter(chain="P-1").count() == 30
    assert list(verify()) == []


def test_two_writers_meet_on_the_same_number_without_the_head_held(small, together, monkeypatch, postgres):
    record(chain="P-1", kind="mission.begin", actor="U-1", subject="M-1")
    monkeypatch.setattr(journal, "_take_head", lambda chain: journal.Head.unscoped.get(chain=chain))
    lost = _lost(together(_write_events, _write_events, _write_events))
    # The UNIQUE constraint is the second guard: the fork is refused, the act fails instead of waiting.
    assert bool(lost) == postgres
    assert list(verify()) == []


def test_two_workers_never_send_one_letter_twice(small, together, monkeypatch):
    Letter.unscoped.all().delete()
    for number in range(12):
        _letter(f"to{number}@race.test")
    handed = []
    monkeypatch.setattr(outbox, "_hand_over", lambda letter, _message: handed.append(letter.pk))
    answers = together(outbox.send_due, outbox.send_due, outbox.send_due)
    assert _lost(answers) == []
    assert sum(answers) == 12
    assert len(handed) == len(set(handed)) == 12


def test_two_workers_send_one_letter_twice_without_the_conditional_update(small, together, meet, monkeypatch):
    Letter.unscoped.all().delete()
    _letter("to@race.test")
    handed = []

    def naive():
        letter = Letter.unscoped.filter(state=LetterState.QUEUED).first()
        meet()
        if letter:
            Letter.unscoped.filter(pk=letter.pk).update(state=LetterState.SENDING)
            handed.append(letter.pk)

    together(naive, naive)
    assert len(handed) == 2


def _letter(to):
    return outbox.keep(outbox.Message("s", "t", ""), kind="x", to=to, language="fr")
