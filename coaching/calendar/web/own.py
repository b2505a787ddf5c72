"""A person's own calendar: the address their calendar program reads, reminders, time zone. And that address."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.kernel.forms import show
from coaching.kernel.http import edits, reads

from .. import access
from ..links import token_of
from ..services import feeds
from .forms import WishesForm, wishes_values


@edits(None)
def mine(request):
    """What my calendar program reads, when I am reminded, which hours I read."""
    user = request.user
    form = WishesForm(request.POST or None, initial=wishes_values(access.wishes_of(user)))
    if request.method == "POST" and form.is_valid():
        feeds.set_wishes(user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("my_calendar")
    feed = access.feed_of(user)
    context = {"form": form, "feed": feed, "address": _address(feed.ref) if feed else ""}
    return show(request, "calendar/mine.html", context)


def _address(ref: str) -> str:
    return settings.SITE_URL.rstrip("/") + reverse("calendar_feed", args=[token_of(ref)])


@edits(None)
def link(request):
    """Make the address, or another in its place: the one before then opens nothing."""
    if request.method == "POST":
        feeds.make_feed(request.user)
        messages.success(request, _("Here is your address. Give it to your calendar program alone."))
        return redirect("my_calendar")
    return render(request, "calendar/link.html", {"feed": access.feed_of(request.user)})


@edits(None)
def revoke(request):
    """Close the address for good."""
    if request.method == "POST":
        feeds.revoke_feed(request.user)
        messages.success(request, _("Your address is closed: calendar programs read nothing there any more."))
        return redirect("my_calendar")
    return render(request, "calendar/revoke.html", {"feed": access.feed_of(request.user)})


@login_not_required
@reads(None)
def feed(request, token):
    """What a calendar program reads; the same 404 for an address revoked and one that never was."""
    found = access.feed_by_token(token)
    if found is None:
        raise Http404
    answer = HttpResponse(feeds.feed_text(found), content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, no-cache"
    answer["Content-Disposition"] = 'inline; filename="calendar.ics"'
    return answer
