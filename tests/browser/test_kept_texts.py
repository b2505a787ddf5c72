"""A text typed in a real browser survives the end of the session, and a telephone's thumb reaches what sends it."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from coaching.accounts.models import KeptForm
from tests import world as worlds
from tests.browser.people import PHONE

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "Oser dire non au comité, et dormir la nuit suivante."


def _sign_in(person, address):
    person.page.fill("input[name=login]", address)
    person.page.fill("input[name=password]", worlds.PASSWORD)
    person.page.press("input[name=password]", "Enter")


def test_a_text_survives_the_end_of_the_session_on_a_telephone(visitor):
    world = worlds.build()
    page, address = reverse("coachee_request", args=[world.mission.ref]), world.users["coachee"].email
    coachee = visitor(language="fr", screen=PHONE)
    coachee.open(f"{reverse('account_login')}?next={page}")
    _sign_in(coachee, address)
    coachee.page.wait_for_url(re.compile("/request/"))
    area = coachee.page.locator("textarea[name=text]")
    area.fill("")
    area.press_sequentially(TEXT, delay=5)
    coachee.page.locator(".kept span").wait_for()
    assert KeptForm.objects.filter(user=world.users["coachee"], page=page).exists()
    send = coachee.page.locator(".act-bar .btn-primary")
    box = send.bounding_box()
    assert box["height"] >= 44
    assert box["y"] + box["height"] < PHONE["height"], "in reach without scrolling"
    coachee.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    send.click()
    coachee.page.wait_for_url(re.compile("/accounts/login/"))
    assert coachee.reads("Ce que vous avez tapé est gardé")
    _sign_in(coachee, address)
    coachee.page.wait_for_url(re.compile("/request/"))
    assert coachee.page.locator("textarea[name=text]").input_value() == TEXT
    assert coachee.fits()
    coachee.page.locator(".act-bar .btn-primary").click()
    coachee.page.locator(".note-good").first.wait_for()
    assert coachee.page.locator(".words").first.inner_text().strip() == TEXT
    assert not KeptForm.objects.filter(user=world.users["coachee"], page=page).exists()
