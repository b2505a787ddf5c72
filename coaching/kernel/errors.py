"""What can go wrong that a person should be told, in words made for them."""


class DomainError(Exception):
    """Base of the refusals of the product. ``message`` is shown as it stands."""

    status = 422

    def __init__(self, message, *, field: str | None = None):
        super().__init__(str(message))
        self.message = message
        self.field = field


class NotAllowedNow(DomainError):
    """The thing is visible to the person, the act is not open to them or not at this moment."""

    status = 403


class Stale(DomainError):
    """Somebody else changed the thing between the page and the act."""

    status = 409


class Invalid(DomainError):
    """What was typed cannot be accepted; ``field`` says where."""


class GateClosed(DomainError):
    """A transition was asked for while gates of the charter are not held."""

    def __init__(self, message, closed):
        super().__init__(message)
        self.closed = closed
