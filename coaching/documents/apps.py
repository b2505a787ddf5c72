from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "coaching.documents"
    label = "documents"

    def ready(self):
        from coaching.journal.triggers import guard

        from . import policy  # noqa: F401  declares the fields

        guard("documents_document")
