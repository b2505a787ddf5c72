from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "coaching.vault"
    label = "vault"

    def ready(self):
        from coaching.accounts.passwords import Follower, follow

        from . import policy  # noqa: F401  declares the fields
        from .services import pairs

        follow(Follower(chosen=pairs.enrol, proved=pairs.open_by_password, changed=pairs.move_under))
