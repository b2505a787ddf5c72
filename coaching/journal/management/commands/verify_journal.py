from django.core.management.base import BaseCommand, CommandError

from coaching.journal.services import verify


class Command(BaseCommand):
    help = "Walk the journal and say whether every event is there, in order and unchanged."

    def handle(self, **options):
        faults = list(verify())
        for fault in faults:
            self.stderr.write(f"{fault.chain} {fault.number}: {fault.what}")
        if faults:
            raise CommandError(f"The journal has {len(faults)} fault(s).")
        self.stdout.write("The journal is whole.")
