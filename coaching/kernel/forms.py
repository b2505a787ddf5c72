"""Small manners shared by every form of the house."""

from django import forms
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from .errors import DomainError

LONG_TEXT = 20_000  # characters; about eight pages, more than a request or a clause needs


class LongText(forms.CharField):
    """A text of several lines, capped, with a message that says how much is too much."""

    def __init__(self, *, rows=6, max_length=LONG_TEXT, **options):
        options.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        too_long = _("This text is too long: %(show_value)d characters, at most %(limit_value)d.")
        options["error_messages"] = {"max_length": too_long, **options.get("error_messages", {})}
        # No maxlength attribute: a browser would cut a pasted text in silence.
        super().__init__(max_length=max_length, **options)

    def widget_attrs(self, widget):
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


def beside(
    field: forms.Field, *, audience: str = "", article: tuple[str, str] | tuple[()] = ()
) -> forms.Field:
    """Say beside a field who will read it (a path of the registry) and which article asks for it (slug, title)."""
    field.audience, field.article = audience, article
    return field


def refuse(form: forms.BaseForm, refusal: DomainError) -> None:
    """Put a refusal of a service beside the field it speaks of, or at the head of the form."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))


def show(request, template: str, context: dict):
    """A page with a form: 422 when the form has been refused, so that no client takes it for done.

    Its long texts are kept as they are typed, where a room above has put a keeper on the request.
    """
    form = context.get("form")
    keeper = getattr(request, "keeper", None)
    viewer = getattr(request, "viewer", None)
    for found in context.values():
        if isinstance(found, forms.BaseForm):
            found.portal = viewer.portal if viewer else None  # for the chips beside its fields
            if keeper:
                keeper.attend(found)
    refused = form is not None and form.is_bound and not form.is_valid()
    return render(request, template, context, status=422 if refused else 200)


def rebase(form: forms.BaseForm, **values) -> None:
    """After a refusal for staleness: the next sending is judged against what has just been shown."""
    form.data = form.data.copy()
    for name, value in values.items():
        form.data[form.add_prefix(name)] = str(value)


class DateField(forms.DateField):
    """A date, picked with the browser's own calendar."""

    def __init__(self, **options):
        options.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**options)
