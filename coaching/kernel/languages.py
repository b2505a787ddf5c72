"""The language of a page that somebody reaches by the link of a letter."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation


def read_in(request: HttpRequest, language: str) -> None:
    """In that of the letter, until its reader chooses another one or has an account that says which."""
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and not request.user.is_authenticated:
        translation.activate(language)
        request.LANGUAGE_CODE = language
