"""What a coach keeps of somebody they work with: to that very person."""

from django.utils.translation import gettext_lazy as _

from coaching.kernel.personal import PARTIES, Holding, fact, withhold, word
from coaching.kernel.viewer import Portal

from .models import Organisation, Person


def own_people(viewer):
    """The rows that coaches of the practice keep of the viewer; one for each coach."""
    rows = Person.unscoped.filter(user_id=viewer.user_id, practice_id=viewer.practice_id)
    return rows.select_related("organisation", "keeper").order_by("pk")


def _organisations(viewer):
    """Of the organisations they speak for, what is kept."""
    mine = own_people(viewer).order_by().values("organisation_id")
    return Organisation.unscoped.filter(pk__in=mine)


PERSON = Holding(
    "kept_of_me",
    _("What the practice keeps of me"),
    PARTIES,
    own_people,
    (
        fact("ref", _("Reference")),
        word("name", _("Name"), "clients.Person.name"),
        word("email", _("E-mail address"), "clients.Person.email"),
        word("phone", _("Phone"), "clients.Person.phone"),
        word("job_title", _("Position"), "clients.Person.job_title"),
        word("address", _("Address"), "clients.Person.address"),
        word("registration", _("Registration number"), "clients.Person.registration"),
        fact("language", _("Language")),
        fact("organisation__name", _("Organisation")),
        fact("created_at", _("Kept since")),
    ),
    order=10,
)
ORGANISATION = Holding(
    "organisation",
    _("The organisation I speak for"),
    frozenset({Portal.ORGANISATION}),
    _organisations,
    tuple(
        word(name, label, f"clients.Organisation.{name}")
        for name, label in (
            ("name", _("Name")),
            ("legal_form", _("Legal form")),
            ("siret", _("SIRET")),
            ("vat_number", _("VAT number")),
            ("address", _("Address")),
            ("represented_by", _("Represented by")),
            ("representative_role", _("In the capacity of")),
        )
    ),
    order=11,
)
ALL_HELD = (PERSON, ORGANISATION)

withhold(
    "clients.ContextSheet",
    "trade usages culture context constraints no_interference",
    _("What a coach learns of an organisation before working in it: about no person."),
)
