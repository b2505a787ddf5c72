"""Asking for a correction or an erasure, and what the coach does with it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from coaching.accounts.models import User
from coaching.clients.models import Person
from coaching.journal.models import Event
from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from coaching.kernel.viewer import Portal
from coaching.missions.models import Mission
from coaching.outbox.models import Letter
from coaching.outbox.services import open_letter
from coaching.personal.access import erasures_due, get_kept
from coaching.personal.models import Correction, Erasure
from coaching.personal.services import asking, keeping
from coaching.personal.services.erasing import items_of
from contracts.models import SealedContract
from tests.decisions.helpers import decide
from tests.personal.helpers import end, open_compartments
from tests.sessions.helpers import active, coachee, sponsor
from tests.world import PASSWORD

pytestmark = pytest.mark.django_db


def _asked(world, about="phone", wanted="+33 6 00 00 00 01") -> Correction:
    return asking.ask_correction(coachee(world), world.people["coachee"], about=about, wanted=wanted)


def _erasure(world) -> Erasure:
    return asking.ask_erasure(coachee(world), world.people["coachee"])


def _over(world) -> Mission:
    """The coachee's only mission, which has ended."""
    mission = end(active(world))
    others = Mission.unscoped.exclude(pk=mission.pk).exclude(state="refused")
    others.update(state="refused", refused_at=timezone.now())
    return mission


def test_a_person_corrects_the_name_of_their_account_at_once(world, browse):
    answer = browse("coachee").post(reverse("coachee_name"), {"name": "  Zoé   Petit "})
    assert answer.status_code == 302
    assert User.objects.get(pk=world.users["coachee"].pk).name == "Zoé Petit"


def test_a_correction_is_asked_of_the_coach_and_applied(world):
    row = _asked(world)
    asking.apply_correction(world.coach, row)
    assert Person.unscoped.get(pk=world.people["coachee"].pk).phone == "+33 6 00 00 00 01"
    kinds = list(Letter.unscoped.order_by("-pk").values_list("kind", flat=True)[:2])
    assert kinds == ["personal/correction_answered", "personal/correction_asked"]


def test_a_correction_is_declined_with_a_reason_alone(world):
    row = _asked(world)
    with pytest.raises(Invalid):
        asking.decline_correction(world.coach, row, "  ")
    asking.decline_correction(world.coach, row, "C’est ce que porte le contrat.")
    row.refresh_from_db()
    assert (row.state, row.answer) == ("declined", "C’est ce que porte le contrat.")


def test_what_is_asked_twice_is_refused_until_it_is_answered(world):
    row = _asked(world)
    with pytest.raises(Stale):
        _asked(world, wanted="+33 6 00 00 00 02")
    asking.withdraw_correction(coachee(world), row)
    _asked(world, wanted="+33 6 00 00 00 02")


@pytest.mark.parametrize(
    ("about", "wanted"), [("name", " "), ("phone", "0" * 80), ("email", "a@b.test"), ("name", None)]
)
def test_a_correction_that_cannot_be_is_refused_beside_its_field(world, about, wanted):
    wanted = world.people["coachee"].name if wanted is None else wanted
    with pytest.raises(Invalid):
        _asked(world, about=about, wanted=wanted)


def test_a_correction_is_applied_by_nobody_but_the_coach_who_keeps_the_row(world):
    row = _asked(world)
    for viewer in (coachee(world), world.viewer("colleague", Portal.COACH), sponsor(world)):
        with pytest.raises(NotAllowedNow):
            asking.apply_correction(viewer, row)


def test_nobody_asks_in_the_name_of_somebody_else(world):
    with pytest.raises(NotAllowedNow):
        asking.ask_erasure(sponsor(world), world.people["coachee"])
    with pytest.raises(NotAllowedNow):
        asking.ask_correction(sponsor(world), world.people["coachee"], about="phone", wanted="1")
    from django.http import Http404

    with pytest.raises(Http404):
        get_kept(sponsor(world), world.people["coachee"].ref)


def test_before_confirming_each_thing_the_law_keeps_is_said_with_its_text_and_until_when(world, browse):
    mission = _over(world)
    items = items_of(world.people["coachee"])
    kept = {str(item.what): item for item in items if not item.erased}
    contract = next(item for item in kept.values() if item.until)
    ended = timezone.localtime(Mission.unscoped.get(pk=mission.pk).stopped_at).date()
    assert contract.until.year == ended.year + 5
    assert all(str(item.why) for item in kept.values())
    page = (
        browse("coachee").get(reverse("coachee_erase", args=[world.people["coachee"].ref])).content.decode()
    )
    assert "2224" in page
    assert "123-22" in page


