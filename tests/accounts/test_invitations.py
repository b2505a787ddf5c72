"""Invitations: single use, for the invited address, never spent by opening a link."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coaching.accounts.enums import InvitationPurpose
from coaching.accounts.models import Invitation, Membership
from coaching.accounts.services import create_practice, create_user, invite
from coaching.clients.models import Person
from coaching.clients.services import save_person
from coaching.kernel.errors import Invalid
from coaching.kernel.viewer import Portal, Viewer
from coaching.outbox.models import Letter
from coaching.outbox.services import open_letter

pytestmark = pytest.mark.django_db
PASSWORD = "une phrase assez longue"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def practice():
    return create_practice(name="Cabinet", founder=create_user(email="a@x.test", name="A", password=PASSWORD))


@pytest.fixture
def admin(practice):
    return Membership.unscoped.get(practice=practice).user


def _invite(practice, admin, email="new@x.test"):
    viewer = Viewer(admin.pk, admin.ref, practice.pk, practice.ref, Portal.PRACTICE)
    return invite(
        viewer, purpose=InvitationPurpose.MEMBERSHIP, email=email, name="Nouvelle", language="fr", inviter=admin,
        practice=practice, as_coach=True,
    )  # fmt: skip


def _link():
    return re.search(r"/invitation/[\w-]+/", open_letter(Letter.unscoped.latest("id")).text)[0]


def _arrive(link):
    browser = Client()
    browser.get(link)
    return browser


def _join(browser):
    return browser.post(reverse("invitation"), {"name": "Nouvelle", "password": PASSWORD})


def test_an_invited_colleague_makes_an_account_and_is_seated(practice, admin):
    _invite(practice, admin)
    browser = _arrive(_link())
    assert browser.get(reverse("invitation")).status_code == 200
    assert _join(browser).status_code == 302
    assert Membership.unscoped.get(user__email="new@x.test").is_coach
    assert browser.get("/coach/").status_code == 200
    assert browser.get("/practice/").status_code == 404


def test_opening_the_link_any_number_of_times_spends_nothing(practice, admin):
    invitation = _invite(practice, admin)
    for _scanner in range(5):
        _arrive(_link()).get(reverse("invitation"))
    invitation.refresh_from_db()
    assert invitation.used_at is None


def test_the_token_leaves_the_address_and_its_hash_alone_is_kept(practice, admin):
    invitation = _invite(practice, admin)
    link = _link()
    answer = Client().get(link)
    assert answer["Location"] == reverse("invitation")
    token = link.strip("/").split("/")[-1]
    assert len(token) >= 43
    assert token not in str(vars(Invitation.unscoped.get(pk=invitation.pk)))
    assert token not in answer.cookies["invitation"].value


@pytest.mark.parametrize("how", ["used", "expired", "withdrawn", "replaced", "never made", "forged cookie"])
def test_a_link_that_no_longer_holds_says_why_and_seats_nobody(practice, admin, how):
    invitation = _invite(practice, admin)
    browser = _arrive(_link())
    if how == "used":
        _join(_arrive(_link()))
        browser = _arrive(_link())
    elif how == "expired":
        Invitation.unscoped.filter(pk=invitation.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    elif how == "withdrawn":
        Invitation.unscoped.filter(pk=invitation.pk).update(revoked_at=timezone.now())
    elif how == "replaced":
        _invite(practice, admin)
    elif how == "never made":
        browser = _arrive("/invitation/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/")
    else:
        browser = Client()
        browser.cookies["invitation"] = invitation.token_hash
    before = Membership.unscoped.count()
    page = browser.get(reverse("invitation"))
    assert page.status_code == 410
    assert "invitation" in page.content.decode()
    assert _join(browser).status_code == 410
    assert Membership.unscoped.count() == before


def test_somebody_signed_in_under_another_address_is_refused(practice, admin):
    invitation = _invite(practice, admin)
    create_user(email="other@x.test", name="O", password=PASSWORD)
    browser = Client()
    browser.login(email="other@x.test", password=PASSWORD)
    from coaching.accounts.models import User

    browser.force_login(User.objects.get(email="other@x.test"), backend=BACKEND)
    browser.get(_link())
    page = browser.post(reverse("invitation"))
    assert page.status_code == 200
    assert "other" in page.content.decode() or "autre adresse" in page.content.decode()
    invitation.refresh_from_db()
    assert invitation.used_at is None


def test_a_known_address_signs_in_rather_than_making_a_second_account(practice, admin):
    known = create_user(email="new@x.test", name="N", password=PASSWORD)
    _invite(practice, admin)
    browser = _arrive(_link())
    browser.post(reverse("invitation"), {"name": "Voleur", "password": "un mot de passe volé"})
    assert Membership.unscoped.filter(user=known).count() == 0
    browser.force_login(known, backend=BACKEND)
    browser.get(_link())
    assert browser.post(reverse("invitation")).status_code == 302
    assert Membership.unscoped.get(user=known).is_coach


def test_a_weak_password_is_refused_beside_its_field_and_the_name_kept(practice, admin):
    _invite(practice, admin)
    answer = _arrive(_link()).post(
        reverse("invitation"), {"name": "Nouvelle Venue", "password": "motdepasse"}
    )
    assert answer.status_code == 422
    assert 'value="Nouvelle Venue"' in answer.content.decode()
    assert Membership.unscoped.count() == 1


def test_a_forged_seat_in_the_switcher_changes_nothing(practice, admin):
    elsewhere = create_practice(
        name="Ailleurs", founder=create_user(email="z@x.test", name="Z", password=PASSWORD)
    )
    browser = Client()
    browser.force_login(admin, backend=BACKEND)
    answer = browser.post(reverse("take_seat"), {"portal": "practice", "practice": elsewhere.ref})
    assert answer["Location"] == "/"
    assert "Ailleurs" not in browser.get("/practice/").content.decode()


def test_a_person_of_two_practices_changes_seat_in_the_header(practice, admin):
    second = create_practice(name="Second cabinet", founder=admin)
    browser = Client()
    browser.force_login(admin, backend=BACKEND)
    browser.post(reverse("take_seat"), {"portal": "practice", "practice": second.ref})
    assert b"Second cabinet" in browser.get("/practice/settings/").content


def test_a_member_whose_place_has_ended_is_out_at_once(practice, admin):
    _invite(practice, admin)
    browser = _arrive(_link())
    _join(browser)
    member = Membership.unscoped.get(user__email="new@x.test")
    boss = Client()
    boss.force_login(admin, backend=BACKEND)
    assert boss.post(reverse("practice_member_end", args=[member.ref])).status_code == 302
    assert browser.get("/coach/").status_code == 404


def test_the_last_administrator_cannot_be_ended(practice, admin):
    boss = Client()
    boss.force_login(admin, backend=BACKEND)
    member = Membership.unscoped.get(practice=practice)
    answer = boss.post(reverse("practice_member_end", args=[member.ref]))
    assert answer.status_code == 422
    member.refresh_from_db()
    assert member.left_at is None


def test_an_address_typed_otherwise_is_the_same_and_its_first_link_falls(practice, admin):
    _invite(practice, admin, email="new@x.test")
    first = _link()
    _invite(practice, admin, email="New@X.test")
    assert _arrive(first).get(reverse("invitation")).status_code == 410


def test_a_member_is_not_invited_again_since_it_would_replace_their_roles(practice, admin):
    with pytest.raises(Invalid):
        _invite(practice, admin, email="A@x.test")
    browser = Client()
    browser.force_login(admin, backend=BACKEND)
    answer = browser.post(reverse("practice_invite"), {"email": "a@x.test", "name": "A", "as_coach": "on"})
    assert answer.status_code == 422
    assert Membership.unscoped.get(user=admin).is_administrator


def _invited_person(practice, admin, email):
    coach = Viewer(admin.pk, admin.ref, practice.pk, practice.ref, Portal.COACH)
    person = save_person(coach, None, {"name": "Inès", "email": email})
    invite(
        coach, purpose=InvitationPurpose.PERSON, email=email, name="Inès", language="fr", inviter=admin, practice=practice,
        target_ref=person.ref,
    )  # fmt: skip
    return coach, person


def test_a_link_sent_to_a_mistyped_address_seats_nobody_once_it_is_corrected(practice, admin):
    coach, person = _invited_person(practice, admin, "wrong@x.test")
    link = _link()
    save_person(coach, person, {"email": "right@x.test"})
    stranger = _arrive(link)
    assert stranger.get(reverse("invitation")).status_code == 410
    assert _join(stranger).status_code == 410
    assert Person.unscoped.get(pk=person.pk).user_id is None


def test_a_link_still_works_when_something_else_of_the_person_changed(practice, admin):
    coach, person = _invited_person(practice, admin, "ines@x.test")
    link = _link()
    save_person(coach, person, {"email": "INES@x.test", "job_title": "directrice"})
    assert _join(_arrive(link)).status_code == 302
    assert Person.unscoped.get(pk=person.pk).user.email == "ines@x.test"


def test_a_person_who_has_an_account_is_not_given_another_one(practice, admin):
    _coach, person = _invited_person(practice, admin, "ines@x.test")
    Person.unscoped.filter(pk=person.pk).update(user=admin)
    _join(_arrive(_link()))
    assert Person.unscoped.get(pk=person.pk).user_id == admin.pk


def test_an_account_is_not_made_twice_for_one_address():
    create_user(email="deux@x.test", name="Une", password=PASSWORD)
    with pytest.raises(Invalid):
        create_user(email="DEUX@x.test", name="Deux", password=PASSWORD)
