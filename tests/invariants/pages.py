"""People in front of pages: they open one, and send its form back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client

from maillage.accounts.models import User
from tests.forms import form_in


def opened(path: str, action: str = "", *, by: User | None = None) -> dict[str, str]:
    """Open a page; what its form would send back as it is."""
    return form_in(browser(by).get(path).content.decode(), action)


def sender(path: str, said: dict[str, Any], *, by: User | None = None) -> Callable[[], Any]:
    """A browser that is ready to send this."""
    client = browser(by)
    return lambda: client.post(path, said)


def browser(by: User | None = None) -> Client:
    client = Client()
    if by is not None:
        client.force_login(by)
    return client
