"""The administrator's pages: where coaches stand with their supervision, and what the practice asks. No content."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coaching.accounts.access import coaches_in
from coaching.kernel.errors import DomainError
from coaching.kernel.forms import refuse, show
from coaching.kernel.http import edits, reads
from coaching.kernel.viewer import Portal

from .. import access
from ..services import rules
from ..standing import figures_of, rule_here, standings
from .forms import RuleForm
from .meter import shown

PAGE = 50


@reads(Portal.PRACTICE)
def supervision(request):
    """Each coach's standing; the supervisions of the practice: day, length, form, attested or not."""
    viewer = request.viewer
    coaches = list(coaches_in(viewer))
    found = standings(viewer.practice_id, [one.user_id for one in coaches])
    page = Paginator(access.supervisions_for(viewer), PAGE).get_page(request.GET.get("page"))
    context = {
        "coaches": [(one.user, shown(found[one.user_id])) for one in coaches],
        "page": page,
        "rule": figures_of(rule_here(viewer.practice_id)),
    }
    return render(request, "supervision/practice/supervision.html", context)


@edits(Portal.PRACTICE)
def rule(request):
    """What the practice asks of its coaches."""
    now = rule_here(request.viewer.practice_id)
    form = RuleForm(request.POST or None, initial={name: getattr(now, name) for name in RuleForm.base_fields})
    if request.method == "POST" and form.is_valid():
        try:
            rules.save_rule(request.viewer, form.cleaned_data)
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Saved. Coaches see where they stand by it at once."))
            return redirect("practice_supervision")
    return show(request, "supervision/practice/rule.html", {"form": form})
