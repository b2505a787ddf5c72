"""The organisation's acts on a contract out for signature."""

from coaching.kernel.http import acts, edits, reads
from coaching.kernel.viewer import Portal

from . import parties

SIDE = "organisation"


@acts(Portal.ORGANISATION)
def proceed(request, ref):
    return parties.proceed(request, ref, SIDE)


@edits(Portal.ORGANISATION, atomic=False)
def sign(request, ref):
    return parties.sign(request, ref, SIDE)


@edits(Portal.ORGANISATION)
def decline(request, ref):
    return parties.decline(request, ref, SIDE)


@reads(Portal.ORGANISATION)
def sealed(request, ref):
    return parties.sealed(request, ref)
