"""Reading the charter."""

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from coaching.accounts.access import members_for
from coaching.kernel.prepared import prepared
from coaching.kernel.scoping import get_visible
from coaching.kernel.viewer import Viewer

from .models import Acknowledgement, Article, CharterVersion
from .policy import ACKNOWLEDGEMENTS_OF_PRACTICE, OF_PRACTICE


def versions_for(viewer: Viewer) -> QuerySet[CharterVersion]:
    """Every version the viewer's practice has published, newest first."""
    return CharterVersion.objects.visible_to(viewer, OF_PRACTICE)


def get_version(viewer: Viewer, ref: str) -> CharterVersion:
    return get_visible(versions_for(viewer), ref)


def current_version(practice_id: int) -> CharterVersion:
    """The version in force in a practice. The charter is public: no viewer is asked for."""
    return CharterVersion.unscoped.filter(practice_id=practice_id).latest("number")


def any_current_version() -> CharterVersion | None:
    """The version shown to people who are not signed in: that of the installation's first practice."""
    return CharterVersion.unscoped.order_by("practice_id", "-number").first()


def articles_of(version: CharterVersion) -> QuerySet[Article]:
    return Article.unscoped.filter(version=version).order_by("number")


def articles_in_force(viewer: Viewer) -> list[tuple]:
    """Number, slug, title, duty and body of each article of the version in force in the viewer's practice, in its order."""
    return _in_force(viewer)


@prepared
def _in_force(viewer: Viewer) -> QuerySet:
    versions = CharterVersion.unscoped.filter(practice_id=viewer.practice_id).order_by("-number")
    rows = Article.unscoped.filter(version=Subquery(versions.values("pk")[:1]))
    return rows.order_by("number").values_list("number", "slug", "title", "duty", "body")


def version_before(version: CharterVersion) -> CharterVersion | None:
    """The version it took the place of."""
    rows = CharterVersion.unscoped.filter(practice=version.practice_id, number__lt=version.number)
    return rows.order_by("-number").first()


def last_acknowledged(viewer: Viewer, version: CharterVersion) -> CharterVersion | None:
    """The last version before this one that the viewer said they had read."""
    rows = CharterVersion.unscoped.filter(practice=version.practice_id, number__lt=version.number)
    said = Acknowledgement.unscoped.filter(version=OuterRef("pk"), user_id=viewer.user_id)
    return rows.filter(Exists(said)).order_by("-number").first()


def version_awaited(viewer: Viewer) -> QuerySet[CharterVersion]:
    """For a member of the practice: the version in force, where it is not the first and they have not acknowledged it."""
    here = CharterVersion.unscoped.filter(practice_id=viewer.practice_id).order_by("-number")
    done = Acknowledgement.unscoped.filter(version=OuterRef("pk"), user_id=viewer.user_id)
    rows = CharterVersion.unscoped.filter(pk=Subquery(here.values("pk")[:1]), number__gt=1)
    return rows.filter(~Exists(done)).order_by()


def members_awaited(viewer: Viewer, version: CharterVersion) -> list[str]:
    """Names of the practice's members who have not acknowledged it, for its administrator."""
    done = Acknowledgement.unscoped.filter(version=version, user=OuterRef("user"))
    rows = members_for(viewer).filter(~Exists(done), left_at=None)
    return list(rows.values_list("user__name", flat=True))


def acknowledged_at(viewer: Viewer, version: CharterVersion):
    """When this viewer said they had read this version, or None."""
    row = Acknowledgement.unscoped.filter(version=version, user_id=viewer.user_id).first()
    return row.at if row else None


def acknowledgements_for(viewer: Viewer, version: CharterVersion) -> QuerySet[Acknowledgement]:
    """Which members have acknowledged a version, for the practice's administrator."""
    return _said(viewer, version).filter(user__in=members_for(viewer).values("user")).select_related("user")


def others_acknowledged(viewer: Viewer, version: CharterVersion) -> int:
    """How many of those at tables have: a number, for the administrator is told the names of nobody coached."""
    return _said(viewer, version).exclude(user__in=members_for(viewer).values("user")).count()


def _said(viewer: Viewer, version: CharterVersion) -> QuerySet[Acknowledgement]:
    rows = Acknowledgement.objects.visible_to(viewer, ACKNOWLEDGEMENTS_OF_PRACTICE)
    return rows.filter(version=version).order_by("at")
