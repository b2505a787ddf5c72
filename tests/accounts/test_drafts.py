"""Nothing typed is lost, and nothing typed is shown to anybody else."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coaching.accounts import drafts
from coaching.accounts.drafts import COOKIE, Ticket
from coaching.accounts.models import KeptForm
from coaching.kernel.viewer import Portal
from coaching.missions.models import RequestVersion
from coaching.missions.requests_access import requests_of
from tests.world import PASSWORD

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TEXT = "Ce que je n’ai encore dit à personne, mot pour mot."


@pytest.fixture
def page(world):
    return reverse("coachee_request", args=[world.mission.ref])


def _ticket(world, page, persona="coachee"):
    return Ticket(world.users[persona].ref, page).sign()


def _typed(world, page, text=TEXT, persona="coachee", **more):
    return {"text": text, "based_on": "1", "_kept": _ticket(world, page, persona), **more}


def _sign_in(browser, world, persona, after):
    """By the sign-in page itself, in the same browser."""
    data = {"login": world.users[persona].email, "password": PASSWORD, "next": after}
    return browser.post(reverse("account_login"), data)


def _area(answer):
    """What stands in the form's text area."""
    body = answer.content.decode()
    return body[body.index("<textarea") : body.index("</textarea>")]


def _versions(world):
    return RequestVersion.unscoped.filter(request__mission=world.mission).count()


def test_a_text_sent_after_the_session_expired_is_in_the_form_after_signing_in_again(world, page):
    browser, before = Client(), _versions(world)
    answer = browser.post(page, _typed(world, page))
    assert answer.status_code == 302
    assert answer["Location"] == f"{reverse('account_login')}?next={page}"
    assert "gardé" in browser.get(answer["Location"]).content.decode()
    assert _sign_in(browser, world, "coachee", page)["Location"] == page
    assert TEXT in _area(browser.get(page))
    assert _versions(world) == before, "kept, not recorded in anybody’s name"


def test_the_text_found_again_can_be_sent_and_is_then_gone(world, page):
    browser = Client()
    browser.post(page, _typed(world, page))
    _sign_in(browser, world, "coachee", page)
    assert browser.post(page, _typed(world, page)).status_code == 302
    assert not KeptForm.objects.filter(user=world.users["coachee"], page=page).exists()
    view = next(
        v for v in requests_of(world.viewer("coachee", Portal.COACHEE), world.mission) if v.level == "coachee"
    )
    assert view.text == TEXT


def test_somebody_else_who_signs_in_on_that_browser_never_sees_it(world, page):
    browser = Client()
    browser.post(page, _typed(world, page))
    _sign_in(browser, world, "teammate", page)
    answer = browser.get(page)
    assert answer.status_code == 200
    assert TEXT not in answer.content.decode()


def test_the_same_person_on_another_browser_does_not_open_the_hand_over(world, page, browse):
    Client().post(page, _typed(world, page))
    assert TEXT not in browse("coachee").get(page).content.decode()


def test_a_form_opened_by_one_person_is_not_sent_in_the_name_of_the_next(world, page, browse):
    before = _versions(world)
    answer = browse("teammate").post(page, _typed(world, page))
    assert answer.status_code == 409
    assert TEXT not in answer.content.decode()
    assert _versions(world) == before
    assert KeptForm.objects.filter(user=world.users["coachee"], page=page).count() == 1


def test_what_is_being_typed_is_kept_and_found_again_anywhere(world, page, browse):
    said = browse("coachee").post(reverse("keep_form"), _typed(world, page)).content.decode()
    assert "Brouillon gardé" in said
    other = Client()
    other.force_login(world.users["coachee"], backend=BACKEND)
    answer = other.get(page)
    assert TEXT in _area(answer)
    assert "de nouveau ici" in answer.content.decode()


def test_what_is_being_typed_is_shown_to_nobody_else(world, page, browse):
    browse("coachee").post(reverse("keep_form"), _typed(world, page))
    for persona in ("teammate", "coach"):
        assert TEXT not in browse(persona).get(page).content.decode()


