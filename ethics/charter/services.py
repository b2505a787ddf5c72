"""Publishing and acknowledging the charter."""

import hashlib

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.accounts.models import Practice, User
from coaching.kernel import events
from coaching.kernel.acts import act
from coaching.kernel.errors import Invalid
from coaching.kernel.markup import check as check_markup
from coaching.kernel.viewer import Viewer

from .articles import NotACharter, parse
from .models import Acknowledgement, Article, CharterVersion
from .texts import bundled

HEADING = 200


@act
def publish(practice: Practice, text: str, by: User) -> CharterVersion:
    """The administrator publishes a new version; contracts already made keep theirs. Records ``charter.publish``.

    Raises :class:`Invalid` for a text without the seventeen articles, one that no page could show, or one identical to
    the one in force.
    """
    text = text.replace("\r\n", "\n").strip() + "\n"  # a form takes the blank lines of both ends away
    check_markup(text)
    try:
        articles = parse(text)
    except NotACharter as wrong:
        raise Invalid(
            _("The charter needs its seventeen articles, each under a heading that begins with ###."),
            field="text",
        ) from wrong
    title = _title(text)
    if not title or max(len(said) for a in articles for said in (a.title, a.duty)) > HEADING:
        raise Invalid(
            _("The charter needs a title (#), and headings of at most %(most)d characters.")
            % {"most": HEADING},
            field="text",
        )
    digest = hashlib.sha256(text.encode()).hexdigest()
    last = CharterVersion.unscoped.filter(practice=practice).order_by("-number").first()
    if last and last.sha256 == digest:
        raise Invalid(_("This text is already the version in force."), field="text")
    version = CharterVersion.unscoped.create(
        practice=practice,
        number=(last.number if last else 0) + 1,
        title=title,
        text=text,
        sha256=digest,
        published_at=timezone.now(),
        published_by=by,
    )
    Article.unscoped.bulk_create(
        Article(version=version, number=a.number, slug=a.slug, title=a.title, duty=a.duty, body=a.body)
        for a in articles
    )
    events.record(
        chain=practice.ref,
        kind="charter.publish",
        actor=by.ref,
        subject=version.ref,
        data={"number": version.number, "sha256": digest},
    )
    return version


def publish_bundled(practice: Practice, by: User) -> CharterVersion:
    """Give a new practice the charter the product carries."""
    return publish(practice, bundled().markdown, by)


def _title(text: str) -> str:
    first = next((line for line in text.splitlines() if line.startswith("# ")), "# ")
    return first[2:].strip()[:HEADING]


@act
def acknowledge(viewer: Viewer, version: CharterVersion) -> None:
    """The viewer says they have read this version. Saying it twice changes nothing. Records ``charter.acknowledge``."""
    _row, made = Acknowledgement.unscoped.get_or_create(version=version, user_id=viewer.user_id)
    if made:
        events.record(
            chain=viewer.practice_ref,
            kind="charter.acknowledge",
            actor=viewer.user_ref,
            subject=version.ref,
            data={"sha256": version.sha256},
        )
