"""Marks of the review: the chip of a comment, computed from the policy that guards it and its author's choice."""

from django import template
from django.utils.translation import gettext_lazy as _

from coaching.kernel.registry import sentence

from ..enums import CommentAudience
from ..policy import readers_of_comment

register = template.Library()


@register.inclusion_tag("components/audience.html", takes_context=True)
def comment_audience(context, comment):
    """Who can see this comment and its answer."""
    if comment.withdrawn_at:
        return {"text": _("Withdrawn: visible to you alone")}
    if comment.audience == CommentAudience.TABLE:
        return {"text": _("Visible to everyone at the table")}
    viewer = context.get("viewer")
    readers = readers_of_comment(comment.audience, comment.seat.role)
    return {"text": sentence(readers, viewer.portal if viewer else None)}
