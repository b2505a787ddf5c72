"""The pages of conformity: to whom, how much, and that nothing typed in an address breaks them."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from coaching.documents.canonical import canonical
from coaching.jobs.services import Task
from coaching.kernel.errors import NotAllowedNow
from coaching.kernel.evidence import About
from coaching.kernel.viewer import Portal
from ethics.conformity import dossiers, figures
from ethics.conformity.models import Tally
from ethics.conformity.services import count_all, count_own, count_practice
from ethics.supervision.services import points
from tests.sessions.helpers import active, another

pytestmark = pytest.mark.django_db
LISTS = [
    ("coach", "coach_conformity", ""),
    ("coach", "coach_conformity", "?article=contrat&state=to_do"),
    ("coach", "coach_overrides", ""),
    ("administrator", "practice_conformity", ""),
    ("administrator", "practice_conformity_missions", "?article=contrat&state=held"),
    ("administrator", "practice_overrides", ""),
]


def _asked(browser, url) -> int:
    browser.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize(("persona", "name", "query"), LISTS)
def test_a_list_asks_as_many_questions_of_one_mission_as_of_three(world, browse, persona, name, query):
    active(world)
    url = reverse(name) + query
    count_practice(world.practice)
    one = _asked(browse(persona), url)
    another(world)
    another(world)
    count_practice(world.practice)
    assert _asked(browse(persona), url) == one <= 14


@pytest.mark.parametrize(
    "query",
    ["?article=nobody&state=held", "?article=contrat&state=perhaps", "?state=held", "?page=abc", "?page=-3", "?page=999",
     "?article=%00&state=%00", "?article=<script>alert(1)</script>"],
)  # fmt: skip
@pytest.mark.parametrize(
    ("persona", "name"), [("coach", "coach_conformity"), ("administrator", "practice_conformity_missions")]
)
def test_an_address_that_asks_for_nothing_there_is_shows_the_list(world, browse, persona, name, query):
    answer = browse(persona).get(reverse(name) + query)
    assert answer.status_code == 200
    assert "<script>alert(1)" not in answer.content.decode()


def test_a_figure_leads_to_the_missions_behind_it(world, browse):
    mission = active(world)
    page = browse("coach").get(reverse("coach_conformity") + "?article=contrat&state=held")
    refs = {line.ref for line in page.context["lines"]}
    assert mission.ref in refs
    assert world.mission.ref not in refs


def test_counting_twice_in_a_month_keeps_one_figure_of_each(world):
    count_practice(world.practice)
    before = Tally.unscoped.count()
    count_all(Task(0, "conformity.count", "", "", 1, ""))
    here = Tally.unscoped.filter(practice=world.practice)
    assert here.count() == before
    assert {row.month for row in here} == {timezone.localdate().replace(day=1)}


def test_what_was_counted_before_this_month_stays(world):
    count_practice(world.practice)
    Tally.unscoped.filter(article="contrat").update(month=date(2026, 10, 1), held=41)
    count_practice(world.practice)
    assert Tally.unscoped.filter(article="contrat", month=date(2026, 10, 1), held=41).exists()
    months = [column.month for column in figures.course(figures.tallies_for(world.coach))]
    assert months[0] == date(2026, 10, 1)
    assert len(months) == 2


def test_a_coach_who_counts_again_counts_their_own_alone(world, browse):
    answer = browse("colleague").post(reverse("coach_conformity_count"))
    assert answer.status_code == 302
    assert not Tally.unscoped.exclude(coach=world.users["colleague"]).exists()


def test_only_a_coach_has_missions_to_count(world):
    with pytest.raises(NotAllowedNow):
        count_own(world.viewer("sponsor", Portal.ORGANISATION))


def test_points_for_supervision_move_no_figure_of_the_practice(world):
    def counted():
        count_practice(world.practice)
        rows = Tally.unscoped.filter(about=About.COACH, coach=world.users["coach"])
        return sorted(rows.values_list("article", "held", "to_do"))

    before = counted()
    points.treat(world.coach, points.write(world.coach, "Un point.").point, timezone.localdate())
    assert counted() == before


def test_totals_of_many_missions_are_those_last_counted_and_say_when(world, browse, monkeypatch):
    count_practice(world.practice)
    monkeypatch.setattr(figures, "LIVE", 0)
    page = browse("coach").get(reverse("coach_conformity"))
    assert page.context["totals"].counted_at is not None
    assert reverse("coach_conformity_count") in page.content.decode()


def test_a_dossier_names_nobody(world):
    mission = active(world)
    frozen = canonical(dossiers.dossier_of_mission(world.coach, mission)) + canonical(
        dossiers.dossier_of_coach(world.coach)
    )
    own = {"accounts.Practice.name", "missions.Override.reason", "charter.Article.title"}
    found = {
        path
        for word, (path, _who) in world.canaries.items()
        if word in frozen.casefold() and path not in own and word not in world.users["coach"].name.casefold()
    }
    assert found == set()
    assert mission.ref in frozen


def test_a_dossier_of_the_same_facts_is_the_same(world):
    mission = active(world)
    first, second = (canonical(dossiers.dossier_of_mission(world.coach, mission)) for _turn in range(2))
    assert first == second


def test_a_dossier_is_a_pdf_for_its_coach_and_nothing_for_a_colleague(world, browse):
    mission = active(world)
    url = reverse("coach_mission_dossier", args=[mission.ref])
    answer = browse("coach").get(url)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert browse("colleague").get(url).status_code == 404


def test_the_administrator_reads_references_and_no_title(world, browse):
    page = browse("administrator").get(reverse("practice_conformity_missions"))
    body = page.content.decode()
    assert world.mission.ref in body
    assert world.mission.title not in body


def test_overrides_show_their_reason_to_the_coach_and_their_date_to_the_administrator(world, browse):
    reason = next(word for word, (path, _who) in world.canaries.items() if path == "missions.Override.reason")
    assert reason in browse("coach").get(reverse("coach_overrides")).content.decode()
    page = browse("administrator").get(reverse("practice_overrides"))
    assert world.mission.ref in page.content.decode()
    assert reason not in page.content.decode()


def test_a_page_shows_each_article_once_with_its_text_behind_a_disclosure(world, browse):
    mission = active(world)
    page = browse("coach").get(reverse("coach_mission_conformity", args=[mission.ref]))
    assert [one.article.number for one in page.context["verdicts"]] == list(range(1, 18))
    assert page.content.decode().count("<details") >= 17
