"""Files people send: a cap that holds while they arrive, and the field that says what was refused."""

from django import forms
from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _


class Cap(FileUploadHandler):
    """First of the handlers: what passes the cap is read to its end and thrown away, so that the page can still answer."""

    def new_file(self, *arguments, **options):
        super().new_file(*arguments, **options)
        self.received = 0

    def receive_data_chunk(self, raw_data, start):
        self.received += len(raw_data)
        if self.received > settings.LARGEST_UPLOAD:
            self.request.too_large = {*getattr(self.request, "too_large", ()), self.field_name}
            raise SkipFile
        return raw_data

    def file_complete(self, file_size):
        return None


def refused_as_too_large(request, field: str) -> bool:
    """Whether the file of this field was thrown away on arrival."""
    return field in getattr(request, "too_large", ())


class UploadForm(forms.Form):
    """A form with files: one that was thrown away on arrival is said beside its field."""

    def __init__(self, request=None, **options):
        self.request = request
        if request is not None:
            options |= {"data": request.POST, "files": request.FILES}
        super().__init__(**options)

    def clean(self):
        cleaned = super().clean()
        for name in self.fields:
            if self.request is not None and refused_as_too_large(self.request, name):
                self.errors.pop(name, None)
                most = filesizeformat(settings.LARGEST_UPLOAD)
                self.add_error(name, _("This file is too large: at most %(size)s.") % {"size": most})
        return cleaned
