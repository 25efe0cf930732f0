"""The worker: background tasks and the chores of every room. Several may run."""

from __future__ import annotations

import logging
import signal
import threading
import time
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections, connections
from django.db.utils import DatabaseError
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from maillage.kernel import registry

logger = logging.getLogger("maillage.work")
PAUSE_SECONDS = 0.5
PAUSE_AFTER_FAULT_SECONDS = 10.0
# A letter on its way is let finish.
LONGEST_GOODBYE_SECONDS = 10


class Command(BaseCommand):
    help = "Fait le travail de fond : tâches, index de recherche, lettres, nettoyage."
    running = True

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="fait ce qui attend, puis s’arrête")

    def handle(self, *args: Any, **options: Any) -> None:
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        apart = [] if options["once"] else [chore for chore in registry.chores() if chore.is_apart]
        threads = [threading.Thread(target=self._keep_doing, args=[chore], daemon=True) for chore in apart]
        for thread in threads:
            thread.start()
        self._work([chore for chore in registry.chores() if chore not in apart], once=options["once"])
        for thread in threads:
            thread.join(timeout=LONGEST_GOODBYE_SECONDS)

    def _keep_doing(self, chore: registry.Chore) -> None:
        """Do one chore in a thread of its own: what is pressing does not wait for a long task."""
        while self.running:
            close_old_connections()
            try:
                done = chore.run()
            except DatabaseError:
                logger.exception("work: database away")
                time.sleep(2)
            except Exception:
                logger.exception("work: %s failed, and is tried again", chore.name)
                time.sleep(PAUSE_AFTER_FAULT_SECONDS)
            else:
                time.sleep(0 if done else chore.every_seconds)
        connections.close_all()

    def _work(self, chores: list[registry.Chore], *, once: bool) -> None:
        due = dict.fromkeys((chore.name for chore in chores), 0.0)
        while self.running:
            close_old_connections()
            try:
                for chore in chores:
                    if due[chore.name] <= time.monotonic():
                        chore.run()
                        due[chore.name] = time.monotonic() + chore.every_seconds
                self._tasks()
            except DatabaseError:
                # The database may be away for a moment: the work waits for it, nothing is lost.
                logger.exception("work: database away")
                time.sleep(2)
            if once:
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
