"""The coach's pages: how the charter is held over their missions, in one of them, and what they passed on their judgement."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.kernel.errors import DomainError
from coaching.kernel.http import acts, reads
from coaching.kernel.viewer import Portal
from coaching.missions.access import get_mission
from contracts.web.pdf import pdf_response

from .. import access, dossiers, figures, services
from ..articles import articles_for
from ..judging import verdicts
from . import shown


@reads(Portal.COACH)
def conformity(request):
    """My own duties; the articles by count over my missions; the missions, what is to do first."""
    viewer = request.viewer
    articles = articles_for(viewer)
    asked = shown.asked_in(request.GET, articles)
    every = access.mission_keys(viewer)
    keys = _keys(viewer, asked, every)
    page = shown.page_of(keys, request.GET.get("page"))
    totals = figures.totals_of_coach(viewer, len(every))
    own = shown.own_slugs()
    words = access.words_of_coach(viewer)
    context = {
        "own": [one for one in verdicts(articles, words) if one.article.slug in own],
        "totals": totals,
        "grid": shown.grid(articles, totals, reverse("coach_conformity")),
        "page": page,
        "lines": _lines(viewer, articles, page.object_list, asked),
        "asked": asked,
        "number": len(every),
        **shown.choices(articles),
        **shown.drawn(figures.course(figures.tallies_for(viewer))),
    }
    return render(request, "conformity/coach/conformity.html", context)


def _keys(viewer, asked, every) -> list[int]:
    """Those of the article asked for; else all of them, what is to do first where they are few enough to be judged at each look."""
    if asked.article:
        return access.mission_keys(viewer, asked.article, asked.standing)
    return access.keys_to_do_first(viewer) if len(every) <= figures.LIVE else every


def _lines(viewer, articles, keys, asked) -> list[shown.MissionLine]:
    missions = access.missions_by_key(viewer, keys)
    words, names = access.words_of_missions(viewer, missions), access.names_of(viewer, missions)
    return [
        shown.mission_line(
            one, names.get(one.pk, []), verdicts(articles, words.get(one.pk, {})), asked.article
        )
        for one in missions
    ]


@acts(Portal.COACH)
def count(request):
    """My figures of this month, counted again now."""
    services.count_own(request.viewer)
    messages.success(request, _("Counted."))
    return redirect("coach_conformity")


@reads(Portal.COACH)
def overrides(request):
    """Every gate of the charter passed on my judgement, with my reason."""
    titles = {article.slug: article for article in articles_for(request.viewer)}
    page = Paginator(access.overrides_for(request.viewer), access.PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "lines": [(row, titles.get(row.article)) for row in page]}
    return render(request, "conformity/coach/overrides.html", context)


@reads(Portal.COACH)
def mission(request, ref):
    """The articles of the charter in one mission: how each stands, on what evidence, and where what is missing is done."""
    viewer = request.viewer
    row = get_mission(viewer, ref)
    words = access.words_of_missions(viewer, [row]).get(row.pk, {})
    found = verdicts(articles_for(viewer), access.words_of_coach(viewer), words)
    context = {
        "mission": row,
        "verdicts": found,
        "summary": shown.summary(shown.summed(found)),
        "overrides": list(access.overrides_for(viewer).filter(mission=row)),
    }
    return render(request, "conformity/coach/mission.html", context)


@reads(Portal.COACH)
def dossier(request):
    """Of all my missions, as a PDF made now; it names nobody."""
    return _pdf(request, dossiers.dossier_of_coach(request.viewer), "conformite.pdf")


@reads(Portal.COACH)
def mission_dossier(request, ref):
    row = get_mission(request.viewer, ref)
    return _pdf(request, dossiers.dossier_of_mission(request.viewer, row), f"{row.ref}-conformite.pdf")


def _pdf(request, frozen, name):
    try:
        made = dossiers.dossier_pdf(frozen)
    except DomainError as refusal:
        return render(request, "403.html", {"reason": refusal.message}, status=503)
    return pdf_response(made.pdf, name, inline="download" not in request.GET)
