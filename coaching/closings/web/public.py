"""A letter without an account: by the link of the mail, which opens this one letter and nothing else."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from coaching.kernel.http import acts, reads
from coaching.kernel.links import carried, carry, read_in

from ..access import acknowledged_at
from ..links import letter_of
from ..services import acknowledging
from .shown import pdf_of, shown

COOKIE = "party_letter"


@login_not_required
@never_cache
@reads(None)
def letter_link(request, token):
    """The link of the mail: it becomes a cookie, and the address is clean again. Nothing is written."""
    letter_of(token)
    return carry(request, COOKIE, token, to="party_letter")


def by_link(view):
    """Give ``view`` the letter behind the cookie of its link; 404 when there is none."""

    @wraps(view)
    def opened(request):
        letter = letter_of(carried(request, COOKIE))
        read_in(request, letter.seat.person.language)
        return view(request, letter)

    return opened


@login_not_required
@never_cache
@reads(None)
@by_link
def letter(request, found):
    found.acknowledged = acknowledged_at(found)
    return render(request, "closings/public/letter.html", shown(found))


@login_not_required
@never_cache
@acts(None)
@by_link
def letter_acknowledge(request, found):
    acknowledging.acknowledge_by_link(found)
    messages.success(request, _("The coach sees that you have read it."))
    return redirect("party_letter")


@login_not_required
@never_cache
@reads(None)
@by_link
def letter_pdf(request, found):
    return pdf_of(request, found)
