from django.core.management.base import BaseCommand, CommandError

from coaching.accounts.models import User
from coaching.kernel import crypto
from coaching.vault.services.rotation import left_behind, rewrap


class Command(BaseCommand):
    help = (
        "Put another pepper in force: every key pair is moved under it, then the old one is destroyed. The product may "
        "run meanwhile. Stopped at any point, it is run again and goes on."
    )

    def handle(self, **options):
        crypto.begin_pepper()
        users = User.objects.order_by("pk")
        total = users.count()
        for number, user in enumerate(users.iterator(), 1):
            rewrap(user)
            if number % 100 == 0 or number == total:
                self.stdout.write(f"  {number} of {total} accounts")
        if any(left_behind(user) for user in User.objects.iterator()):
            raise CommandError("Somebody changed their key meanwhile: run the command again.")
        crypto.end_pepper()
        self.stdout.write(
            "The new pepper is in force. Copy it apart from the database backups; older copies open nothing new."
        )
