"""Seats people: the viewer of each request, from the address and the choice kept in the web session."""

from django.conf import settings
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from coaching.kernel.viewer import Portal, Viewer

from .access import Chair, chairs_of, viewer_on

CHOICE = "practice"  # web session key: the reference of the practice chosen last
PREFIXES = {f"/{portal.value}/": portal for portal in Portal}


class ViewerMiddleware:
    """Sets ``request.chairs``, and ``request.viewer`` when the address belongs to a portal."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.chairs = SimpleLazyObject(lambda: _chairs(request))
        request.viewer = _viewer(request)
        return self.get_response(request)


def _chairs(request) -> list[Chair]:
    return chairs_of(request.user) if request.user.is_authenticated else []


def _viewer(request) -> Viewer | None:
    portal = next((p for prefix, p in PREFIXES.items() if request.path_info.startswith(prefix)), None)
    if portal is None or not request.user.is_authenticated:
        return None
    chair = chosen_chair(list(request.chairs), portal, request.session.get(CHOICE))
    return viewer_on(request.user, chair) if chair else None


def chosen_chair(chairs: list[Chair], portal: Portal, practice_ref: str | None) -> Chair | None:
    """The chair of this portal in the chosen practice, else the first one this portal has."""
    here = [chair for chair in chairs if chair.portal == portal]
    return next((chair for chair in here if chair.practice_ref == practice_ref), here[0] if here else None)


class PrivateMiddleware:
    """What a signed-in person is shown is kept by no browser and no proxy: nobody reads it after them with "back"."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        answer = self.get_response(request)
        if request.user.is_authenticated and not answer.has_header("Cache-Control"):
            answer["Cache-Control"] = "private, no-store"
        return answer


class PreferencesMiddleware:
    """A signed-in person's own language wins over the browser's."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language = request.user.language if request.user.is_authenticated else None
        if language in dict(settings.LANGUAGES):
            translation.activate(language)
            request.LANGUAGE_CODE = language
        return self.get_response(request)
