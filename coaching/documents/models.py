"""Documents: bytes kept under their own hash, written once."""

from django.db import models

from coaching.kernel.refs import RefField
from coaching.kernel.scoping import ScopedModel


class Document(ScopedModel):
    """What was frozen and rendered. Who may read it is said by the room it was made for."""

    ref = RefField(prefix="D")
    practice_ref = models.CharField(max_length=16)
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=5)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    pages = models.PositiveIntegerField()
    snapshot = models.TextField()
    snapshot_sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(ScopedModel.Meta):
        indexes = [models.Index(fields=["sha256"], name="document_by_hash")]
