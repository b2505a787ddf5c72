"""Pages of the charter: public reading, acknowledgement, and the administrator's publishing."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coaching.accounts.access import get_practice, viewer_on
from coaching.accounts.middleware import CHOICE
from coaching.kernel.diff import compare
from coaching.kernel.errors import DomainError
from coaching.kernel.forms import LongText, refuse, show
from coaching.kernel.http import acts, edits, reads
from coaching.kernel.viewer import Portal

from .. import access, services
from ..articles import SLUGS, parse
from ..mapping import of_the_house
from ..texts import companion_of

COURTESY = "en"  # the language of the translation that accompanies the bundled text


class CharterForm(forms.Form):
    """A whole new text of the charter."""

    text = LongText(label=gettext_lazy("The whole text, in Markdown"), rows=24, max_length=60_000)
    meant = forms.BooleanField(
        label=gettext_lazy("Articles of the version in force are left out on purpose"), required=False
    )


class MappingForm(forms.Form):
    """What each article of a version rests on: one of the known evidences, or none of its own."""

    def __init__(self, *args, articles, **options):
        super().__init__(*args, **options)
        known = [("", _("No evidence of its own")), *((one.slug, one.title) for one in of_the_house())]
        for article in articles:
            self.fields[f"article_{article.number}"] = forms.ChoiceField(
                label=f"{article.number}. {article.title}",
                choices=known,
                required=False,
                initial=article.slug if article.slug in SLUGS else "",
            )

    def slugs(self) -> dict[int, str]:
        return {int(name.removeprefix("article_")): slug for name, slug in self.cleaned_data.items()}


@login_not_required
@reads(None)
def charter(request):
    """The charter in force, for anyone; a signed-in person reads that of their practice."""
    viewer = _viewer(request)
    version = access.current_version(viewer.practice_id) if viewer else access.any_current_version()
    if version is None:
        raise Http404
    context = {
        "version": version,
        "articles": access.articles_of(version),
        "reader": viewer,
        "acknowledged_at": access.acknowledged_at(viewer, version) if viewer else None,
        "before": access.version_before(version) if viewer else None,
        "translated": companion_of(version.sha256, COURTESY) is not None,
    }
    return render(request, "charter/charter.html", context)


@login_not_required
@reads(None)
def translation(request):
    """The text in force beside its courtesy translation; the French alone binds. 404 where a practice has changed the text."""
    viewer = _viewer(request)
    version = access.current_version(viewer.practice_id) if viewer else access.any_current_version()
    text = companion_of(version.sha256, COURTESY) if version else None
    if text is None:
        raise Http404
    pairs = list(zip(access.articles_of(version), parse(text), strict=True))
    context = {"version": version, "pairs": pairs, "language": COURTESY, "text": text, "reader": viewer}
    return render(request, "charter/translation.html", context)


@reads(None)
def changes(request):
    """What the version in force changes of the last one this person said they had read, or of the one before."""
    viewer = _viewer(request)
    version = access.current_version(viewer.practice_id) if viewer else None
    before = version and (access.last_acknowledged(viewer, version) or access.version_before(version))
    if before is None:
        raise Http404
    context = {
        "version": version,
        "before": before,
        "parts": compare(before.text, version.text),
        "reader": viewer,
        "acknowledged_at": access.acknowledged_at(viewer, version),
    }
    return render(request, "charter/changes.html", context)


@acts(None)
def acknowledge(request):
    """I have read the charter of my coach's practice."""
    viewer = _viewer(request)
    if viewer is None:
        raise Http404
    version = access.get_version(viewer, request.POST.get("version", ""))
    services.acknowledge(viewer, version)
    messages.success(request, _("Noted, with today’s date."))
    return redirect("charter")


def _viewer(request):
    """The person in the practice they have chosen, whatever their portal: the charter is the same for all."""
    if not request.user.is_authenticated:
        return None
    chairs = list(request.chairs)
    chosen = request.session.get(CHOICE)
    chair = next((c for c in chairs if c.practice_ref == chosen), chairs[0] if chairs else None)
    return viewer_on(request.user, chair) if chair else None


@edits(Portal.PRACTICE)
def versions(request):
    """Every version, who has acknowledged the one in force, and a form for the next."""
    viewer = request.viewer
    rows = list(access.versions_for(viewer))
    form = CharterForm(request.POST or None, initial={"text": rows[0].text if rows else ""})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.publish(get_practice(viewer), by=request.user, **form.cleaned_data)
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The new version is in force. Contracts already made keep theirs."))
            return (
                redirect("practice_charter")
                if made.mapped_at
                else redirect("practice_charter_mapping", made.ref)
            )
    context = {"form": form, "versions": rows, **(_read_by(viewer, rows[0]) if rows else {})}
    return show(request, "charter/practice/versions.html", context)


def _read_by(viewer, version) -> dict:
    return {
        "acknowledgements": access.acknowledgements_for(viewer, version),
        "others": access.others_acknowledged(viewer, version),
        "awaited": access.members_awaited(viewer, version),
    }


@reads(Portal.PRACTICE)
def version(request, ref):
    """One version: its text, what it changed of the one before, what its articles rest on."""
    row = access.get_version(request.viewer, ref)
    before = access.version_before(row)
    context = {
        "version": row,
        "articles": access.articles_of(row),
        "before": before,
        "parts": compare(before.text, row.text) if before else (),
        **_rests(row),
    }
    return render(request, "charter/practice/version.html", context)


@edits(Portal.PRACTICE)
def mapping(request, ref):
    """What each article of the version in force rests on: proposed, to be confirmed or corrected."""
    row = access.get_version(request.viewer, ref)
    articles = list(access.articles_of(row))
    form = MappingForm(request.POST if request.method == "POST" else None, articles=articles)
    if request.method == "POST" and form.is_valid():
        try:
            services.confirm_mapping(request.viewer, row, form.slugs())
        except DomainError as refusal:
            if refusal.status == 403:
                raise
            refuse(form, refusal)
        else:
            messages.success(request, _("Conformity follows from now on."))
            return redirect("practice_charter_version", row.ref)
    context = {"form": form, "version": row, **_rests(row)}
    return show(request, "charter/practice/mapping.html", context)


def _rests(version) -> dict:
    """Which known evidences no article of a version rests on, and which of its articles rest on none."""
    articles = list(access.articles_of(version))
    used = {article.slug for article in articles}
    return {
        "dropped": [one for one in of_the_house() if one.slug not in used],
        "bare": [article for article in articles if article.slug not in SLUGS],
    }
