from django.apps import AppConfig


class ClientsConfig(AppConfig):
    name = "coaching.clients"
    label = "clients"

    def ready(self):
        from coaching.accounts.enums import InvitationPurpose
        from coaching.accounts.services import register_acceptor

        from . import policy  # noqa: F401  declares the fields
        from .services import take_seat

        register_acceptor(InvitationPurpose.PERSON, take_seat)

        from coaching.kernel.personal import register_holding

        from .holdings import ALL_HELD

        register_holding(*ALL_HELD)
