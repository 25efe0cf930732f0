"""What the worker does again and again for the mail: gather, climb ladders, let letters leave."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils import timezone

from maillage.outbox import actions, queries
from maillage.outbox.actions.delivery import Postman
from maillage.outbox.integrations import Transport
from maillage.outbox.integrations.demonstration import DemonstrationTransport
from maillage.outbox.integrations.smtp import SmtpTransport


def way_out() -> Transport | None:
    """How letters leave now, from EMAIL_TRANSPORT; None when they must wait."""
    chosen: dict[str, Any] | None = settings.EMAIL_TRANSPORT
    if chosen is None:
        return DemonstrationTransport() if queries.demonstration_is_on() else None
    if chosen["kind"] == "service":
        # Here and not above: a service is spoken to with `requests`, slow to load and seldom used.
        from maillage.outbox.integrations.service import ServiceTransport

        return ServiceTransport(f"anymail.backends.{chosen['name']}.EmailBackend")
    return SmtpTransport(**{name: value for name, value in chosen.items() if name != "kind"})


@lru_cache(maxsize=1)
def _postman() -> Postman:
    """This process's own, made when first asked: two processes never share its name."""
    return Postman(way_out)


def deliver() -> int:
    """One round of this process's postman; how many letters left."""
    return _postman().round()


def prepare_letters() -> int:
    """Take the steps of ladders that are due, then gather what is; how many climbs and readers."""
    at = timezone.now()
    return actions.take_steps(at=at) + actions.gather(at=at)
