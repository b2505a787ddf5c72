"""From a contract in review to one that stands: the way of everybody, and every way it is refused."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.utils import timezone

from coaching.documents.canonical import canonical
from coaching.jobs.services import Hopeless, Task
from coaching.journal.models import Event
from coaching.kernel.errors import GateClosed, Invalid, NotAllowedNow, Stale
from coaching.kernel.tokens import hash_token
from coaching.kernel.viewer import Portal
from coaching.missions.models import Mission
from coaching.missions.services.seats import end_seat
from coaching.outbox.models import Letter
from coaching.outbox.services import open_letter
from contracts.links import token_of
from contracts.models import Challenge, Contract, Signatory, Signature, SigningRound
from contracts.services import codes, rounds, sealing, sharing, signing
from contracts.services.evidence import gather_evidence
from contracts.signing_access import LinkVoid, places, signer_by_link
from tests import stand_ins
from tests.contracts.signing_helpers import (
    BROWSER,
    code_sent,
    given,
    in_review,
    out,
    ready,
    seat_without_account,
    sign_all,
    sign_as,
    signer_of,
)

pytestmark = pytest.mark.django_db
ELSEWHERE = "another browser"


@pytest.fixture(scope="module")
def going(world, django_db_blocker):
    """One contract out for signature, in any order; what a test does to it is taken back at its end."""
    with django_db_blocker.unblock():
        return out(world, manager=True)


@pytest.fixture(scope="module")
def reviewed(world, django_db_blocker):
    with django_db_blocker.unblock():
        return in_review(world)


def _letters(kind: str) -> list[str]:
    return sorted(Letter.unscoped.filter(kind=f"contracts/{kind}").values_list("to", flat=True))


def _contract(signing_round) -> Contract:
    return Contract.unscoped.get(pk=signing_round.contract_id)


# the way


def test_a_signature_keeps_what_was_signed_by_whom_and_how(world, going):
    signer, code = ready(going, "sponsor")
    row = signing.sign(signer, given(signer, code, ip="2001:db8::7", user_agent="x" * 900))
    assert (row.document_sha256, row.channel, row.access) == (
        going.version.document.sha256,
        "email",
        "account",
    )
    assert (row.address, row.account_ref, row.ip) == (signer.signatory.email, signer.user.ref, "2001:db8::7")
    assert len(row.user_agent) == 400
    assert row.displayed_at <= row.signed_at
    event = Event.unscoped.get(kind="signature.give", subject=row.ref)
    assert (event.actor, event.data["sha256"]) == (signer.user.ref, row.document_sha256)


def test_somebody_without_an_account_signs_by_their_link_alone(world, going):
    row = sign_as(going, "manager", by_link=True)
    assert (row.access, row.account_ref) == ("link", "")
    event = Event.unscoped.get(kind="signature.give", subject=row.ref)
    assert event.actor == Signatory.unscoped.get(round=going, role="manager").ref


def test_in_a_set_order_each_is_written_to_when_the_one_before_has_signed(world, reviewed):
    coachee, sponsor = (world.users[name].email for name in ("coachee", "sponsor"))

    def written() -> tuple[int, int]:
        return _letters("sign").count(coachee), _letters("sign").count(sponsor)

    of_coachee, of_sponsor = written()
    going = rounds.open_round(world.coach, reviewed, order="coach_first")
    assert written() == (of_coachee, of_sponsor)
    with pytest.raises(NotAllowedNow):
        signing.display(signer_of(going, "coachee"))
    sign_as(going, "coach")
    assert written() == (of_coachee + 1, of_sponsor)
    sign_as(going, "coachee")
    assert written() == (of_coachee + 1, of_sponsor + 1)
    sign_as(going, "sponsor")
    assert _contract(going).state == "signed"


@pytest.mark.parametrize(
    "typed",
    ["zoé l’hérault", "ZOE L'HERAULT", "  Zoe   LHérault ", "Zoé-L’Hérault", "Zoe\u0301 L’He\u0301rault"],
)
def test_a_name_is_the_same_whatever_its_case_accents_and_spaces(world, going, typed):
    signing.check_name(signer_of(going, "manager"), typed)


# the refusals


@pytest.mark.parametrize("typed", ["", "Zoé", "Zoé L’Hérault-Petit", "Hérault L Zoé", "…", "Ζοé L’Hérault"])
def test_another_name_is_refused_beside_its_field(world, going, typed):
    signer, code = ready(going, "manager")
    with pytest.raises(Invalid) as refused:
        signing.sign(signer, given(signer, code, typed_name=typed))
    assert refused.value.field == "typed_name"
    assert "Zoé L’Hérault" in str(refused.value.message)


def test_nobody_signs_before_they_have_had_the_document_before_them(world, going):
    signer = signer_of(going, "coachee")
    codes.ask(signer, BROWSER)
    with pytest.raises(NotAllowedNow):
        signing.sign(signer, given(signer, code_sent(signer)))
    assert Signature.unscoped.count() == 0


def test_somebody_who_has_left_the_table_signs_and_declines_nothing_not_even_by_their_link(world, going):
    signer, code = ready(going, "manager", by_link=True)
    end_seat(world.coach, going.contract.mission, signer.signatory.seat)
    with pytest.raises(LinkVoid):
        signer_by_link(signer.signatory.token_hash)
    with pytest.raises(NotAllowedNow):
        signing.sign(signer, given(signer, code))
    with pytest.raises(NotAllowedNow):
        signing.decline(signer_of(going, "manager"), "Non.")
    assert Signature.unscoped.count() == 0


def test_a_consent_to_other_words_is_no_consent(world, going):
    signer, code = ready(going, "coachee")
    with pytest.raises(Invalid) as refused:
        signing.sign(signer, given(signer, code, consent_sha256="0" * 64))
    assert refused.value.field == "consent"


def test_a_code_is_good_for_one_signature(world, going):
    signer, code = ready(going, "coachee")
    row = signing.sign(signer, given(signer, code))
    with pytest.raises(NotAllowedNow):
        signing.sign(signer_of(going, "coachee"), given(signer, code))
    with pytest.raises(Stale):
        codes.consume(row.challenge)
    assert Signature.unscoped.filter(signatory=signer.signatory).count() == 1


def test_a_code_is_not_good_for_another_document(world, going, reviewed):
    other = rounds.open_round(world.coach, reviewed)
    _signer, code = ready(going, "coachee")
    elsewhere, other_code = ready(other, "coachee")
    assert code != other_code or pytest.fail("one chance in a million")
    with pytest.raises(Invalid) as refused:
        signing.sign(elsewhere, given(elsewhere, code))
    assert refused.value.field == "code"
    # The very row of one document, moved to the other signatory, still does not open it.
    Challenge.unscoped.filter(signatory=elsewhere.signatory).update(voided_at=timezone.now())
    Challenge.unscoped.filter(signatory__round=going).update(signatory=elsewhere.signatory)
    with pytest.raises(Invalid):
        signing.sign(elsewhere, given(elsewhere, code))


@pytest.mark.parametrize("browser", [ELSEWHERE, ""])
def test_a_code_is_not_good_in_another_browser(world, going, browser):
    signer, code = ready(going, "coachee")
    with pytest.raises(Invalid) as refused:
        signing.sign(signer, given(signer, code, browser=browser))
    assert refused.value.field == "code"
    signing.sign(signer, given(signer, code))


def test_a_code_is_not_good_for_another_signatory(world, going):
    _signer, code = ready(going, "coachee")
    other, mine = ready(going, "sponsor")
    if mine != code:
        with pytest.raises(Invalid):
            signing.sign(other, given(other, code))
    assert signing.sign(other, given(other, mine)).signatory == other.signatory


def test_a_code_holds_ten_minutes(world, going):
    signer, code = ready(going, "coachee")
    later = time_machine.travel(timezone.now() + timedelta(minutes=10, seconds=1), tick=False)
    with later, pytest.raises(Invalid) as refused:
        signing.sign(signer, given(signer, code))
    assert str(refused.value.message) == str(codes.OVER)


def test_the_right_code_is_refused_after_five_wrong_ones(world, going):
    signer, code = ready(going, "coachee")
    wrong = "000000" if code != "000000" else "111111"
    for _try in range(5):
        with pytest.raises(Invalid) as refused:
            signing.sign(signer, given(signer, wrong))
        assert str(refused.value.message) == str(codes.WRONG)
    with pytest.raises(Invalid) as refused:
        signing.sign(signer, given(signer, code))
    assert str(refused.value.message) == str(codes.OVER)


def test_a_new_code_takes_the_place_of_the_one_before(world, going):
    signer, code = ready(going, "coachee")
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        codes.ask(signer, BROWSER)
        newer = code_sent(signer)
        if newer != code:
            with pytest.raises(Invalid):
                signing.sign(signer, given(signer, code))
        signing.sign(signer, given(signer, newer))


def test_codes_are_not_sent_in_a_hurry_nor_without_end(world, going):
    signer = signer_of(going, "coachee")
    began = timezone.now()
    codes.ask(signer, BROWSER)
    with pytest.raises(Invalid):
        codes.ask(signer, BROWSER)
    for minute in range(1, codes.HOURLY):
        with time_machine.travel(began + timedelta(minutes=minute)):
            codes.ask(signer, BROWSER)
    with time_machine.travel(began + timedelta(minutes=30)), pytest.raises(Invalid):
        codes.ask(signer, BROWSER)
    with time_machine.travel(began + timedelta(minutes=70)):
        codes.ask(signer, BROWSER)
    assert Challenge.unscoped.filter(consumed_at=None, voided_at=None).count() == 1


def test_the_code_itself_is_kept_nowhere(world, going):
    signer, code = ready(going, "coachee")
    row = Challenge.unscoped.get(signatory=signer.signatory)
    assert code not in f"{row.mac} {row.ref}"
    assert all(code not in str(event.data) for event in Event.unscoped.all())


# what ends a signing


def test_taking_a_contract_back_to_draft_makes_signatures_fall_and_keeps_them_in_its_history(world, going):
    sign_as(going, "coachee")
    waiting, code = ready(going, "sponsor")
    sharing.revise(world.coach, _contract(going))
    assert (_contract(going).state, SigningRound.unscoped.get(pk=going.pk).closing) == ("draft", "replaced")
    assert Signature.unscoped.filter(signatory__round=going).count() == 1
    with pytest.raises(NotAllowedNow):
        signing.sign(waiting, given(waiting, code))
    with pytest.raises(LinkVoid, match="repris"):
        signer_by_link(waiting.signatory.token_hash)
    assert len(_letters("replaced")) == 3
    version = sharing.share(world.coach, _contract(going))
    again = rounds.open_round(world.coach, _contract(going))
    assert again.version == version
    assert [place.signature for place in places(again)] == [None] * 4


def test_a_signatory_declines_with_a_reason_the_coach_alone_reads(world, going):
    sign_as(going, "coachee")
    signing.decline(signer_of(going, "manager", by_link=True), "Le périmètre ne me convient pas.")
    assert _contract(going).state == "declined"
    assert SigningRound.unscoped.get(pk=going.pk).closing == "declined"
    assert _letters("declined_coach") == [world.users["coach"].email]
    assert _letters("declined") == sorted(world.users[one].email for one in ("coachee", "sponsor"))
    for letter in Letter.unscoped.filter(kind__startswith="contracts/declined"):
        assert "périmètre" not in open_letter(letter).text
    with pytest.raises(NotAllowedNow):
        signing.decline(signer_of(going, "sponsor"), "Moi non plus.")
    mission = Mission.unscoped.get(pk=going.contract.mission_id)
    assert mission.state == "contracting"


def test_nobody_declines_without_a_reason_nor_after_signing_nor_as_the_coach(world, going):
    with pytest.raises(Invalid) as refused:
        signing.decline(signer_of(going, "manager"), "  ")
    assert refused.value.field == "reason"
    sign_as(going, "coachee")
    for role in ("coachee", "coach"):
        with pytest.raises(NotAllowedNow):
            signing.decline(signer_of(going, role), "Non.")
    assert _contract(going).state == "signing"


def test_withdrawing_a_contract_closes_its_signing_for_those_without_an_account_too(world, going):
    sharing.withdraw(world.coach, _contract(going), "Le projet est abandonné.")
    assert SigningRound.unscoped.get(pk=going.pk).closing == "withdrawn"
    with pytest.raises(LinkVoid):
        signer_by_link(Signatory.unscoped.get(round=going, role="manager").token_hash)
    assert "zoe@canary.test" in _letters("withdrawn")


def test_a_round_expires_by_the_worker_and_the_contract_is_in_review_again(world, going):
    sign_as(going, "coachee")
    late, code = ready(going, "sponsor")
    assert rounds.expire_due() == 0
    with time_machine.travel(going.expires_at + timedelta(seconds=1)):
        with pytest.raises(NotAllowedNow):  # before the worker has come by
            signing.sign(late, given(late, code))
        with pytest.raises(LinkVoid):
            signer_by_link(late.signatory.token_hash)
        assert rounds.expire_due() == 1
        assert rounds.expire_due() == 0
    assert (_contract(going).state, SigningRound.unscoped.get(pk=going.pk).closing) == ("review", "expired")
    assert Event.unscoped.filter(kind="contract.expire").get().actor == "system"
    assert len(_letters("expired")) == 3


# reminders, addresses


def test_reminders_leave_after_three_days_and_after_ten_to_those_awaited_alone(world, going):
    sign_as(going, "coachee")
    began = timezone.now()
    counts = []
    for day in (1, 3.1, 3.2, 4.5, 9.9, 10.1, 10.2, 20):
        with time_machine.travel(began + timedelta(days=day)):
            counts.append(rounds.remind_due())
    assert counts == [0, 3, 0, 0, 0, 3, 0, 0]
    assert world.users["coachee"].email not in _letters("sign_reminder")


def test_the_coach_reminds_at_most_once_a_day_and_not_themself(world, going):
    sign_as(going, "coachee")
    assert rounds.remind(world.coach, _contract(going)) == 2
    assert rounds.remind(world.coach, _contract(going)) == 0
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        assert rounds.remind(world.coach, _contract(going)) == 2
    assert world.users["coach"].email not in _letters("sign_reminder")


def test_a_reminder_carries_the_very_link_of_the_invitation(world, going):
    token = token_of(Signatory.unscoped.get(round=going, role="manager"))
    rounds.remind(world.coach, _contract(going))
    letters = Letter.unscoped.filter(
        to="zoe@canary.test", kind__in=("contracts/sign", "contracts/sign_reminder")
    )
    assert [token in open_letter(letter).text for letter in letters] == [True, True]


def test_a_corrected_address_kills_the_old_link_and_its_code_and_is_journalled_without_it(world, going):
    signer, code = ready(going, "manager", by_link=True)
    old = signer.signatory.token_hash
    row = rounds.correct_address(
        world.coach, signer_of(going, "manager").signatory, "zoe.herault@canary.test"
    )
    with pytest.raises(LinkVoid):
        signer_by_link(old)
    with pytest.raises((Stale, Invalid)):
        signing.sign(signer, given(signer, code))
    fresh = signer_by_link(row.token_hash)
    assert fresh.signatory.email == "zoe.herault@canary.test"
    assert (
        token_of(fresh.signatory)
        in open_letter(Letter.unscoped.filter(kind="contracts/sign", to="zoe.herault@canary.test").get()).text
    )
    event = Event.unscoped.get(kind="signing.address")
    assert (event.subject, event.data) == (row.ref, {})


def test_an_address_is_not_corrected_after_the_signature_nor_by_anyone_but_the_coach(world, going):
    sign_as(going, "manager")
    with pytest.raises(NotAllowedNow):
        rounds.correct_address(world.coach, signer_of(going, "manager").signatory, "x@canary.test")
    with pytest.raises(NotAllowedNow):
        sponsor = world.viewer("sponsor", Portal.ORGANISATION)
        rounds.correct_address(sponsor, signer_of(going, "sponsor").signatory, "x@canary.test")


def test_a_link_is_256_bits_of_which_the_database_has_the_hash_alone(world, going):
    row = Signatory.unscoped.get(round=going, role="manager")
    token = token_of(row)
    assert len(token) == 43
    assert row.token_hash == hash_token(token)
    assert len({token_of(one) for one in Signatory.unscoped.filter(round=going)}) == 4


# opening


def test_a_contract_is_not_sent_when_those_who_sign_are_not_those_it_names(world, reviewed):
    seat_without_account(world, reviewed.mission)
    with pytest.raises(Stale):
        rounds.open_round(world.coach, reviewed)
    assert Contract.unscoped.get(pk=reviewed.pk).state == "review"


@pytest.mark.parametrize("days", [0, 91, -1])
def test_the_time_to_sign_has_its_bounds(world, reviewed, days):
    with pytest.raises(Invalid) as refused:
        rounds.open_round(world.coach, reviewed, days=days)
    assert refused.value.field == "days"


def test_nobody_but_the_coach_sends_a_contract_for_signature(world, reviewed):
    with pytest.raises(NotAllowedNow):
        rounds.open_round(world.viewer("sponsor", Portal.ORGANISATION), reviewed)


def test_a_contract_has_one_round_alive(world, going):
    with pytest.raises(NotAllowedNow):
        rounds.open_round(world.coach, _contract(going))
    with pytest.raises(DatabaseError), transaction.atomic():
        SigningRound.unscoped.create(
            contract=going.contract,
            version=going.version,
            opened_by=going.opened_by,
            expires_at=timezone.now(),
        )


def test_a_mission_is_not_declined_while_its_contract_is_out(world, going):
    mission = Mission.unscoped.get(pk=going.contract.mission_id)
    with pytest.raises(GateClosed):
        stand_ins.refuse(
            world.coach, mission, ground="coach", explanation="Non.", orientation="", told_organisation=""
        )


# sealing


def test_a_contract_that_is_not_signed_is_not_sealed_however_often_it_is_tried(world, going):
    with pytest.raises(Hopeless):
        sealing.seal_job(Task(0, "contracts.seal", going.contract.ref, "", 1, ""))
    assert _contract(going).state == "signing"


def test_the_proof_is_the_same_each_time_it_is_gathered_and_claims_what_is_true(world, going):
    contract = sign_all(going)
    proof = gather_evidence(contract)
    assert canonical(proof) == canonical(gather_evidence(contract))
    assert proof.level.startswith("simple electronic signature")
    assert "advanced" not in canonical(proof)
    assert [one.name for one in proof.signatures] == [p.signatory.name for p in places(going)]
    for one in proof.signatures:
        event = Event.unscoped.get(digest=one.journal_digest)
        assert (event.kind, event.number) == ("signature.give", one.journal_number)
        assert event.data["sha256"] == proof.document.sha256
