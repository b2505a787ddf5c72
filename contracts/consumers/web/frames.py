"""The pages around a consumer's acts: in the portal, and behind a link."""

from django.urls import reverse
from django.utils.translation import gettext as _

from ..access import Consumer
from .acts import Frame

BY_LINK = "contracts/consumers/base_link.html"


def of_portal(found: Consumer) -> Frame:
    ref, version = found.contract.ref, found.version
    return Frame(
        base="base.html",
        information_url=reverse("coachee_information", args=[ref]),
        information_pdf_url=reverse("coachee_information_pdf", args=[ref]),
        early_start_url=reverse("coachee_early_start", args=[ref]),
        withdrawal_url=reverse("coachee_withdrawal", args=[ref]),
        withdrawal_pdf_url=reverse("coachee_withdrawal_pdf", args=[ref]),
        back_url=reverse("coachee_contract", args=[version.ref]) if version else reverse("coachee_home"),
        back_label=_("My contract"),
    )


def of_link(back_url: str) -> Frame:
    return Frame(
        base=BY_LINK,
        information_url=reverse("signing_information"),
        information_pdf_url=reverse("signing_information_pdf"),
        early_start_url=reverse("signing_early_start"),
        withdrawal_url=reverse("withdrawal"),
        withdrawal_pdf_url=reverse("withdrawal_pdf"),
        back_url=back_url,
    )