def test_an_erasure_is_due_within_a_month_and_the_administrator_sees_references_alone(world, browse):
    row = _erasure(world)
    assert row.answer_by == timezone.localdate() + timedelta(days=30)
    found = erasures_due(world.viewer("administrator", Portal.PRACTICE))
    assert [one.ref for one in found] == [row.ref]
    page = browse("administrator").get(reverse("practice_erasures")).content.decode()
    assert row.ref in page
    assert world.people["coachee"].name not in page


def test_erased_for_good_nobody_opens_what_was_said_and_the_contract_stays(world, browse):
    mission = active(world)
    decide(world, mission, "Je délègue.")
    _over(world)
    row = asking.carry_out(world.coach, _erasure(world))
    assert row.done["compartments"] >= 1
    assert open_compartments(world, mission, "coach", "coachee", "coach_coachee") == 0
    person = Person.unscoped.get(pk=world.people["coachee"].pk)
    assert (person.name, person.phone, person.address) == ("Personne effacée", "", "")
    assert SealedContract.unscoped.filter(contract__mission=mission).exists()
    assert Event.unscoped.filter(kind="person.erase", subject=person.ref).exists()


def test_with_nothing_left_the_account_is_closed_and_its_password_opens_nothing(world, client):
    _over(world)
    before = world.users["coachee"].email
    row = asking.carry_out(world.coach, _erasure(world))
    assert row.done["account"] == 1
    user = User.objects.get(pk=world.users["coachee"].pk)
    assert not user.is_active
    assert before not in (user.email, user.name)
    assert not client.login(email=before, password=PASSWORD)
    letter = Letter.unscoped.get(kind="personal/erasure_carried")
    assert letter.to == before
    assert before not in open_letter(letter).text


def test_while_a_mission_is_under_way_name_and_account_stay_and_so_do_its_texts(world):
    mission = active(world)
    decide(world, mission, "Je délègue.")
    row = asking.carry_out(world.coach, _erasure(world))
    assert (row.done["person"], row.done["account"]) == (0, 0)
    assert Person.unscoped.get(pk=world.people["coachee"].pk).name == world.people["coachee"].name
    assert open_compartments(world, mission, "coachee") == 1


def test_a_dispute_keeps_what_an_erasure_would_take(world):
    mission = active(world)
    decide(world, mission, "Je délègue.")
    _over(world)
    keeping.place_hold(world.coach, mission, "Saisine du médiateur.")
    asking.carry_out(world.coach, _erasure(world))
    assert open_compartments(world, mission, "coachee") == 1


def test_an_erasure_is_not_carried_out_twice_nor_once_it_is_taken_back(world):
    row = _erasure(world)
    asking.withdraw_erasure(coachee(world), row)
    with pytest.raises(NotAllowedNow):
        asking.carry_out(world.coach, row)


def test_the_coach_reads_what_is_asked_and_acts_on_the_page(world, browse):
    row = _asked(world)
    browser = browse("coach")
    assert row.ref in browser.get(reverse("coach_data_requests")).content.decode()
    answer = browser.post(reverse("coach_correction", args=[row.ref]), {"reason": " "})
    assert answer.status_code == 422
    assert browser.post(reverse("coach_correction", args=[row.ref])).status_code == 302
    erasure = _erasure(world)
    assert browser.post(reverse("coach_erasure", args=[erasure.ref])).status_code == 302
    assert Erasure.unscoped.get(pk=erasure.pk).state == "carried"
    assert browser.get(reverse("coach_erasure", args=[erasure.ref])).status_code == 200


def test_the_list_of_requests_asks_the_same_with_one_and_with_three(world, browse, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser, counted = browse("coach"), []
    for abouts in (("phone",), ("address", "job_title")):
        for about in abouts:
            _asked(world, about=about, wanted="x")
        browser.get(reverse("coach_data_requests"))
        with CaptureQueriesContext(connection) as asked:
            browser.get(reverse("coach_data_requests"))
        counted.append(len(asked))
    assert counted[0] == counted[1]
