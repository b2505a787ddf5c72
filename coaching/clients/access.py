"""Reading people and organisations: always as the coach who keeps them."""

from django.db.models import QuerySet

from coaching.kernel.scoping import get_visible
from coaching.kernel.viewer import Viewer

from .models import ContextSheet, Organisation, Person
from .policy import KEEPER_RULES, SHEET_RULES


def organisations_for(viewer: Viewer) -> QuerySet[Organisation]:
    return Organisation.objects.visible_to(viewer, KEEPER_RULES)


def get_organisation(viewer: Viewer, ref: str) -> Organisation:
    return get_visible(organisations_for(viewer), ref)


def context_sheet(viewer: Viewer, organisation: Organisation) -> ContextSheet:
    """The sheet of an organisation, empty while nobody has begun it."""
    rows = ContextSheet.objects.visible_to(viewer, SHEET_RULES)
    return rows.filter(organisation=organisation).first() or ContextSheet(organisation=organisation)


def sheet_is_filled(organisation_id: int) -> bool:
    """For the gate of Protection des organisations; says nothing of what is in the sheet."""
    sheet = ContextSheet.unscoped.filter(organisation_id=organisation_id).first()
    return sheet is not None and sheet.filled


def people_for(viewer: Viewer) -> QuerySet[Person]:
    return Person.objects.visible_to(viewer, KEEPER_RULES).select_related("organisation")


def get_person(viewer: Viewer, ref: str) -> Person:
    return get_visible(people_for(viewer), ref)
