"""A form that is sent twice makes one thing: two clicks, a slow line, a page that is sent again.

The page draws a key beside the form (`{% form_key %}`), and the view lets `once` call its verb:

    claim = once(request, actions.open_claim, organisation=organisation, at=timezone.now(), **said)

The same key with the same content gives back what was made the first time, so the view answers alike; with another
content it raises SentBefore, which the view shows above the form (409). A form without a key is simply done.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable, Iterator
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone

from maillage.kernel.actions.sent_forms import SentBefore, do_once
from maillage.kernel.models import SentForm

__all__ = ["FIELD", "SentBefore", "draw_key", "once", "was_sent"]

P = ParamSpec("P")
Made = TypeVar("Made", bound=Model | None)
FIELD = "form_key"
KEY = re.compile(r"[A-Za-z0-9_-]{22,64}")
# They say nothing of what was typed.
LEFT_OUT = frozenset({FIELD, "csrfmiddlewaretoken"})


def draw_key() -> str:
    """A key that nobody guesses: 128 bits."""
    return secrets.token_urlsafe(16)


def once(request: HttpRequest, verb: Callable[P, Made], *args: P.args, **kwargs: P.kwargs) -> Made:
    """Call a verb that makes one object, or None; give back what it made, now or the first time this form came.

    Raises SentBefore, and what the verb raises.
    """
    key = _key(request)
    if not key:
        return verb(*args, **kwargs)
    return do_once(key=key, body=_body(request), verb=lambda: verb(*args, **kwargs), at=timezone.now())


def was_sent(request: HttpRequest) -> bool:
    """Did this form do its work already? Whatever it holds now, it will make nothing more."""
    key = _key(request)
    return bool(key) and SentForm.objects.filter(pk=key).exists()


def _key(request: HttpRequest) -> str:
    """The digest of the form's key, for this person and this address; "" without a key that we could have drawn."""
    given = request.POST.get(FIELD, "")
    if not KEY.fullmatch(given):
        return ""
    person = getattr(getattr(request, "user", None), "pk", None)
    return _digest([given, request.path, str(person or "")])


def _body(request: HttpRequest) -> str:
    return _digest(_typed(request))


def _typed(request: HttpRequest) -> Iterator[str]:
    for name in sorted(request.POST.keys() - LEFT_OUT):
        yield name
        yield from request.POST.getlist(name)
        yield ""
    for name in sorted(request.FILES):
        for file in request.FILES.getlist(name):
            content = hashlib.blake2b(digest_size=32)
            for chunk in file.chunks():
                content.update(chunk)
            file.seek(0)
            yield from (name, str(file.name), content.hexdigest())


def _digest(words: Any) -> str:
    """Keyed: whoever reads the table cannot try what somebody may have typed."""
    secret = hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=b"sent forms").digest()
    digest = hashlib.blake2b(key=secret, digest_size=32)
    for word in words:
        digest.update(len(word).to_bytes(8, "big") + word.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
