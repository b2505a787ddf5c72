"""What a coach writes of their work: notes for themself alone, and the summary they share with a coachee.

The words lie in the vault; here are references and dates. The two have nothing in common but the session: no key leads
from one to the other.
"""

from django.conf import settings
from django.db import models

from coaching.kernel.events import Told
from coaching.kernel.refs import RefField
from coaching.kernel.scoping import ScopedModel


class SessionNote(ScopedModel):
    """A private note: of a session, or of the mission as a whole. Nobody but its author ever opens it."""

    ref = RefField(prefix="N")
    mission = models.ForeignKey("missions.Mission", models.RESTRICT, related_name="+")
    session = models.ForeignKey(
        "coaching_sessions.CoachingSession", models.RESTRICT, null=True, blank=True, related_name="+"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    sealed_ref = models.CharField(max_length=16, blank=True)  # none until the first word is kept
    number = models.PositiveIntegerField(default=0)  # of the version it stands at
    tab = models.CharField(max_length=24, blank=True)  # the window that wrote that version
    begun_at = models.DateTimeField(
        null=True, blank=True
    )  # when that window began what it replaces as it is typed
    written_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(ScopedModel.Meta):
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "author"],
                condition=models.Q(session__isnull=False),
                name="note_of_a_session_once",
            ),
            models.CheckConstraint(
                name="note_written_has_its_text",
                condition=models.Q(number=0, sealed_ref="", written_at__isnull=True)
                | (models.Q(number__gt=0, written_at__isnull=False) & ~models.Q(sealed_ref="")),
            ),
        ]
        indexes = [models.Index(fields=["author", "-written_at"], name="note_of_author")]

    def told_in(self, viewer) -> Told:
        """Of no mission: what happened in one is shown to others, and that there is a note is its author's alone."""
        return Told(viewer.practice_ref, viewer.user_ref)


class SharedSummary(ScopedModel):
    """What the coach shares of a session with one coachee who took part. In a team each has a copy of their own."""

    ref = RefField(prefix="SY")
    session = models.ForeignKey("coaching_sessions.CoachingSession", models.RESTRICT, related_name="+")
    seat = models.ForeignKey("missions.Seat", models.RESTRICT, related_name="+")
    sealed_ref = models.CharField(max_length=16)
    number = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    shared_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta(ScopedModel.Meta):
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["session", "seat"], name="summary_once")]
