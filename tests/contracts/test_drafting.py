"""From a mission to a draft to its parties: what the draft says, and what holds it back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from coaching.kernel.errors import GateClosed, Invalid, NotAllowedNow
from coaching.kernel.identifiers import readable_phone
from coaching.missions.models import Seat
from coaching.missions.services import life, requests
from contracts.access import clauses_of, terms_of
from contracts.frozen import thaw
from contracts.models import ContractClause, ContractVersion
from contracts.services import drafting, sharing
from contracts.values import gather, values
from tests import stand_ins
from tests.contracts.helpers import contracting, enquiry, send, word


@pytest.fixture
def made(world, db):
    return contracting(world)


def _words(world, contract) -> str:
    return "\n".join(clause.markdown for clause in sharing.freeze(world.coach, contract).clauses)


def _reword(world, contract, section, **instead):
    clause = clauses_of(world.coach, contract).get(section=section)
    drafting.save_clause(
        world.coach, contract, clause, **{"title": clause.title, "body": clause.body, **instead}
    )


def test_the_contract_says_what_the_coach_validated_in_their_words(world, made):
    assert "Sa demande est la sienne" in _words(world, made[1])


def test_the_contract_says_each_duration_once(world, made):
    said = _words(world, made[1])
    assert "cinq ans après la fin du contrat" in said
    assert said.count("après la fin du contrat après") == 0
    assert said.count("après la fin de la mission après") == 0


@pytest.mark.parametrize(
    ("media", "said"), [(["on_site"], "aucun"), (["on_site", "video"], "visio"), (["phone"], "téléphone")]
)
def test_a_meeting_face_to_face_is_no_remote_medium(world, made, media, said):
    terms = drafting.save_terms(world.coach, made[1], terms_of(world.coach, made[1]), {"media": media})
    row = next(line for line in _words(world, made[1]).splitlines() if line.startswith("| À distance"))
    assert said in row
    assert "présen" not in row
    assert terms.media == media


def test_a_contract_names_the_practice_once_and_the_organisation_without_an_elision(world, made):
    said = _words(world, made[1])
    assert f"cabinet {world.practice.name}" not in said
    assert f"à la demande de {world.organisation.name}" not in sharing.freeze(world.coach, made[1]).subtitle


def test_a_request_worded_anew_holds_the_contract_back_until_it_is_validated(world, made):
    mission, contract = made
    seat = Seat.unscoped.get(mission=mission, role="coachee")
    version = word(world, mission, seat, "J’ai changé d’avis.", based_on=1)
    # Even where no clause quotes the validation any more.
    _reword(world, contract, "preamble", body="Les parties se connaissent.")
    contract.refresh_from_db()
    with pytest.raises(GateClosed) as closed:
        sharing.share(world.coach, contract)
    assert [state.gate.name for state in closed.value.closed] == ["contracts.validation"]
    assert not ContractVersion.unscoped.filter(contract=contract).exists()
    requests.validate_request(world.coach, mission, version, "Oui, cela aussi.")
    assert sharing.share(world.coach, contract).number == 1


def test_words_taken_down_and_not_confirmed_hold_the_contract_back(world, made):
    mission, contract = made
    requests.write_organisation_request(world.coach, mission, "Tel que dit.", based_on=1)
    with pytest.raises(GateClosed) as closed:
        sharing.share(world.coach, contract)
    assert [state.gate.name for state in closed.value.closed] == ["contracts.requests"]


def test_the_draft_of_a_declined_mission_is_left_as_it_is(world, made):
    mission, contract = made
    stand_ins.refuse(
        world.coach, mission, ground="coach", explanation="e", orientation="", told_organisation=""
    )
    contract.refresh_from_db()
    for act in (
        lambda: _reword(world, contract, "fees", body="Autre chose."),
        lambda: drafting.save_terms(
            world.coach, contract, terms_of(world.coach, contract), {"sessions_count": 1}
        ),
    ):
        with pytest.raises(NotAllowedNow):
            act()


@pytest.mark.parametrize("title", ["Parties : [[coachee.name]]", "[[nobody]]", "[[]]"])
def test_a_title_takes_no_placeholder(world, made, title):
    with pytest.raises(Invalid) as refused:
        _reword(world, made[1], "parties", title=title)
    assert refused.value.field == "title"


def test_a_clause_edited_by_hand_goes_when_its_section_has_no_place_any_more(world, db):
    mission = enquiry(world)
    mission.payer, mission.organisation = "coachee", None
    mission.save()
    life.open_contracting(world.coach, mission)
    mission.refresh_from_db()
    contract = drafting.draft(world.coach, mission)
    _reword(world, contract, "withdrawal", body="Récrit à la main.")
    _reword(world, contract, "fees", body="Récrit aussi.")
    drafting.save_terms(world.coach, contract, terms_of(world.coach, contract), {"is_consumer": False})
    left = ContractClause.unscoped.filter(contract=contract)
    assert not left.filter(section="withdrawal").exists()
    assert left.get(section="fees").body == "Récrit aussi.\n"


def test_an_address_of_several_lines_and_a_telephone_number_are_read_as_a_sentence(world, made):
    facts = gather(world.coach, made[1], terms_of(world.coach, made[1]))
    facts.practice.address, facts.practice.phone = "14 rue des Tilleuls\r\n54000 Nancy\n", "+33355000140"
    said = values(facts)
    assert said["practice.address"] == "14 rue des Tilleuls, 54000 Nancy"
    assert said["practice.phone"] == "+33 3 55 00 01 40"


@pytest.mark.parametrize("typed", ["poste 12", "", "+33 1"])
def test_a_telephone_number_that_is_none_stays_as_it_was_typed(typed):
    assert readable_phone(typed) == typed


@pytest.mark.parametrize(("language", "colon"), [("fr", " :"), ("en", ":")])
def test_a_scope_says_to_whom_with_the_colon_of_its_language_and_names_no_coachee_of_a_team(
    world, db, language, colon
):
    world.contract.language = language
    facts = gather(world.coach, world.contract, terms_of(world.coach, world.contract))
    said = values(facts)["restitution.scope"]
    heading = said.splitlines()[0].replace("\\", "").replace("\u00a0", " ")
    assert heading == {"fr": "À l’organisation", "en": "To the organisation"}[language] + colon
    assert world.people["coachee"].name not in said


def test_a_document_begun_before_midnight_is_sent_after_it_with_the_day_it_bears(world, db):
    _mission, contract = contracting(world)
    yesterday = timezone.localdate() - timedelta(days=1)
    version = send(world, contract, begun_on=yesterday)
    assert thaw(version.document.snapshot).issued_on == yesterday
