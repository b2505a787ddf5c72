"""Setting a new installation up, through the services of the rooms below."""

from django.utils.translation import gettext_lazy as _

from coaching.accounts.access import any_practice
from coaching.accounts.models import User
from coaching.accounts.services import create_practice, create_user
from coaching.documents.seal import make_seal
from coaching.kernel.acts import act
from coaching.kernel.errors import Stale
from contracts.services.library import install_library
from ethics.charter.services import publish_bundled


@act
def set_up(*, practice: str, name: str, email: str, password: str, language: str = "fr", **details) -> User:
    """The first practice of an installation, with its coach, charter, clause library and seal.

    Who may: anyone, while the installation has no practice. Records ``practice.create``, ``charter.publish``.
    """
    if any_practice():
        raise Stale(_("This installation has already been set up."))
    user = create_user(email=email, name=name, password=password, language=language)
    found = create_practice(name=practice, founder=user, language=language, **details)
    publish_bundled(found, user)
    install_library(found)
    make_seal(found.ref, found.name)
    return user
