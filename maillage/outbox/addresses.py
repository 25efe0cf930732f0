"""An address as we keep it, and the word that stands for it where nobody should read it."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from maillage.outbox import phrases

LONGEST = 254


class AddressRefused(ValueError):
    """No letter can be written to this address; `phrase` says so in French."""

    phrase = phrases.ADDRESS_REFUSED


def normalise(address: str) -> str:
    """Lower case, no space around, an international domain in its ASCII form. Raises AddressRefused.

    Quoted local parts are refused: no person has one, and they are how a second recipient slips in.
    """
    bare = address.strip().lower()
    local, _, domain = bare.rpartition("@")
    try:
        if '"' in bare or not local.isascii() or len(bare) > LONGEST:
            raise AddressRefused(phrases.ADDRESS_REFUSED)
        ready = f"{local}@{domain.encode('idna').decode('ascii')}"
        validate_email(ready)
    except (ValidationError, UnicodeError) as error:
        raise AddressRefused(phrases.ADDRESS_REFUSED) from error
    if len(ready) > LONGEST:
        raise AddressRefused(phrases.ADDRESS_REFUSED)
    return ready


def digest(address: str) -> str:
    """16 hexadecimal figures for a normalised address; without the site's secret nobody can go back."""
    key = hashlib.sha256(str(settings.SECRET_KEY).encode()).digest()
    return hashlib.blake2s(address.encode(), key=key, digest_size=8).hexdigest()
