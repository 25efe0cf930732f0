"""The outbox: its proof under fifty deaths, its rate beside a bare SMTP loop, the gathering of 100 000 readers.

The proof runs on SQLite, and on PostgreSQL when DATABASE_URL names a server where a database may be made.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from tests.faults.kill9 import as_figures, proof
from tests.faults.place import Place, installed
from tests.faults.smtp_server import Server

LETTERS, KILLS, SHARE = 10_000, 50, 0.02
RATE_LETTERS, READERS = 3_000, 100_000
RATE = """
import json, time
from django.db import transaction
from django.utils.timezone import now
from maillage.outbox import writing
from maillage.outbox.actions import post
from maillage.outbox.actions.delivery import Postman
from maillage.outbox.integrations.smtp import SmtpTransport
from maillage.outbox.models import Letter
way = SmtpTransport("127.0.0.1", {port}, security="none")
with transaction.atomic():
    for number in range({count}):
        post(kind="outbox.plain", to=f"lecteur{{number}}@exemple.test", at=now(),
             facts={{"title": "Titre", "text": "Lettre " * 60}})
letter = Letter.objects.select_related("mailbox").latest("pk")
message = writing.message(letter, writing.write(letter, at=now()))
channel, began = way.open(), time.perf_counter()
for _ in range({count}):
    channel.hand_over(message, letter)
channel.close()
bare = {count} / (time.perf_counter() - began)
hand, sent, began = Postman(lambda: way), 0, time.perf_counter()
while done := hand.round():
    sent += done
print(json.dumps([bare, sent / (time.perf_counter() - began), sent]))
"""
CROWD = """
from datetime import timedelta
from django.utils.timezone import now
from maillage.outbox.addresses import digest
from maillage.outbox.models import Letter, Mailbox
at = now()
boxes = [Mailbox(address=f"lecteur{{n}}@foule.test", digest=digest(f"lecteur{{n}}@foule.test"), created_at=at)
         for n in range({readers})]
Mailbox.objects.bulk_create(boxes, 2_000)
facts = dict(kind="outbox.plain", state="waiting", rank=2, earliest_at=at, due_at=at, created_at=at,
             too_late_at=at + timedelta(days=5), facts={{"title": "Titre", "text": "Texte"}})
for first in range(0, {readers}, 5_000):
    some = boxes[first:first + 5_000]
    Letter.objects.bulk_create([Letter(mailbox=box, **facts) for box in some for _ in range(2)], 2_000)
"""
GATHER = """
import json, resource, time
from django.utils.timezone import now
from maillage.outbox import actions
before, began, served = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter(), 0
while done := actions.gather(at=now()):
    served += done
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([served, time.perf_counter() - began, (peak - before) / 1024]))
"""


def run() -> dict[str, Any]:
    """{proof: by database, rate: by database, gathering}."""
    figures: dict[str, Any] = {"proof": {}, "rate": {}}
    url = os.environ.get("DATABASE_URL", "")
    for name, database in {"sqlite": "", **({"postgresql": url} if url else {})}.items():
        with tempfile.TemporaryDirectory() as folder, installed(Path(folder) / "place", database) as place:
            figures["proof"][name] = as_figures(proof(place, letters=LETTERS, kills=KILLS, share=SHARE, seed=2026))
            figures["rate"][name] = _rate(place)
            if name == "sqlite":
                figures["gathering"] = _gathering(place)
    return figures


def _rate(place: Place) -> dict[str, Any]:
    """Against a server that answers at once, and one that takes 20 ms for a message, as a near one does."""
    figures = {}
    for name, think, count in (("at_once", 0.0, RATE_LETTERS), ("server_of_20_ms", 0.02, RATE_LETTERS // 3)):
        with Server(think_seconds=think) as server:
            bare, ours, sent = json.loads(place.shell(RATE.format(port=server.port, count=count)))
        assert sent == count
        figures[name] = {
            "bare_smtp_per_second": round(bare),
            "outbox_per_second": round(ours),
            "share_of_bare": round(ours / bare, 2),
        }
    return figures


def _gathering(place: Place) -> dict[str, Any]:
    place.shell(CROWD.format(readers=READERS))
    # In a process of its own, so that the memory is that of gathering alone.
    served, seconds, megabytes = json.loads(place.shell(GATHER))
    assert served == READERS
    return {"readers": served, "seconds": round(seconds, 1), "more_memory_mb": round(megabytes)}
