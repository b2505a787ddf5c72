"""The coachee's acts on a contract out for signature."""

from coaching.kernel.http import acts, edits, reads
from coaching.kernel.viewer import Portal

from . import parties

SIDE = "coachee"


@acts(Portal.COACHEE)
def proceed(request, ref):
    return parties.proceed(request, ref, SIDE)


@edits(Portal.COACHEE, atomic=False)
def sign(request, ref):
    return parties.sign(request, ref, SIDE)


@edits(Portal.COACHEE)
def decline(request, ref):
    return parties.decline(request, ref, SIDE)


@reads(Portal.COACHEE)
def sealed(request, ref):
    return parties.sealed(request, ref)
