"""Publishing and acknowledging the charter."""

import hashlib
from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.accounts.models import Practice, User
from coaching.kernel import events
from coaching.kernel.acts import act
from coaching.kernel.errors import Invalid, NotAllowedNow
from coaching.kernel.markup import check as check_markup
from coaching.kernel.viewer import Portal, Viewer

from .access import current_version
from .articles import SLUGS, NotACharter, parse
from .mapping import Known, Proposal, of_the_house, own_name, propose
from .models import Acknowledgement, Article, CharterVersion
from .texts import bundled

HEADING, MOST_ARTICLES = 200, 60


@act
def publish(practice: Practice, text: str, by: User, *, meant: bool = False) -> CharterVersion:
    """The administrator publishes a new version; contracts already made keep theirs. Records ``charter.publish``.

    What each article rests on is proposed from those in force; where something is to be decided, it waits for
    :func:`confirm_mapping`. Raises :class:`Invalid` for a text without articles, one in which articles in force are no
    longer found unless that is ``meant``, one that no page could show, or one identical to the one in force.
    """
    text = text.replace("\r\n", "\n").strip() + "\n"  # a form takes the blank lines of both ends away
    check_markup(text)
    try:
        articles = parse(text)
    except NotACharter as wrong:
        raise Invalid(
            _("The charter needs its articles, each under a heading that begins with ###."),
            field="text",
        ) from wrong
    if len(articles) > MOST_ARTICLES:
        raise Invalid(_("A charter has at most %(most)d articles.") % {"most": MOST_ARTICLES}, field="text")
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
    proposal = propose(articles, _known(last))
    if proposal.dropped and not meant:
        raise Invalid(_missing(proposal), field="text")
    version = CharterVersion.unscoped.create(
        practice=practice,
        number=(last.number if last else 0) + 1,
        title=title,
        text=text,
        sha256=digest,
        published_at=timezone.now(),
        published_by=by,
        **({"mapped_at": timezone.now(), "mapped_by": by} if proposal.certain else {}),
    )
    Article.unscoped.bulk_create(
        Article(
            version=version,
            number=a.number,
            slug=slug or own_name(a.number),
            title=a.title,
            duty=a.duty,
            body=a.body,
        )
        for a, slug in zip(articles, proposal.slugs, strict=True)
    )
    events.record(
        chain=practice.ref,
        kind="charter.publish",
        actor=by.ref,
        subject=version.ref,
        data={"number": version.number, "sha256": digest},
    )
    return version


def _known(last: CharterVersion | None) -> list[Known]:
    """Articles of the version in force that rest on evidence; of the bundled text, where there is none yet."""
    if last is None:
        return list(of_the_house())
    rows = Article.unscoped.filter(version=last, slug__in=SLUGS).order_by("number")
    return [Known(*row) for row in rows.values_list("slug", "title", "body")]


def _missing(proposal: Proposal):
    names = ", ".join(one.title for one in proposal.dropped)
    return _(
        "These articles of the version in force are no longer found: %(names)s. Put them back, each under a heading that "
        "begins with ###, or say below that it is meant."
    ) % {"names": names}


@act
def confirm_mapping(viewer: Viewer, version: CharterVersion, slugs: Mapping[int, str]) -> CharterVersion:
    """The administrator says what each article of the version in force rests on. Records ``charter.map``, with codes alone.

    ``slugs`` gives, by number of article, one of the seventeen evidences, or "" for none of its own; conformity follows at
    once. Raises :class:`Invalid` for two articles on one evidence, :class:`NotAllowedNow` for a version that is no longer
    in force or a viewer who is not the administrator.
    """
    if viewer.portal != Portal.PRACTICE:
        raise NotAllowedNow(_("The practice’s administrator says what articles rest on."))
    if current_version(viewer.practice_id).pk != version.pk:
        raise NotAllowedNow(_("Another version is in force by now: what counts is said of that one."))
    rows = list(Article.unscoped.filter(version=version).order_by("number"))
    given = [slugs.get(row.number, "") for row in rows]
    _check_mapping(given)
    for row, slug in zip(rows, given, strict=True):
        row.slug = slug or own_name(row.number)
    Article.unscoped.bulk_update(rows, ["slug"])
    CharterVersion.unscoped.filter(pk=version.pk).update(
        mapped_at=timezone.now(), mapped_by_id=viewer.user_id
    )
    events.record(
        chain=viewer.practice_ref,
        kind="charter.map",
        actor=viewer.user_ref,
        subject=version.ref,
        data={"articles": {str(row.number): row.slug for row in rows}},
    )
    version.refresh_from_db()
    return version


def _check_mapping(given: list[str]) -> None:
    used = [slug for slug in given if slug]
    if not set(used) <= set(SLUGS):
        raise Invalid(_("There is no such evidence."))
    for number, slug in enumerate(given, start=1):
        if slug and used.count(slug) > 1:
            raise Invalid(
                _("Two articles rest on this evidence: it bears one alone."), field=f"article_{number}"
            )


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
