from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "contracts"
    label = "contracts"

    def ready(self):
        from . import gates, policy  # noqa: F401  registers the gates, declares the fields
