"""Managers that fail closed: without a viewer no row, without a rule nothing.

``objects`` answers only through :meth:`ScopedManager.visible_to`. ``unscoped`` is the plain manager; it
may be named only in the files a test holds (see ``tests/rules/test_unscoped.py``).
"""

from collections.abc import Callable, Mapping

from django.db import models
from django.http import Http404

from .viewer import Portal, Viewer

Rule = Callable[[Viewer], models.Q]
Rules = Mapping[Portal, Rule]


class ScopeMissing(RuntimeError):
    """Data was asked for without saying who is looking."""


class ScopedManager(models.Manager):
    """Refuses every query that does not go through :meth:`visible_to`."""

    def get_queryset(self):
        raise ScopeMissing(f"{self.model._meta.label}: ask an access function, with a viewer")

    def visible_to(self, viewer: Viewer, rules: Rules) -> models.QuerySet:
        """Rows ``viewer`` may see: those of the rule of their portal, none without a rule."""
        if not isinstance(viewer, Viewer):
            raise ScopeMissing(f"{self.model._meta.label}: {viewer!r} is not a viewer")
        rows = super().get_queryset()
        rule = rules.get(viewer.portal)
        return rows.filter(rule(viewer)) if rule else rows.none()


class ScopedModel(models.Model):
    """Base of every table that belongs to a practice. Its ``Meta`` must be inherited."""

    objects = ScopedManager()
    unscoped = models.Manager()  # noqa: DJ012  the default manager comes after the scoped one

    class Meta:
        abstract = True
        default_manager_name = "unscoped"
        base_manager_name = "unscoped"


def get_visible(rows: models.QuerySet, ref: str):
    """The one row of ``rows`` with this reference, or the 404 that unknown references give too."""
    return the_one(rows.filter(ref=ref)[:1] if could_be_a_ref(ref) else [])


def could_be_a_ref(ref: str) -> bool:
    """Whether the database may be asked for it at all: no engine takes every sign an address can carry."""
    return bool(ref) and "\x00" not in ref


def the_one(found):
    """The first of the rows found, or the 404 of a reference that never existed."""
    for row in found:
        return row
    raise Http404
