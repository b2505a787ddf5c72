"""The administrator's pages: figures by article and by coach, references and dates. Never a title, a name of anybody coached, a reason."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.accounts.access import get_practice
from coaching.kernel.evidence import About
from coaching.kernel.http import acts, reads
from coaching.kernel.viewer import Portal

from .. import access, figures, services
from ..articles import articles_for
from ..figures import Totals
from ..judging import Count
from . import shown


@reads(Portal.PRACTICE)
def conformity(request):
    """Totals as they were last counted, by article and by coach, and their course."""
    viewer = request.viewer
    rows = figures.tallies_for(viewer)
    month = rows[-1].month if rows else None
    last = [row for row in rows if row.month == month]
    of_missions = [row for row in last if row.about == About.MISSION]
    totals = Totals(
        figures.added(of_missions, "article"), max((row.counted_at for row in last), default=None)
    )
    articles, names = articles_for(viewer), access.coaches_for(viewer)
    context = {
        "totals": totals,
        "grid": shown.grid(articles, totals, reverse("practice_conformity_missions")),
        "own": _of_coaches(articles, last),
        "coaches": [
            (names.get(key, ""), count) for key, count in figures.added(of_missions, "coach_id").items()
        ],
        "passed": access.overrides_counted(viewer).count(),
        **shown.drawn(figures.course(row for row in rows if row.about == About.MISSION)),
    }
    return render(request, "conformity/practice/conformity.html", context)


def _of_coaches(articles, last) -> list[tuple]:
    """The duties that are a coach's own: how many of the coaches hold each."""
    counts = figures.added((row for row in last if row.about == About.COACH), "article")
    return [(one, counts[one.slug]) for one in articles if counts.get(one.slug, Count()).asked]


@acts(Portal.PRACTICE)
def count(request):
    """The figures of this month, counted again now."""
    services.count_practice(get_practice(request.viewer))
    messages.success(request, _("Counted."))
    return redirect("practice_conformity")


@reads(Portal.PRACTICE)
def missions(request):
    """References of the missions in which one article stands in one way, live."""
    viewer = request.viewer
    articles = articles_for(viewer)
    asked = shown.asked_in(request.GET, articles)
    page = shown.page_of(access.mission_keys(viewer, asked.article, asked.standing), request.GET.get("page"))
    rows = access.missions_by_key(viewer, page.object_list)
    found = access.standings_of_missions(viewer, rows)
    context = {
        "page": page,
        "lines": [(row, shown.summary(shown.summed_of(found.get(row.pk, {})))) for row in rows],
        "asked": asked,
        **shown.choices(articles),
    }
    return render(request, "conformity/practice/missions.html", context)


@reads(Portal.PRACTICE)
def overrides(request):
    """That gates were passed, of which mission, article and coach, and when. The reasons are between coach and charter."""
    titles = {article.slug: article for article in articles_for(request.viewer)}
    page = Paginator(access.overrides_counted(request.viewer), access.PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "lines": [(row, titles.get(row.article)) for row in page]}
    return render(request, "conformity/practice/overrides.html", context)
