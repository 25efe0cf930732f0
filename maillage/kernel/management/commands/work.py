"""The worker: background tasks and the chores of every room. Several may run."""

from __future__ import annotations

import logging
import signal
import time
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.db.utils import DatabaseError
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from maillage.kernel import registry

logger = logging.getLogger("maillage.work")
PAUSE_SECONDS = 0.5


class Command(BaseCommand):
    help = "Fait le travail de fond : tâches, index de recherche, nettoyage."
    running = True

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="fait ce qui attend, puis s’arrête")

    def handle(self, *args: Any, **options: Any) -> None:
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        due = dict.fromkeys((chore.name for chore in registry.chores()), 0.0)
        while self.running:
            close_old_connections()
            try:
                for chore in registry.chores():
                    if due[chore.name] <= time.monotonic():
                        chore.run()
                        due[chore.name] = time.monotonic() + chore.every_seconds
                self._tasks()
            except DatabaseError:
                # The database may be away for a moment: the work waits for it, nothing is lost.
                logger.exception("work: database away")
                time.sleep(2)
            if options["once"]:
                return
            time.sleep(PAUSE_SECONDS)

    def _tasks(self) -> None:
        Worker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(16),
            excluded_queue_names=[],
        ).run()

    def _stop(self, signum: int, frame: FrameType | None) -> None:
        self.running = False
