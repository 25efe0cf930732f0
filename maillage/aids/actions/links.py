"""Look whether the addresses of open aids still answer; what is dead is asked of an agent, once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from hashlib import blake2b

from django.db import transaction
from django.utils import timezone

from maillage.aids.models import Aid
from maillage.kernel.links import OUR_NETWORK, Link, probe
from maillage.outbox import actions as outbox

Probe = Callable[[Iterable[str]], Mapping[str, Link]]
_ASKED = "aids.link:"


def check_links(*, at: datetime, ask: Probe = probe) -> tuple[int, int]:
    """(how many addresses were asked, how many aids have a dead one).

    The network is asked outside of transactions. When no address answers at all, our own network is cut more likely
    than theirs: nothing is noted, and (0, 0) is given back.
    """
    aids = list(Aid.objects.open(timezone.localdate(at)).filter(is_example=False).light().order_by("pk"))
    found = ask(url for aid in aids for url in _urls(aid))
    if not any(one.trouble not in OUR_NETWORK for one in found.values()):
        return 0, 0
    dead = sum(_note(aid, found, at) for aid in aids)
    return len(found), dead


def _urls(aid: Aid) -> list[str]:
    return list(dict.fromkeys(url for url in (aid.application_url, aid.origin_url) if url))


def _note(aid: Aid, found: Mapping[str, Link], at: datetime) -> bool:
    links = [found[url] for url in _urls(aid)]
    dead = [one for one in links if one.is_dead]
    # Silent today says nothing: what was known stays, until it answers.
    trouble = ", ".join(sorted({one.trouble for one in dead})) or (
        aid.link_trouble if any(one.trouble for one in links) else ""
    )
    with transaction.atomic():
        Aid.objects.filter(pk=aid.pk).update(link_trouble=trouble, link_checked_at=at)
        for one in dead:
            # The same address dead again after somebody looked is asked again next month, not next week.
            key = f"{_ASKED}{aid.pk}:{blake2b(one.url.encode(), digest_size=8).hexdigest()}:{at:%Y-%m}"
            outbox.open_to_do(
                title=f"Un lien de l’aide « {aid.name[:110]} » ne répond plus", once_key=key, about=aid, at=at
            )
        if not trouble:
            outbox.close_to_dos(about=aid, asked=[f"{_ASKED}{aid.pk}:"], note="Les liens répondent de nouveau.", at=at)
    return bool(dead)
