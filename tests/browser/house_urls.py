"""The product's addresses, one that breaks, and the language of the browser on every page."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.utils import translation

from coaching.urls import urlpatterns as product


@login_not_required
def broken(request):
    raise RuntimeError("This page breaks on purpose, to show what a person sees then.")


urlpatterns = [*product, path("broken/", broken)]


class BrowserLanguageMiddleware:
    """The language the browser asks for wins over the account's: each page is seen in both."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language = "en" if request.headers.get("Accept-Language", "").startswith("en") else "fr"
        translation.activate(language)
        request.LANGUAGE_CODE = language
        return self.get_response(request)
