"""No table is forgotten: each field about people is told to the person, or withheld with the reason why."""

import pytest
from django.utils.translation import override

from coaching.kernel.personal import given, holdings, withheld
from coaching.kernel.registry import Confidence, rules
from coaching.kernel.viewer import Portal

pytestmark = pytest.mark.one_engine


def test_every_field_of_people_is_exported_or_withheld_with_its_reason():
    concerned = {path for path, rule in rules().items() if rule.confidence != Confidence.PUBLIC}
    assert concerned - given() - set(withheld()) == set()


def test_nothing_is_exported_that_is_no_field_and_nothing_is_both():
    assert (given() | set(withheld())) - set(rules()) == set()
    assert given() & set(withheld()) == set()


def test_a_reason_is_said_in_both_languages():
    for language in ("fr", "en"):
        with override(language):
            assert all(len(str(why)) > 20 for why in withheld().values())


def test_a_sealed_text_is_asked_for_under_the_name_of_its_field():
    for holding in holdings():
        for datum in holding.data:
            assert not datum.sealed or datum.path in rules()


def test_the_coachs_notes_are_never_told_to_anybody_but_the_coach():
    secret = {"notes.SessionNote.sealed_ref", "supervision.SupervisionPoint.sealed_ref"}
    for holding in holdings():
        if secret & {datum.path for datum in holding.data}:
            assert holding.portals == frozenset({Portal.COACH})


def test_the_organisation_is_told_no_text_that_only_coach_and_coachee_read():
    allowed = {"sponsor", "manager", "own", "members", "administrator", "anyone"}
    for holding in holdings():
        if Portal.ORGANISATION in holding.portals:
            for datum in holding.data:
                readers = {reader.value for reader in rules()[datum.path].readers} if datum.path else allowed
                assert readers & allowed or datum.path in OWN_WORDS, datum.path


# Behind both portals under one holding: the rows a sponsor gets have that column empty.
OWN_WORDS = {"missions.RequestVersion.sealed_ref", "outbox.Letter.to"}
