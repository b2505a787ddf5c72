import logging
import signal
import time

from django.core.management.base import BaseCommand
from django.db import OperationalError, close_old_connections

from coaching.jobs.services import run_due
from coaching.outbox.services import send_due

log = logging.getLogger("coaching.worker")


class Command(BaseCommand):
    help = "Send the letters and do the work that are due, until told to stop. Several may run at once."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="do what is due now and end")
        parser.add_argument("--pause", type=float, default=2.0, help="seconds between two looks")

    def handle(self, *, once, pause, **options):
        self.running = True
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, self._stop)
        while self.running:
            did = self._turn()
            if once and not did:
                return
            if not did:
                time.sleep(pause)

    def _turn(self) -> int:
        """Letters first, then one job: letters do not wait behind a row of documents."""
        close_old_connections()
        try:
            return send_due() + run_due(limit=1)
        except OperationalError:  # the database is away for a moment: letters and work wait
            log.exception("the queues could not be read")
            return 0

    def _stop(self, *_signal):
        self.running = False
