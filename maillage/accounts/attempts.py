"""How many wrong passwords one may try: exact over all processes, since each try takes a numbered slot.

A slot is taken *before* the password is looked at, with `cache.add`, which only one process can win;
a right password gives the slots of its address back. Two counts: one per account (whatever the
origin), one per origin (whatever the account).
"""

from __future__ import annotations

import hashlib

from django.core.cache import cache

WINDOW_SECONDS = 15 * 60
PER_ACCOUNT = 5
PER_ORIGIN = 30


def take(*, account: str, origin: str) -> bool:
    """Take one try for this account and this origin (IP address); False when either has none left."""
    return _take_slot(_name("account", account), PER_ACCOUNT) and _take_slot(_name("origin", origin), PER_ORIGIN)


def forgive(*, account: str, origin: str) -> None:
    """Forget the tries of an account whose password was right, and one of its origin."""
    name = _name("account", account)
    cache.delete_many([f"{name}:{slot}" for slot in range(PER_ACCOUNT)])
    name = _name("origin", origin)
    taken = cache.get_many([f"{name}:{slot}" for slot in range(PER_ORIGIN)])
    if taken:
        cache.delete(max(taken))


def _take_slot(name: str, limit: int) -> bool:
    slots = [f"{name}:{slot}" for slot in range(limit)]
    taken = cache.get_many(slots)
    return any(cache.add(slot, 1, WINDOW_SECONDS) for slot in slots if slot not in taken)


def _name(kind: str, value: str) -> str:
    # Hashed: the cache keeps no address in clear.
    digest = hashlib.blake2s(value.strip().lower().encode("utf-8", "surrogatepass")).hexdigest()
    return f"signin:{kind}:{digest}"
