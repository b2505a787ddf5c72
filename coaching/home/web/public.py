"""The front door, the first run, health, and the local mailbox."""

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from coaching.accounts.access import any_practice
from coaching.accounts.web.forms import FirstRunForm
from coaching.kernel.errors import DomainError
from coaching.kernel.forms import refuse, show
from coaching.kernel.http import edits, reads
from coaching.outbox.access import local_letter, local_letters
from coaching.outbox.services import open_letter

from .. import services


@login_not_required
@reads(None)
def home(request):
    """To the person's first portal; to the sign-in, or the first run, for anyone else."""
    if not request.user.is_authenticated:
        return redirect("account_login" if any_practice() else "first_run")
    chairs = list(request.chairs)
    if not chairs:
        return render(request, "home/no_seat.html")
    chosen = request.session.get("practice")
    chair = next((c for c in chairs if c.practice_ref == chosen), chairs[0])
    return redirect(f"{chair.portal.value}_home")


@login_not_required
@never_cache
@edits(None)
def first_run(request):
    """A new installation: the practice, its first coach and administrator, its charter, clauses and seal."""
    if any_practice():
        raise Http404
    form = FirstRunForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            user = services.set_up(
                practice=said["practice"],
                name=said["name"],
                email=said["email"],
                password=said["password"],
                language=get_language() or "fr",
            )
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
            record_authentication(request, user, method="password")
            return redirect("practice_settings")
    return show(request, "home/first_run.html", {"form": form})


@login_not_required
@reads(None)
def health(request):
    """For the supervisor of the process: the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return JsonResponse({"status": "ok"})


@login_not_required
@reads(None)
def mailbox(request):
    """Letters of a development machine; 404 where letters are really sent."""
    letters = [(letter, open_letter(letter)) for letter in local_letters()]
    return render(request, "home/mailbox.html", {"letters": letters})


@login_not_required
@reads(None)
def mailbox_letter(request, ref):
    letter = local_letter(ref)
    return render(request, "home/letter.html", {"letter": letter, "message": open_letter(letter)})