def test_a_page_left_open_says_that_the_session_has_ended_and_keeps_the_text(world, page):
    browser = Client()
    answer = browser.post(reverse("keep_form"), _typed(world, page), headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert reverse("account_login") in answer.content.decode()
    _sign_in(browser, world, "coachee", page)
    assert TEXT in _area(browser.get(page))


def test_a_form_whose_forgery_token_has_changed_is_kept_and_shown_again(world, page):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.users["coachee"], backend=BACKEND)
    answer = browser.post(page, _typed(world, page))
    assert answer["Location"] == page
    assert TEXT in _area(browser.get(page))


def test_a_forged_ticket_keeps_nothing_and_changes_nothing(world, page):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.users["coachee"], backend=BACKEND)
    for ticket in ("", "x", _ticket(world, page) + "x", Ticket("U-2222222222", page).sign()):
        assert browser.post(page, {"text": TEXT, "_kept": ticket}).status_code in (403, 409)
    assert not KeptForm.objects.filter(user=world.users["coachee"], page=page).exists()


def test_a_ticket_older_than_a_draft_may_be_is_worth_nothing(world, page, monkeypatch):
    ticket = _ticket(world, page)
    monkeypatch.setattr(drafts, "LIFE", timedelta(0))
    assert drafts.read_ticket(ticket) is None


@pytest.mark.parametrize("secret", ["", "un secret"])
def test_a_text_lies_sealed_in_the_database(world, page, secret):
    drafts._store(Ticket(world.users["coachee"].ref, page), _query({"text": TEXT}), secret)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_keptform")
        rows = repr(
            [[bytes(v) if isinstance(v, memoryview) else v for v in row] for row in cursor.fetchall()]
        )
    assert "personne" not in rows
    assert not secret or secret not in rows


def _query(values):
    from django.http import QueryDict

    found = QueryDict(mutable=True)
    found.update(values)
    return found


def test_a_sealed_text_moved_to_another_person_or_page_does_not_open(world, page):
    drafts.keep(Ticket(world.users["coachee"].ref, page), _query({"text": TEXT}))
    row = KeptForm.objects.get(user=world.users["coachee"], page=page)
    KeptForm.objects.filter(pk=row.pk).update(user=world.users["teammate"])
    assert drafts.find(world.users["teammate"], page) is None
    KeptForm.objects.filter(pk=row.pk).update(user=world.users["coachee"], page="/coachee/")
    assert drafts.find(world.users["coachee"], "/coachee/") is None


def test_after_seven_days_a_draft_is_neither_shown_nor_there(world, page, browse):
    browse("coachee").post(reverse("keep_form"), _typed(world, page))
    mine = KeptForm.objects.filter(user=world.users["coachee"], page=page)
    mine.update(saved_at=timezone.now() - timedelta(days=7, minutes=1))
    assert TEXT not in browse("coachee").get(page).content.decode()
    assert mine.exists(), "showing a page writes nothing"
    drafts.purge()
    assert not mine.exists()


def test_a_refused_form_stays_kept(world, page, browse):
    browse("coachee").post(reverse("keep_form"), _typed(world, page))
    assert browse("coachee").post(page, _typed(world, page, text="")).status_code == 422
    assert KeptForm.objects.filter(user=world.users["coachee"], page=page).exists()


def test_what_is_recorded_can_be_shown_instead(world, page, browse):
    browse("coachee").post(reverse("keep_form"), _typed(world, page))
    assert TEXT not in browse("coachee").get(page, {"fresh": ""}).content.decode()


def test_a_text_far_too_long_is_not_kept(world, page, browse):
    answer = browse("coachee").post(reverse("keep_form"), _typed(world, page, text="é" * 600_000))
    assert answer.status_code == 200
    assert "gardé" not in answer.content.decode()


def test_a_text_written_on_an_older_version_is_refused_once_then_taken(world, page, browse):
    coachee = browse("coachee")
    first = coachee.post(page, _typed(world, page, based_on="0"))
    assert first.status_code == 422
    assert TEXT in _area(first)
    assert 'name="based_on" value="1"' in first.content.decode()
    assert coachee.post(page, _typed(world, page, based_on="1")).status_code == 302


def test_the_cookie_of_a_hand_over_is_for_the_server_alone(world, page):
    answer = Client().post(page, _typed(world, page))
    cookie = answer.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
