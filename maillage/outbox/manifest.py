"""What the outbox offers to the house: its chores, its own letters, the click that refuses."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from maillage.kernel.registry import Breach, Chore, Manifest
from maillage.outbox import tasks
from maillage.outbox.enums import State
from maillage.outbox.holdings import HARMLESS, PERSONAL
from maillage.outbox.models import Letter
from maillage.outbox.notices import CONDEMNED_KIND, DELEGATION_KIND, PLAIN_KIND
from maillage.outbox.phrases import FEED
from maillage.outbox.refusing import REFUSE
from maillage.outbox.sign_in import KINDS


def _leases_end() -> Iterable[Breach]:
    """No letter stays on its way: a worker would have ended its lease."""
    long_ago = timezone.now() - timedelta(hours=1)
    for letter in Letter.objects.filter(state=State.SENDING, lease_until__lt=long_ago)[:20]:
        yield Breach("outbox.lease", str(letter), "bail fini depuis une heure : le travail de fond tourne-t-il ?")


def _carried_follow() -> Iterable[Breach]:
    """What a gathered letter carried left with it."""
    left = Letter.objects.filter(gathered_in__state=State.SENT).exclude(state__in=[State.SENT, State.CANCELLED])
    for letter in left[:20]:
        yield Breach("outbox.carried", str(letter), "la lettre groupée est partie, pas celle-ci.")


MANIFEST = Manifest(
    room="outbox",
    checks=(_leases_end, _carried_follow),
    chores=(
        Chore("préparer les lettres", 20, tasks.prepare_letters),
        Chore("faire partir les lettres", 0.5, tasks.deliver, is_apart=True),
    ),
    letters=(PLAIN_KIND, DELEGATION_KIND, CONDEMNED_KIND, *KINDS),
    purposes=(REFUSE,),
    feed=FEED,
    personal=PERSONAL,
    harmless=HARMLESS,
)
