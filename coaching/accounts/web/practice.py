"""The administrator's pages on members and on the practice itself."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coaching.accounts import access, services
from coaching.accounts.enums import InvitationPurpose
from coaching.kernel.errors import DomainError
from coaching.kernel.forms import refuse, show
from coaching.kernel.http import acts, edits, reads
from coaching.kernel.viewer import Portal

from .forms import MemberInvitationForm, PracticeForm


@reads(Portal.PRACTICE)
def home(request):
    viewer = request.viewer
    context = {"members": access.members_for(viewer), "invitations": access.invitations_for(viewer)}
    return render(request, "accounts/practice/home.html", context)


@edits(Portal.PRACTICE)
def invite_member(request):
    form = MemberInvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.invite(
                request.viewer,
                purpose=InvitationPurpose.MEMBERSHIP,
                language=get_language() or "fr",
                inviter=request.user,
                practice=access.get_practice(request.viewer),
                **form.cleaned_data,
            )
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The invitation is on its way."))
            return redirect("practice_home")
    return show(request, "accounts/practice/invite.html", {"form": form})


@acts(Portal.PRACTICE)
def revoke_invitation(request, ref):
    services.revoke_invitation(request.viewer, access.get_invitation(request.viewer, ref))
    messages.success(request, _("The link no longer works."))
    return redirect("practice_home")


@edits(Portal.PRACTICE)
def end_member(request, ref):
    """Confirmation, then the end of a membership."""
    member = access.get_member(request.viewer, ref)
    refused = None
    if request.method == "POST":
        try:
            services.end_membership(request.viewer, member)
        except DomainError as refusal:
            refused = refusal.message
        else:
            messages.success(request, _("The membership has ended."))
            return redirect("practice_home")
    context = {"member": member, "refused": refused}
    return render(request, "accounts/practice/end_member.html", context, status=422 if refused else 200)


@edits(Portal.PRACTICE)
def settings_page(request):
    practice = access.get_practice(request.viewer)
    names = PracticeForm.base_fields
    form = PracticeForm(request.POST or None, initial={name: getattr(practice, name) for name in names})
    if request.method == "POST" and form.is_valid():
        try:
            services.update_practice(request.viewer, practice, form.cleaned_data)
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("practice_settings")
    return show(request, "accounts/practice/settings.html", {"form": form})
