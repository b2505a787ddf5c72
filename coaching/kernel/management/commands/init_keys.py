from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from coaching.kernel.crypto import key_file, make_key, next_pepper_file, pepper_file

REFUSALS = {
    "deployment key": "The database holds data but the deployment key is missing. Restore the key from your backup: "
    "a new one would make every confidential text unreadable.",
    "pepper": "The database holds key pairs but the pepper is missing. Restore it from your backup of the keys: with a "
    "new one no password and no recovery code would open anything any more.",
}


class Command(BaseCommand):
    help = "Make the deployment's key and the pepper, once, on an installation that holds nothing under them yet."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--quiet", action="store_true", help="say nothing when the keys are there")

    def handle(self, *, quiet, **options):
        self._make("deployment key", key_file(), key_file().exists(), "accounts_user", quiet)
        there = pepper_file().exists() or next_pepper_file().exists()
        self._make("pepper", pepper_file(), there, "vault_publickey", quiet)

    def _make(self, name, path, there, table, quiet) -> None:
        if there:
            if not quiet:
                self.stdout.write(f"The {name} is there.")
            return
        if self._holds(table):
            raise CommandError(REFUSALS[name])
        make_key(path)
        self.stdout.write(f"The {name} is made. Keep a copy apart from the database backups.")

    def _holds(self, table) -> bool:
        """Whether anything in the database needs the key. Key pairs are asked for by their public halves, which
        row-level security hides from nobody."""
        if table not in connection.introspection.table_names():
            return False
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608  a name of this file
            return cursor.fetchone() is not None
