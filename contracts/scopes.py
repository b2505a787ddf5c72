"""What a coachee lets be given back, asked beside their contract: no query more on a mission's page."""

import json

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import JSONObject

from coaching.kernel.aggregates import Names
from coaching.kernel.viewer import Viewer

from .models import RestitutionScope
from .policy import SCOPE_RULES


def scope_annotations(viewer: Viewer) -> dict:
    """A column for a query of contracts: the scopes of its mission that the viewer may see; :func:`scopes_in` reads it."""
    rows = RestitutionScope.objects.visible_to(viewer, SCOPE_RULES)
    rows = rows.filter(mission=OuterRef("mission"), seat__ended_at=None).order_by().values("mission")
    said = Names(JSONObject(place=F("pk"), addressee=F("addressee"), items=F("items")))
    return {"scopes_said": Subquery(rows.annotate(said=said).values("said"))}


def scopes_in(contract) -> list[RestitutionScope]:
    """What :func:`scope_annotations` found, to be shown and not kept."""
    said = sorted(contract.scopes_said or [], key=lambda one: one["place"])
    return [RestitutionScope(addressee=one["addressee"], items=_items(one["items"])) for one in said]


def _items(said) -> list:
    """SQLite gives a column of JSON inside another as it is written."""
    return json.loads(said) if isinstance(said, str) else said
