"""Taking one's own data away: what is in the archive, for whom it opens, and that it goes."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from coaching.journal.models import Event
from coaching.kernel.errors import NotAllowedNow
from coaching.kernel.viewer import Portal
from coaching.outbox.models import Letter
from coaching.personal import store
from coaching.personal.gathering import gather
from coaching.personal.models import Export
from coaching.personal.services import exporting
from coaching.vault import keyring
from coaching.vault.errors import Locked
from tests.decisions.helpers import decide
from tests.personal.helpers import archive, just_proved, pack, rows, told
from tests.sessions.helpers import active, coachee
from tests.unlocking import lock

pytestmark = pytest.mark.django_db


def _ready(world, portal=Portal.COACHEE, persona="coachee") -> Export:
    return pack(exporting.ask(world.viewer(persona, portal), "fr"))


def test_the_archive_of_a_coachee_holds_what_is_theirs_and_the_contract_they_signed(world, browse):
    mission = active(world)
    decide(world, mission, "Je délègue.")
    _ready(world)
    found = archive(browse("coachee"), "coachee")
    contract = world.standing.ref
    assert set(found.namelist()) == {"donnees.json", "donnees.pdf", f"documents/{contract}.pdf"}
    said = told(found)
    assert [row["text_ref"] for row in rows(said, "decisions")] == ["Je délègue."]
    assert rows(said, "account")[0]["email"] == world.users["coachee"].email
    assert rows(said, "signatures")
    assert said["unopened"] == 0


def test_what_was_allowed_is_said_in_words_not_in_codes(world):
    active(world)
    part = next(one for one in gather(coachee(world), "fr")["parts"] if one["key"] == "scopes")
    said = [item for row in part["rows"] for item in row["item_labels"]]
    assert said
    assert all(len(item) > 1 and "_" not in item for item in said)


def test_a_coachee_is_told_on_the_page_that_notes_are_not_in_it_and_why(world, browse):
    page = browse("coachee").get(reverse("coachee_export")).content.decode()
    assert "notes privées" in page
    assert "15(4)" in page.replace("\xa0", "")


def test_the_archive_of_the_coach_holds_their_notes_and_nothing_of_their_coachees(world, browse):
    mission = active(world)
    decide(world, mission, "Je délègue.")
    _ready(world, Portal.COACH, "coach")
    said = told(archive(browse("coach"), "coach"))
    assert rows(said, "memberships")
    assert "Je délègue." not in json.dumps(said, ensure_ascii=False)
    assert world.people["coachee"].name not in json.dumps(said, ensure_ascii=False)


@pytest.mark.parametrize(
    ("persona", "portal"),
    [
        ("coachee", Portal.COACHEE),
        ("sponsor", Portal.ORGANISATION),
        ("coach", Portal.COACH),
        ("administrator", Portal.PRACTICE),
        ("recourse", Portal.RECOURSE),
    ],
)
def test_whoever_asks_receives_themself_in_each_portal(world, browse, persona, portal):
    _ready(world, portal, persona)
    said = told(archive(browse(persona), portal.value))
    assert said["person"]["reference"] == world.users[persona].ref


def test_a_download_is_refused_until_the_password_is_given_again(world, browse):
    _ready(world)
    answer = browse("coachee").get(reverse("coachee_export_download"))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_reauthenticate"))


def test_an_archive_opens_to_nobody_while_their_key_is_closed(world, browse):
    _ready(world)
    browser = lock(just_proved(browse("coachee")))
    answer = browser.get(reverse("coachee_export_download"))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("unlock"))


def test_nobody_else_finds_an_archive(world, browse):
    _ready(world)
    for persona, portal in (("teammate", "coachee"), ("coach", "coach"), ("sponsor", "organisation")):
        answer = just_proved(browse(persona)).get(reverse(f"{portal}_export_download"))
        assert answer.status_code == 302
        assert answer["Location"] == reverse(f"{portal}_export")


def test_gathering_is_refused_while_the_key_is_closed(world):
    mission = active(world)
    decide(world, mission)
    with keyring.opened(), pytest.raises(Locked):
        gather(coachee(world), "fr")


def test_neither_the_row_nor_the_file_says_a_word_in_clear(world):
    mission = active(world)
    decide(world, mission, "Un mot tout à fait singulier.")
    row = exporting.ask(coachee(world), "fr")
    assert b"singulier" not in bytes(row.material)
    packed = pack(row)
    assert packed.material is None
    assert b"donnees.json" not in store.read(packed.ref)
    with keyring.opened(), pytest.raises(Locked):
        exporting.content_of(coachee(world), packed)


def test_a_second_is_refused_while_the_first_is_being_prepared(world):
    exporting.ask(coachee(world), "fr")
    with pytest.raises(NotAllowedNow):
        exporting.ask(coachee(world), "fr")


def test_gathered_anew_the_archive_before_is_gone(world):
    first = _ready(world)
    second = _ready(world)
    assert store.read(first.ref) is None
    assert store.read(second.ref)
    assert Export.unscoped.filter(user=world.users["coachee"]).count() == 1


def test_a_worker_that_comes_twice_packs_it_once(world):
    row = exporting.ask(coachee(world), "fr")
    pack(row)
    letters = Letter.unscoped.filter(kind="personal/export_ready").count()
    pack(row)
    assert Letter.unscoped.filter(kind="personal/export_ready").count() == letters == 1


def test_after_a_week_the_archive_goes_file_first(world):
    row = _ready(world)
    Export.unscoped.filter(pk=row.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(NotAllowedNow):
        exporting.content_of(coachee(world), Export.unscoped.get(pk=row.pk))
    assert exporting.purge_exports() == 1
    assert store.read(row.ref) is None
    assert exporting.purge_exports() == 0


def test_a_file_without_a_row_is_swept_and_a_row_without_its_file_too(world):
    store.write("EX-LOST", b"x")
    exporting.purge_exports()
    assert store.read("EX-LOST") is None
    row = _ready(world)
    store.remove(row.ref)  # killed between the file and the row
    Export.unscoped.filter(pk=row.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert exporting.purge_exports() == 1


def test_taking_ones_data_away_is_told_in_a_chain_of_ones_own(world):
    _ready(world)
    kinds = Event.unscoped.filter(kind__startswith="export.")
    assert set(kinds.values_list("chain", flat=True)) == {world.users["coachee"].ref}


def test_asking_shows_progress_and_can_be_left(world, browse):
    browser = browse("coachee")
    assert browser.post(reverse("coachee_export")).status_code == 302
    page = browser.get(reverse("coachee_export")).content.decode()
    assert reverse("coachee_export_progress") in page
    part = browser.get(reverse("coachee_export_progress"), headers={"HX-Request": "true"})
    assert "<progress" in part.content.decode()
    assert browser.post(reverse("coachee_export")).status_code == 403
    pack(Export.unscoped.get(user=world.users["coachee"]))
    assert reverse("coachee_export_download") in browser.get(reverse("coachee_export")).content.decode()


def test_asking_costs_the_same_questions_with_one_and_with_three_decisions(world, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    mission = active(world)
    counted = []
    for _round in range(2):
        decide(world, mission)
        gather(coachee(world), "fr")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            gather(coachee(world), "fr")
        counted.append(len(asked))
        decide(world, mission)
    assert counted[0] == counted[1]
