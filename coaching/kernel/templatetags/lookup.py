from django import template

register = template.Library()


@register.filter
def get(mapping, key):
    """``mapping[key]``, or nothing where it is not there."""
    return mapping.get(key) if mapping else None
