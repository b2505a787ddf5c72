"""Letters about accounts."""

from django.urls import reverse

from coaching.outbox.services import queue

from .models import Invitation, User


def invitation(invitation: Invitation, token: str, inviter: User, context: dict) -> None:
    """To the invited person: who invites, to what, and the single-use link."""
    queue(
        kind=f"accounts/invitation_{invitation.purpose}",
        to=invitation.email,
        language=invitation.language,
        practice_ref=invitation.practice.ref,
        context={
            **context,
            "name": invitation.name,
            "inviter": inviter.name,
            "practice": invitation.practice.name,
            "path": reverse("invitation_link", args=[token]),
            "expires_at": invitation.expires_at,
        },
    )
