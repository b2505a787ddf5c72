"""The supervisor's door: one link, one supervision, one answer. No account, and nothing else."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from coaching.kernel.errors import DomainError, NotAllowedNow, Stale
from coaching.kernel.forms import refuse, show
from coaching.kernel.http import edits, reads
from coaching.kernel.links import carried, carry, read_in
from coaching.kernel.tokens import hash_token

from ..access import link_by_hash
from ..enums import SupervisionState
from ..services import attesting
from ..transitions import SUPERVISION
from .forms import AttestForm, ContestForm

COOKIE = "attestation"


@login_not_required
@never_cache
@reads(None)
def attestation_link(request, token):
    """The link of the letter: its token becomes a cookie, and the address is clean again. Nothing is written."""
    return carry(request, COOKIE, hash_token(token), to="attestation")


@login_not_required
@never_cache
@edits(None)
def attestation(request):
    """The supervision, and a place for one's name under it."""
    return _answer(request, AttestForm, "attest", lambda link, said: attesting.attest(link, said["name"]))


@login_not_required
@never_cache
@edits(None)
def attestation_contest(request):
    """It was not so: what was otherwise."""
    return _answer(request, ContestForm, "contest", lambda link, said: attesting.contest(link, said["words"]))


def _answer(request, form_class, name: str, act):
    link = link_by_hash(carried(request, COOKIE))
    if link is None:
        return _void(request, _("This link is not valid. Open the one in the letter you received."))
    read_in(request, link.session.supervisor.language)
    if over := _over(link):
        return _void(request, over)
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            act(link, form.cleaned_data)
        except (Stale, NotAllowedNow) as late:
            return _void(request, late.message)
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            return render(request, "supervision/public/done.html", {"session": link.session, "answer": name})
    context = {"form": form, "session": link.session, "transition": SUPERVISION[name]}
    return show(request, f"supervision/public/{name}.html", context)


def _over(link) -> str:
    """Why it opens no more; empty while it does."""
    if link.used_at:
        attested = link.session.state == SupervisionState.ATTESTED
        day = date_format(timezone.localtime(link.used_at), "DATE_FORMAT")
        said = _("You attested this supervision on %(day)s.") if attested else _("You answered on %(day)s.")
        return said % {"day": day} + " " + _("A link serves once.")
    if link.revoked_at:
        return _(
            "The coach has corrected this supervision since: the link of the last letter is the one to open."
        )
    if link.expires_at <= timezone.now():
        return _("This link is too old. Ask the coach for another one.")
    return ""


def _void(request, reason):
    return render(request, "supervision/public/void.html", {"reason": reason}, status=410)
