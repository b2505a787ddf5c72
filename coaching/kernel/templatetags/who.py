"""Who can see this: computed from the rule that guards the field."""

from django import template

from coaching.kernel.registry import audience as phrase
from coaching.kernel.viewer import Portal

register = template.Library()


@register.inclusion_tag("components/audience.html", takes_context=True)
def audience(context, path, portal=None):
    """The chip of one field, such as ``{% audience "missions.RequestVersion.text" %}``, for the present viewer."""
    viewer = context.get("viewer")
    door = Portal(portal) if portal else (viewer.portal if viewer else None)
    return {"text": phrase(path, door)}
