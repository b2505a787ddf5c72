"""Versions of the charter a practice has published, their articles, and who has acknowledged them."""

from django.conf import settings
from django.db import models

from coaching.kernel.refs import RefField
from coaching.kernel.scoping import ScopedModel


class CharterVersion(ScopedModel):
    """One published text. Never changed: a new text is a new version; contracts keep the one they annex."""

    ref = RefField(prefix="CH")
    practice = models.ForeignKey("accounts.Practice", models.RESTRICT, related_name="+")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    # When it was confirmed which evidence each article rests on; until then what was proposed counts.
    mapped_at = models.DateTimeField(null=True, blank=True)
    mapped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, blank=True, related_name="+"
    )

    class Meta(ScopedModel.Meta):
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["practice", "number"], name="charter_number_once")]

    @property
    def label(self) -> str:
        return f"{self.number} ({self.published_at:%Y-%m-%d})"


class Article(ScopedModel):
    """One article of one version. ``slug`` is the evidence it rests on, or a name of its own where it has none."""

    version = models.ForeignKey(CharterVersion, models.RESTRICT, related_name="+")
    number = models.PositiveSmallIntegerField()
    slug = models.SlugField(max_length=40)
    title = models.CharField(max_length=200)
    duty = models.CharField(max_length=200)
    body = models.TextField()

    class Meta(ScopedModel.Meta):
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["version", "number"], name="article_number_once")]


class Acknowledgement(ScopedModel):
    """A person has read a version of the charter and says so. Once; with its date."""

    version = models.ForeignKey(CharterVersion, models.RESTRICT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta(ScopedModel.Meta):
        constraints = [models.UniqueConstraint(fields=["version", "user"], name="acknowledged_once")]
