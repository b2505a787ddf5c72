"""The link of a letter, as a browser opens it: its token becomes a cookie, the address is clean again, nothing is written.

Mail scanners open links: what changes something is a POST of the page behind.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation

AGE = 12 * 3600  # seconds during which the page behind a link stays open to that browser: a day's reading


def carry(request: HttpRequest, cookie: str, value: str, *, to: str, age: int = AGE) -> HttpResponseRedirect:
    """On to the page named ``to``, with ``value`` in a signed cookie that no script reads."""
    answer = HttpResponseRedirect(reverse(to))
    answer.set_signed_cookie(
        cookie, value, max_age=age, httponly=True, samesite="Lax", secure=request.is_secure()
    )
    return answer


def carried(request: HttpRequest, cookie: str, *, age: int = AGE) -> str:
    """What the link has put there; empty for a browser that opened none, or opened it too long ago."""
    return request.get_signed_cookie(cookie, default="", max_age=age)


def read_in(request: HttpRequest, language: str) -> None:
    """In the language of the letter, until its reader chooses another one or has an account that says which."""
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and not request.user.is_authenticated:
        translation.activate(language)
        request.LANGUAGE_CODE = language
