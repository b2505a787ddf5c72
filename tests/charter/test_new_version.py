"""A new version of the charter: who is asked to read it, what its articles rest on, and what conformity makes of it."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from coaching.journal.models import Event
from coaching.kernel.errors import Invalid, NotAllowedNow
from coaching.kernel.viewer import Portal
from coaching.missions.models import Mission
from coaching.missions.waiting import awaited_by
from contracts.rendering import charter_html
from contracts.snapshots import FrozenCharter
from ethics.charter.access import articles_of, current_version
from ethics.charter.models import Acknowledgement, CharterVersion
from ethics.charter.services import acknowledge, confirm_mapping, publish
from ethics.charter.texts import bundled, companion_of
from ethics.conformity.articles import articles_for
from tests.contracts.standing_helpers import standing

pytestmark = pytest.mark.django_db
TEXT = bundled().markdown
SHORTER = TEXT.replace("### Supervision\n", "### Supervision de la pratique, avec un pair ou un tiers\n")
ADDED = TEXT + "\n\n### Sobriété numérique\n\nOn préfère un appel à trois visioconférences.\n"
WITHOUT = TEXT[: TEXT.index("### Supervision")] + TEXT[TEXT.index("### Confidentialité") :]


@pytest.fixture(scope="module", autouse=True)
def _stands(world, django_db_blocker):
    with django_db_blocker.unblock():
        world.standing = standing(world)


def new(world, text: str, **options) -> CharterVersion:
    return publish(world.practice, text, world.users["administrator"], **options)


def administrator(world):
    return world.viewer("administrator", Portal.PRACTICE)


def slugs(version) -> list[str]:
    return [article.slug for article in articles_of(version)]


def test_an_article_left_out_is_refused_by_name_with_what_was_typed_kept(world, browse):
    answer = browse("administrator").post(reverse("practice_charter"), {"text": WITHOUT})
    assert answer.status_code == 422
    assert "Supervision" in str(answer.context["form"].errors["text"])
    assert answer.context["form"]["text"].value() == WITHOUT


def test_an_article_left_out_on_purpose_leaves_conformity_too(world, browse):
    answer = browse("administrator").post(reverse("practice_charter"), {"text": WITHOUT, "meant": "on"})
    version = current_version(world.practice.pk)
    assert answer["Location"] == reverse("practice_charter_mapping", args=[version.ref])
    found = {article.slug for article in articles_for(world.coach)}
    assert len(found) == 16
    assert "supervision" not in found
    page = browse("administrator").get(answer["Location"])
    assert [one.slug for one in page.context["dropped"]] == ["supervision"]


def test_an_article_added_is_shown_without_evidence(world, browse):
    new(world, ADDED)
    mission = world.standing.mission
    page = browse("coach").get(reverse("coach_mission_conformity", args=[mission.ref]))
    last = page.context["verdicts"][-1]
    assert (last.article.number, last.article.has_evidence, last.code) == (18, False, "not_applicable")


def test_articles_in_another_order_are_shown_in_it_on_the_same_evidence(world):
    parts = TEXT.split("### Contrat")
    moved = parts[0].replace(
        "## Devoirs du coach\n", "## Devoirs du coach\n\n### Contrat" + parts[1].split("###")[0], 1
    )
    version = new(world, moved + "###" + "###".join(parts[1].split("###")[1:]))
    assert slugs(version)[0] == "contrat"
    assert set(slugs(version)) == {article.slug for article in articles_for(world.coach)}
    assert version.mapped_at


def test_the_same_titles_leave_nothing_to_confirm_and_other_ones_do(world):
    assert new(world, TEXT).mapped_at
    assert new(world, SHORTER).mapped_at is None


def test_what_the_administrator_corrects_is_followed_at_once_and_told_in_codes(world, browse):
    version = new(world, ADDED)
    said = {f"article_{n}": slug for n, slug in enumerate(slugs(version), start=1) if n not in (3, 18)}
    answer = browse("administrator").post(
        reverse("practice_charter_mapping", args=[version.ref]),
        {**said, "article_3": "", "article_18": "supervision"},
    )
    assert answer.status_code == 302
    by_number = {article.number: article.slug for article in articles_for(world.coach)}
    assert (by_number[3], by_number[18]) == ("article-3", "supervision")
    event = Event.unscoped.filter(kind="charter.map").latest("pk")
    assert event.subject == version.ref
    assert current_version(world.practice.pk).mapped_by == world.users["administrator"]


def test_two_articles_on_one_evidence_are_refused_beside_both_and_the_choice_kept(world, browse):
    version = new(world, ADDED)
    said = {f"article_{n}": slug for n, slug in enumerate(slugs(version), start=1)}
    answer = browse("administrator").post(
        reverse("practice_charter_mapping", args=[version.ref]), {**said, "article_18": "supervision"}
    )
    assert answer.status_code == 422
    assert "article_3" in answer.context["form"].errors
    assert answer.context["form"]["article_18"].value() == "supervision"
    assert slugs(current_version(world.practice.pk))[17] == "article-18"


def test_an_evidence_there_is_not_is_refused(world, browse):
    version = new(world, ADDED)
    url = reverse("practice_charter_mapping", args=[version.ref])
    assert browse("administrator").post(url, {"article_1": "ailleurs"}).status_code == 422
    with pytest.raises(Invalid):
        confirm_mapping(administrator(world), version, {1: "ailleurs"})


def test_only_the_administrator_says_what_articles_rest_on_and_only_of_the_version_in_force(world, browse):
    old = current_version(world.practice.pk)
    version = new(world, ADDED)
    with pytest.raises(NotAllowedNow):
        confirm_mapping(world.coach, version, {})
    with pytest.raises(NotAllowedNow):
        confirm_mapping(administrator(world), old, {})
    assert (
        browse("administrator").post(reverse("practice_charter_mapping", args=[old.ref])).status_code == 403
    )
    assert browse("colleague").get(reverse("practice_charter_mapping", args=[version.ref])).status_code == 404


def _awaited(world, viewer=None) -> list[str]:
    return [
        one.seat.name
        for one in awaited_by(viewer or world.coach, 50)
        if one.path == reverse("charter_changes")
    ]


def test_those_of_a_running_mission_are_awaited_until_they_have_read_it(world, browse):
    assert _awaited(world) == []
    version = new(world, ADDED)
    names = _awaited(world)
    assert len(names) >= 2
    coachee = world.viewer("coachee", Portal.COACHEE)
    assert len(_awaited(world, coachee)) == 1
    answer = browse("coachee").post(reverse("charter_acknowledge"), {"version": version.ref})
    assert answer.status_code == 302
    assert _awaited(world, coachee) == []
    assert len(_awaited(world)) == len(names) - 1


def test_those_who_came_after_it_are_asked_nothing(world):
    new(world, ADDED)
    Mission.unscoped.filter(pk=world.standing.mission_id).update(created_at=timezone.now())
    assert _awaited(world) == []


def test_a_coach_is_told_on_their_first_page_until_they_have_read_it(world, browse):
    version = new(world, ADDED)
    link = reverse("charter_changes")
    assert link in browse("coach").get(reverse("coach_home")).content.decode()
    acknowledge(world.coach, version)
    assert link not in browse("coach").get(reverse("coach_home")).content.decode()


def test_what_changed_is_shown_word_by_word_since_the_version_one_has_read(world, browse):
    acknowledge(world.viewer("coachee", Portal.COACHEE), current_version(world.practice.pk))
    new(world, ADDED)
    new(world, ADDED.replace("trois visioconférences", "quatre"))
    page = browse("coachee").get(reverse("charter_changes")).content.decode()
    assert "Sobriété numérique" in page
    assert "trois visioconférences" not in page


def test_the_administrator_reads_members_by_name_and_others_as_a_number(world, browse):
    version = current_version(world.practice.pk)
    for persona, portal in (("coachee", Portal.COACHEE), ("colleague", Portal.COACH)):
        acknowledge(world.viewer(persona, portal), version)
    page = browse("administrator").get(reverse("practice_charter"))
    body = page.content.decode()
    assert world.users["colleague"].name in body
    assert world.users["coachee"].name not in body
    assert page.context["others"] == Acknowledgement.unscoped.filter(version=version).count() - 1


def test_the_translation_stands_beside_the_french_and_says_which_one_binds(world, client, browse):
    new(world, TEXT)
    for browser in (client, browse("sponsor")):
        page = browser.get(reverse("charter_translation")).content.decode()
        assert "Duty of reserve" in page
        assert "Obligation de réserve" in page
        assert "fait foi" in page or "authoritative" in page


def test_a_practice_that_changed_a_word_has_no_translation(world, browse):
    assert browse("coach").get(reverse("charter_translation")).status_code == 404
    assert reverse("charter_translation") not in browse("coach").get(reverse("charter")).content.decode()


def test_more_articles_than_a_page_could_map_are_refused(world):
    with pytest.raises(Invalid):
        new(world, TEXT + "".join(f"\n### Article {n}\n\nUn mot.\n" for n in range(60)))


def test_a_contract_in_english_annexes_the_translation_below_the_french_and_a_french_one_does_not():
    charter = FrozenCharter(
        "Charte", 1, date(2026, 11, 24), bundled().sha256, TEXT, companion_of(bundled().sha256, "en")
    )
    page = charter_html(charter, "en")
    assert (
        page.index("Obligation de réserve")
        < page.index("alone is authoritative")
        < page.index("Duty of reserve")
    )
    assert companion_of(bundled().sha256, "fr") is None
    assert "Duty of reserve" not in charter_html(replace(charter, translation=""), "fr")


def test_a_contract_frozen_before_there_was_a_translation_is_read_as_it_was():
    old = {
        "title": "Charte",
        "number": 1,
        "published_on": date(2026, 11, 24),
        "sha256": "0" * 64,
        "markdown": TEXT,
    }
    assert FrozenCharter(**old).translation == ""
