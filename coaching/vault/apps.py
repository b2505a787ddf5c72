from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "coaching.vault"
    label = "vault"

    def ready(self):
        from coaching.accounts.drafts import Sealer, install_sealer
        from coaching.accounts.passwords import Follower, follow

        from . import own_texts, policy  # noqa: F401  declares the fields
        from .services import pairs

        follow(Follower(chosen=pairs.enrol, proved=pairs.open_by_password, changed=pairs.move_under))
        install_sealer(Sealer(seal=own_texts.seal, open=own_texts.open_))

        from coaching.kernel.personal import register_holding

        from .holdings import ALL_HELD

        register_holding(*ALL_HELD)
