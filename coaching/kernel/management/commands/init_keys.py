from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from coaching.kernel.crypto import key_file, make_key


class Command(BaseCommand):
    help = "Make the deployment's key, once, on an installation that holds no data yet."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--quiet", action="store_true", help="say nothing when the key is there")

    def handle(self, *, quiet, **options):
        path = key_file()
        if path.exists():
            if not quiet:
                self.stdout.write("The deployment key is there.")
            return
        if "accounts_user" in connection.introspection.table_names() and self._holds_data():
            raise CommandError(
                "The database holds data but the deployment key is missing. Restore the key from your backup: "
                "a new one would make every confidential text unreadable."
            )
        make_key(path)
        self.stdout.write("The deployment key is made. Keep a copy apart from the database backups.")

    def _holds_data(self) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM accounts_user LIMIT 1")
            return cursor.fetchone() is not None
