"""Organisations with an address, and the way from a letter to its link."""

from __future__ import annotations

import re
from datetime import timedelta

import time_machine
from django.test import Client
from django.utils import timezone

from maillage.accounts.strangers import signed_moment
from maillage.directory.models import Organisation
from maillage.outbox.models import CaughtLetter, Letter
from maillage.outbox.tasks import deliver
from tests.directory.test_sheet import published

OWN_ADDRESS = "contact@fil-vert.test"


def a_minute_ago() -> str:
    """The moment that a form carries when somebody took a minute to fill it in."""
    with time_machine.travel(timezone.now() - timedelta(minutes=1)):
        return signed_moment()


def known(name: str = "Le Fil vert", email: str = OWN_ADDRESS) -> Organisation:
    """A published sheet whose address we know, and do not show."""
    return published(name, email=email)


def letter_to(address: str) -> CaughtLetter:
    """Let everything leave (DEMO is on), and take the last letter of this address."""
    now = timezone.now()
    # Tests write at moments of their own: whatever day it is here, a letter is neither early nor too late.
    Letter.objects.filter(left_at=None).update(due_at=now, too_late_at=now + timedelta(days=1))
    deliver()
    return CaughtLetter.objects.filter(address=address).latest("pk")


def follow(client: Client, letter: CaughtLetter, rank: int = 0) -> str:
    """Open the letter's link, press its button, and give back the page that says what was done."""
    links = re.findall(r"/l/[^/\s]+/", letter.text)
    path = list(dict.fromkeys(links))[rank]
    assert client.get(path).status_code == 200
    return client.post(path).content.decode()
