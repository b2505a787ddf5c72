import logging
import signal
import time

from django.core.management.base import BaseCommand
from django.db import OperationalError, close_old_connections

from coaching.kernel.chores import do_chores
from coaching.outbox.services import send_due

log = logging.getLogger("coaching.worker")
HOUR = 3600


class Command(BaseCommand):
    help = "Send what is due, until told to stop. Several may run at once."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="do what is due now and end")
        parser.add_argument("--pause", type=float, default=2.0, help="seconds between two looks")

    def handle(self, *, once, pause, **options):
        self.running, self.chores_at = True, 0.0
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, self._stop)
        while self.running:
            self._turn()
            if once:
                return
            time.sleep(pause)

    def _turn(self):
        close_old_connections()
        try:
            send_due()
            if time.monotonic() >= self.chores_at:
                self.chores_at = time.monotonic() + HOUR
                do_chores()
        except OperationalError:  # the database is away for a moment: letters wait
            log.exception("the outbox could not be read")

    def _stop(self, *_signal):
        self.running = False
