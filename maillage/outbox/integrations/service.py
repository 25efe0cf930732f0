"""A mail service spoken to over the web, through anymail: one Django mail backend for many services."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from anymail.exceptions import AnymailAPIError, AnymailError, AnymailRecipientsRefused
from django.core.mail import EmailMultiAlternatives, get_connection

from maillage.outbox.enums import Trouble
from maillage.outbox.integrations import NotSent, Outcome, Perhaps, Sent
from maillage.outbox.models import Letter


@dataclass(frozen=True)
class ServiceTransport:
    """backend: dotted path of a Django mail backend that sends one message in one call."""

    backend: str

    def open(self) -> ServiceChannel:
        """A call over the web opens nothing beforehand."""
        return ServiceChannel(get_connection(self.backend))


class ServiceChannel:
    """Hands messages over by calls over the web."""

    is_apart = True

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self.is_open = True

    def hand_over(self, message: EmailMultiAlternatives, letter: Letter) -> Outcome:
        """One call; an answer of the service tells, and without one nobody knows."""
        # Comes back in the service's events, so that one can say what became of this very letter.
        message.metadata = {"letter": str(letter.pk)}  # type: ignore[attr-defined]
        try:
            self.connection.send_messages([message])
        except AnymailRecipientsRefused:
            return NotSent(Trouble.NO_SUCH_ADDRESS, is_final=True)
        except AnymailAPIError as error:
            return _said(getattr(error, "status_code", None))
        except AnymailError:  # refused on our side, before any call
            return NotSent(Trouble.REFUSED, is_final=True)
        except Exception:  # noqa: BLE001 — whatever broke in between, the service may have it
            return Perhaps()
        status = getattr(message, "anymail_status", None)
        return Sent(str(getattr(status, "message_id", "") or "")[:200])

    def close(self) -> None:
        self.connection.close()


def _said(status_code: int | None) -> Outcome:
    if status_code is None:
        return Perhaps()
    if status_code == 429:
        return NotSent(Trouble.BUSY)
    # 5xx may come from a proxy after the service took the call.
    return NotSent(Trouble.REFUSED, is_final=True) if 400 <= status_code < 500 else Perhaps()
