"""A failure is logged, so that somebody can mend it; the address and the words are not."""

import logging

from django.http import HttpResponse
from django.urls import resolve
from django.utils.log import log_response


def _fail(words: str):
    raise ValueError(words)


def _logged(caplog, rf, status: int, words: str = "") -> str:
    request = rf.get("/coach/missions/M-7K3FQ9XW2D/")
    request.resolver_match = resolve(request.path)
    failure = None
    try:
        _fail(words)
    except ValueError as raised:
        failure = raised
    caplog.set_level(logging.INFO)
    log_response("%s", request.path, response=HttpResponse(status=status), request=request, exception=failure)
    return caplog.text


def test_a_page_that_failed_is_logged_with_the_place_it_failed_at(caplog, rf):
    said = _logged(caplog, rf, 500)
    assert "coach_mission failed: ValueError" in said
    assert "in _fail" in said


def test_a_failure_is_logged_without_its_address_and_without_its_words(caplog, rf):
    said = _logged(caplog, rf, 500, words="Je veux apprendre à déléguer")
    assert "M-7K3FQ9XW2D" not in said
    assert "déléguer" not in said


def test_a_page_not_found_is_not_logged_at_all(caplog, rf):
    assert _logged(caplog, rf, 404) == ""
