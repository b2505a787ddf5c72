"""The coach's hours log: what was held and imported, how far it is towards a credential, and the log as a file."""

from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone

from coaching.kernel.http import reads
from coaching.kernel.viewer import Portal

from .. import access
from ..credentials import dated
from ..exporting import csv_of, xlsx_of

PAGE = 25
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@reads(Portal.COACH)
def log(request):
    """My hours: totals, by month, line by line; what is left out, and why."""
    found = access.log_of(request.viewer)
    page = Paginator(found.lines, PAGE).get_page(request.GET.get("page"))
    context = {
        "log": found,
        "page": page,
        "months": [(one.first, one.hours, "") for one in found.months],
        "imports": access.imports_listed(request.viewer)[:5],
    }
    return render(request, "hours/coach/log.html", context)


@reads(Portal.COACH)
def progress(request):
    """How far I am towards each credential."""
    found = access.log_of(request.viewer)
    context = {"log": found, "dated": dated(), "changed": access.rules_row(request.viewer) is not None}
    return render(request, "hours/coach/progress.html", context)


@reads(Portal.COACH)
def log_csv(request):
    """The whole log as CSV, line after line as it is written."""
    lines = access.log_of(request.viewer).lines
    counted = (line for line in lines if line.counted)
    return _file(StreamingHttpResponse(csv_of(counted), content_type="text/csv; charset=utf-8"), "csv")


@reads(Portal.COACH)
def log_xlsx(request):
    """The whole log as a workbook, with a second sheet of sessions."""
    lines = access.log_of(request.viewer).lines
    return _file(HttpResponse(xlsx_of(line for line in lines if line.counted), content_type=XLSX), "xlsx")


def _file(answer, ending: str):
    """To be saved, and kept by nobody on the way: it holds names."""
    name = f"hours-{timezone.localdate().isoformat()}.{ending}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
