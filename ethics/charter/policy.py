"""The charter is public; who has acknowledged it is known to the practice and to themselves."""

from django.db.models import Q

from coaching.kernel.registry import Confidence, Reader, declare, plumbing
from coaching.kernel.viewer import Portal

OF_PRACTICE = {portal: (lambda v: Q(practice_id=v.practice_id)) for portal in Portal}
ACKNOWLEDGEMENTS_OF_PRACTICE = {
    Portal.PRACTICE: lambda v: Q(version__practice_id=v.practice_id),
}

plumbing(
    "charter.CharterVersion", "id ref practice number sha256 published_at published_by mapped_at mapped_by"
)
declare("charter.CharterVersion", "title text", Confidence.PUBLIC, Reader.ANYONE)
plumbing("charter.Article", "id version number slug")
declare("charter.Article", "title duty body", Confidence.PUBLIC, Reader.ANYONE)
plumbing("charter.Acknowledgement", "id version user at")
