from django.core.management.base import BaseCommand

from coaching.accounts.models import User
from coaching.vault.services.compartments import move_old


class Command(BaseCommand):
    help = (
        "Seal the keys of compartments from before there were key pairs to their members, as far as these have a pair. "
        "May be stopped and run again at any time; a compartment leaves the deployment's key with its last member."
    )

    def handle(self, **options):
        moved = left = 0
        for user_id in User.objects.order_by("pk").values_list("pk", flat=True):
            one, still = move_old(user_id)
            moved, left = moved + one, left + still
            if one or still:
                self.stdout.write(f"  {moved} moved", ending="\r")
        self.stdout.write(f"{moved} compartments moved.")
        if left:
            self.stdout.write(
                "Some members have no key yet: theirs is made at their next sign-in. Run this again then."
            )
