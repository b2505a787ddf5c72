"""The e-mail backend of libraries that send by themselves (sign-in codes, resets): into the outbox."""

from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import get_language

from .layout import Message
from .services import keep


class OutboxBackend(BaseEmailBackend):
    """Every message becomes a letter per addressee, in the caller's transaction."""

    def send_messages(self, messages):
        for message in messages:
            html = next(
                (body for body, kind in getattr(message, "alternatives", []) if kind == "text/html"), ""
            )
            for address in message.to:
                said = Message(message.subject, message.body, html)
                keep(said, kind="account", to=address, language=get_language() or "fr")
        return len(messages)
