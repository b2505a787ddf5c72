from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "coaching.kernel"
    label = "kernel"
