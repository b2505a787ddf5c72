"""The front door, the first run, health, and the local mailbox."""

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from coaching.accounts.access import any_practice
from coaching.accounts.web.forms import FirstRunForm
from coaching.kernel.errors import DomainError
from coaching.kernel.forms import refuse, show
from coaching.kernel.http import edits, reads
from coaching.kernel.viewer import Portal
from coaching.outbox.access import local_letter, local_letters
from coaching.outbox.services import open_letter
from coaching.vault.web.own import owes_code

from .. import samples, services


@login_not_required
@reads(None)
def home(request):
    """To the person's first portal, by way of their recovery code while none is in force; to the sign-in, or the first
    run, for anyone else."""
    if not request.user.is_authenticated:
        return redirect("account_login" if any_practice() else "first_run")
    if owes_code(request):
        return redirect("key_code")
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
def manifest(request):
    """What a telephone needs to put the product among its own. There is no service worker: no page is kept there."""
    icons = (
        ("icon-192", 192, "any"),
        ("icon-512", 512, "any"),
        ("icon-maskable-512", 512, "maskable"),
    )
    said = {
        "id": "/",
        "name": settings.PRODUCT_NAME,
        "short_name": settings.PRODUCT_NAME,
        "description": _("Coaching, under a charter of ethics."),
        "lang": get_language(),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f8f6f1",
        "theme_color": "#1d4d4f",
        "icons": [
            {
                "src": static(f"img/{name}.png"),
                "sizes": f"{side}x{side}",
                "type": "image/png",
                "purpose": purpose,
            }
            for name, side, purpose in icons
        ],
    }
    return JsonResponse(said, content_type="application/manifest+json")


MEMBERS = (Portal.COACH, Portal.PRACTICE)


@login_not_required
@reads(None)
def design(request):
    """Every component in every state, for those who build pages: a practice's members, and a person's own machine."""
    chairs = request.chairs if request.user.is_authenticated else ()
    member = any(chair.portal in MEMBERS for chair in chairs)
    if not member and settings.OUTBOX_DELIVERY != "mailbox":
        raise Http404
    return render(request, "home/design.html", samples.everything())


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
