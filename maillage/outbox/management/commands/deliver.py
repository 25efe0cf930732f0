"""Let letters leave, without the rest of the worker: for sites that send many, several may run."""

from __future__ import annotations

import logging
import signal
import time
from types import FrameType
from typing import Any

from django.core.management.base import CommandParser
from django.db import close_old_connections
from django.db.utils import DatabaseError

from maillage.kernel.console import Verb
from maillage.outbox import tasks

logger = logging.getLogger("maillage.outbox")
PAUSE_SECONDS = 0.5


class Command(Verb):
    help = "Fait partir les lettres prêtes, et rien d’autre."
    writes = False
    running = True

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--once", action="store_true", help="envoie ce qui est prêt, puis s’arrête")

    def handle(self, *args: Any, **options: Any) -> None:
        signal.signal(signal.SIGTERM, self._stop)
        sent = 0
        while self.running:
            close_old_connections()
            done = 0
            try:
                done = tasks.deliver()
            except DatabaseError:
                logger.exception("deliver: database away")
                time.sleep(2)
            sent += done
            if options["once"] and not done:
                break
            time.sleep(0 if done else PAUSE_SECONDS)
        self.answer({"sent": sent}, as_json=options["json"], sentences=[f"Lettres parties : {sent}"])

    def _stop(self, signum: int, frame: FrameType | None) -> None:
        self.running = False
