from django.core.management.base import BaseCommand, CommandError

from coaching.accounts.access import any_practice
from coaching.vault import keyring

from ...demo import STAGES
from ...demo.cast import PASSWORD, SIGN_INS, is_there, key_of


class Command(BaseCommand):
    help = (
        "Make the demo practice, or finish it. Never touches an installation that has a practice of its own."
    )

    def add_arguments(self, parser):
        parser.add_argument("--sign-ins", action="store_true", help="only print who may sign in, and how")

    def handle(self, *args, sign_ins, **options):
        if not sign_ins:
            self._build()
        elif is_there():
            self._print_sign_ins()

    def _build(self):
        if any_practice() and not is_there():
            raise CommandError(
                "This installation has a practice of its own: the demo needs an empty database."
            )
        with keyring.opened(key_of):
            for label, build in STAGES:
                self.stdout.write(f"Demo: {label}")
                build()

    def _print_sign_ins(self):
        for player in SIGN_INS:
            self.stdout.write(f"  {player.email:<22} {player.shows}")
        self.stdout.write(f"  password: {PASSWORD}")
