"""What is known of a resource beside its text: it was verified, it was used, its link and its file answer.

Neighbours: `kernel.links` asks the network; `maillage check_links` and the worker call `check_links`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from hashlib import blake2b

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from maillage.accounts.models import User
from maillage.content import phrases
from maillage.content.actions.refusal import ContentRefused
from maillage.content.models import Resource, Upkeep
from maillage.kernel.actions import journal
from maillage.kernel.links import OUR_NETWORK, Link, probe
from maillage.outbox import actions as outbox

Probe = Callable[[Iterable[str]], Mapping[str, Link]]
_ASKED = "content.link:"


def verify(*, resource: Resource, by: User | None, at: datetime, on: date | None = None) -> Upkeep:
    """Somebody read it again and it is right, today or on a day that is over. Raises ContentRefused: a day to come."""
    today = timezone.localdate(at)
    day = on or today
    if day > today:
        raise ContentRefused(phrases.NOT_YET, "on")
    with transaction.atomic():
        row, _ = Upkeep.objects.select_for_update(of=("self",)).get_or_create(resource=resource)
        before, row.verified_on, row.verified_by = row.verified_on, day, by
        row.save(update_fields=["verified_on", "verified_by"])
        changes = {"verified_on": [before.isoformat() if before else None, day.isoformat()]}
        journal(verb="verify_resource", target=resource, changes=changes, by=by, at=at)
    return row


def count_use(*, resource: Resource) -> bool:
    """Somebody opened it; nothing is kept of who. False when the database was busy: the reader never waits for that.

    Not in the journal: a number that rises is no act of anybody's.
    """
    try:
        with transaction.atomic():
            return bool(Upkeep.objects.filter(resource=resource).update(uses=F("uses") + 1))
    except DatabaseError:
        return False


def check_links(*, at: datetime, ask: Probe = probe) -> tuple[int, int]:
    """(how many links and files were looked for, how many resources have one that is dead).

    The network is asked outside of transactions. When no address answers at all, our own network is cut more likely
    than theirs: links then stay as they were known, files are still looked for.
    """
    rows = list(Resource.objects.published().filter(is_example=False).with_upkeep().order_by("pk"))
    found = ask([row.link for row in rows if row.link])
    is_cut = bool(found) and all(one.trouble in OUR_NETWORK for one in found.values())
    dead = sum(_note(row, None if is_cut else found.get(row.link), at) for row in rows)
    files = sum(row.document_id is not None for row in rows)
    return (0 if is_cut else len(found)) + files, dead


def _note(resource: Resource, link: Link | None, at: datetime) -> bool:
    known = getattr(resource, "upkeep", None)
    parts = [_link_trouble(link, resource, known.trouble if known else "")]
    if resource.document and not resource.document.file.storage.exists(resource.document.file.name):
        parts.append(phrases.FILE_TROUBLE)
    troubles = [one for one in parts if one]
    with transaction.atomic():
        Upkeep.objects.update_or_create(resource=resource, defaults={"trouble": ", ".join(troubles), "checked_at": at})
        for one in troubles:
            words = phrases.MISSING_FILE if one == phrases.FILE_TROUBLE else phrases.DEAD_LINK
            what = blake2b(f"{one}{resource.link}".encode(), digest_size=8).hexdigest()
            # Dead again after somebody looked: asked again next month, not next week.
            outbox.open_to_do(title=words.format(title=resource.title[:110]), about=resource, at=at,
                              once_key=f"{_ASKED}{resource.pk}:{what}:{at:%Y-%m}")  # fmt: skip
        if not troubles:
            outbox.close_to_dos(about=resource, asked=[f"{_ASKED}{resource.pk}:"], note=phrases.ANSWERS_AGAIN, at=at)
    return bool(troubles)


def _link_trouble(link: Link | None, resource: Resource, known: str) -> str:
    """Of its link now; silent today says nothing, so what was known stays until it answers."""
    if not resource.link:
        return ""
    if link is None or (link.trouble and not link.is_dead):
        return next((one for one in known.split(", ") if one != phrases.FILE_TROUBLE), "")
    return link.trouble
