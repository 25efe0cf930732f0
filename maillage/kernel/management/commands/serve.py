"""Serve the site: granian's web processes, and a worker beside them."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from granian import Granian
from granian.constants import Interfaces

THREADS = 4


class Command(BaseCommand):
    help = "Sert le site (processus web et travail de fond ensemble)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument("--workers", type=int, default=int(os.environ.get("WEB_WORKERS", "2")))
        parser.add_argument("--no-worker", action="store_true", help="sans le travail de fond (il tourne ailleurs)")

    def handle(self, *args: Any, **options: Any) -> None:
        if not 1 <= options["port"] <= 65535:
            raise CommandError("--port : un nombre de 1 à 65535.")
        worker = None if options["no_worker"] else subprocess.Popen([sys.executable, "-m", "config.cli", "work"])
        self.stdout.write(f"Maillage est servi sur http://{options['host']}:{options['port']} (Ctrl+C pour arrêter).")
        try:
            Granian(
                "config.wsgi:application",
                address=options["host"],
                port=options["port"],
                interface=Interfaces.WSGI,
                workers=options["workers"],
                blocking_threads=THREADS,
                backpressure=THREADS * 16,
                respawn_failed_workers=True,
                log_level="warning",  # type: ignore[arg-type]
                websockets=False,
            ).serve()
        finally:
            if worker is not None:
                worker.terminate()
                worker.wait(timeout=20)
