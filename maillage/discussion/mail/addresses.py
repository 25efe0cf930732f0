"""The address that a letter is answered to: it says which thread and who answers, and nobody can make one up.

« fil+12-7-20780-….@reponses.exemple.fr »: thread, account, last day (days since 1970), proof of 80 bits. Lower case
only, since mail servers fold it. The domain and the first word come from REPLY_ADDRESS; without it, there is none.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings

_EPOCH = date(1970, 1, 1)
_TOKEN = re.compile(r"(\d{1,18})-(\d{1,18})-(\d{1,6})-([a-z2-7]{16})")


@dataclass(frozen=True)
class ReplyAddress:
    """What one of our addresses says. trouble: "" when it is good, else "forged" or "expired"."""

    trouble: str = ""
    thread_id: int = 0
    user_id: int = 0


def reply_address(*, thread_id: int, user_id: int, until: date) -> str:
    """The address for this thread and this account, good until that day included; "" when mail is not received."""
    local, _, domain = settings.REPLY_ADDRESS.rpartition("@")
    if not local:
        return ""
    said = f"{thread_id}-{user_id}-{(until - _EPOCH).days}"
    return f"{local}+{said}-{_proof(said)}@{domain}"


def read_address(recipients: Iterable[str], *, on: date) -> ReplyAddress | None:
    """The first of our addresses among those that an e-mail was sent to; None when there is none.

    A good one wins over a spoilt one: mail programs sometimes write an address twice, once cut.
    """
    found = [one for one in (_read(address.strip().lower(), on) for address in recipients) if one is not None]
    return next((one for one in found if not one.trouble), found[0] if found else None)


def _read(address: str, on: date) -> ReplyAddress | None:
    local, _, domain = settings.REPLY_ADDRESS.lower().rpartition("@")
    begin, end = f"{local}+", f"@{domain}"
    if not local or not address.endswith(end) or not (address.startswith(begin) or address == f"{local}{end}"):
        return None
    parts = _TOKEN.fullmatch(address[len(begin) : -len(end)])
    if parts is None:
        return ReplyAddress("forged")
    thread, user, day, proof = parts.groups()
    if not hmac.compare_digest(proof, _proof(f"{thread}-{user}-{day}")):
        return ReplyAddress("forged")
    trouble = "expired" if _EPOCH + timedelta(days=int(day)) < on else ""
    return ReplyAddress(trouble, int(thread), int(user))


def _proof(said: str) -> str:
    key = hashlib.sha256(f"{settings.SECRET_KEY}:reply".encode()).digest()
    digest = hashlib.blake2b(said.encode(), key=key, digest_size=10, person=b"reply").digest()
    return base64.b32encode(digest).decode().lower()
