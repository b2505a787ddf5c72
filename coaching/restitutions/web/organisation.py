"""What a sponsor or a manager reads of restitutions: those released to them, and nothing else of any."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render

from coaching.kernel.http import acts, reads
from coaching.kernel.openings import What, opened
from coaching.kernel.viewer import Portal

from .. import access
from ..rendering import page_html
from ..services import releasing
from .shown import RELEASED, pdf_of

PAGE = 25


class _Rows:
    """Released restitutions as a paginator asks for them: two queries in all."""

    def __init__(self, viewer):
        self.viewer = viewer
        self.total = access.inbox_count(viewer)

    def __len__(self):
        return self.total

    def __getitem__(self, cut):
        return access.inbox_of(self.viewer, first=cut.start or 0, length=PAGE)


@reads(Portal.ORGANISATION)
def restitutions(request):
    """Everything released to me, over all missions: what I have not opened first."""
    page = Paginator(_Rows(request.viewer), PAGE).get_page(request.GET.get("page"))
    return render(request, "restitutions/organisation/restitutions.html", {"page": page})


@reads(Portal.ORGANISATION)
def restitution(request, ref):
    """One of them; before it is opened, what opening tells."""
    row = access.get_released(request.viewer, ref)
    if row.opened is None:
        return render(request, "restitutions/organisation/closed.html", {"released": row})
    opened(request, row.mission, What.RESTITUTION, row.ref, seat=row.seat)
    seen_as = f"{RELEASED}:{row.addressee}"
    context = {"released": row, "page_html": page_html(access.page_of(row)), "seen_as": seen_as}
    return render(request, "restitutions/organisation/restitution.html", context)


@acts(Portal.ORGANISATION)
def restitution_open(request, ref):
    """Opening is an act: the coachee and the coach see that it was read, and when."""
    row = access.get_released(request.viewer, ref)
    releasing.open_released(request.viewer, row)
    return redirect("organisation_restitution", row.ref)


@reads(Portal.ORGANISATION)
def restitution_pdf(request, ref):
    """The stored bytes, once it has been opened."""
    row = access.get_released(request.viewer, ref)
    if row.opened is None:
        raise Http404
    opened(request, row.mission, What.RESTITUTION, row.ref, seat=row.seat)
    return pdf_of(request, row)
