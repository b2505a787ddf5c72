"""The coach's page on a consumer's rights: what they were told, what they asked for, whether they withdrew."""

from django.shortcuts import render

from coaching.kernel.http import reads
from coaching.kernel.viewer import Portal

from ...access import get_contract
from ...placeholders import MissingValue
from .. import access
from ..information import lacking, said_by
from ..rendering import html_of
from .coachee import information_response, withdrawal_response


def _found(request, ref) -> access.Consumer:
    return access.get_consumer(request.viewer, get_contract(request.viewer, ref))


@reads(Portal.COACH)
def consumer(request, ref):
    """The information as the consumer reads it, or what it lacks; receipt, early start, period, withdrawal."""
    found = _found(request, ref)
    context = {
        "consumer": found,
        "contract": found.contract,
        "mission": found.contract.mission,
        "text": _text(found),
        "lacking": [] if found.information else lacking(found),
    }
    return render(request, "contracts/consumers/coach.html", context)


def _text(found: access.Consumer):
    if found.information:
        return html_of(found.information.text, found.contract.language)
    try:
        return html_of(said_by(found).markdown, found.contract.language)
    except MissingValue:
        return ""


@reads(Portal.COACH)
def information_pdf(request, ref):
    return information_response(request, _found(request, ref))


@reads(Portal.COACH)
def withdrawal_pdf(request, ref):
    return withdrawal_response(request, _found(request, ref))
