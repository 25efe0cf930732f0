"""Run apart: a process that has loaded the site once, and forks a worker for each line it reads.

Forking makes fifty deaths cheap. Times are shortened from outside: leases of three seconds, pauses of a few hundredths.
`mutant` takes the lease away: the proof must then find letters sent twice.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from datetime import datetime, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connections  # noqa: E402
from django.utils import timezone  # noqa: E402

from maillage.outbox import moments  # noqa: E402
from maillage.outbox.actions import delivery  # noqa: E402
from maillage.outbox.enums import State  # noqa: E402
from maillage.outbox.integrations.smtp import SmtpTransport  # noqa: E402
from maillage.outbox.models import Letter  # noqa: E402


def without_lease(*, owner: str, at: datetime, limit: int = 25) -> list[Letter]:
    """The mutant: look, and take nothing."""
    found = list(Letter.objects.ready(at).select_related("mailbox")[:limit])
    Letter.objects.filter(pk__in=[one.pk for one in found]).update(
        state=State.SENDING, owner=owner, lease_until=at, is_begun=False
    )
    return found


def work(port: int) -> None:
    """Send until killed."""
    transport = SmtpTransport("127.0.0.1", port, security="none", step_seconds=2, answer_seconds=0.4)
    hand = delivery.Postman(lambda: transport, clock=timezone.now)
    while True:
        hand.round()
        time.sleep(0.02)


def main() -> None:
    port, is_mutant = int(sys.argv[1]), "mutant" in sys.argv
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    delivery.LEASE = timedelta(seconds=3)
    delivery.LONGEST_PAUSE_SECONDS = 0.05
    moments.MINUTE = timedelta(milliseconds=20)
    if is_mutant:
        delivery.claim = without_lease
        delivery.begin = lambda letters, *, owner, at: letters
    for _ in sys.stdin:
        connections.close_all()
        pid = os.fork()
        if pid == 0:
            work(port)
        print(pid, flush=True)  # noqa: T201 — read by the proof


main()
