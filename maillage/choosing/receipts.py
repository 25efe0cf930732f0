"""Receipts: a code that only the voter has, of which the platform keeps a fingerprint.

Words: the *code* is shown once, « K7M2-9QXT-4HRD »; its *digest* is kept with the ballot and keyed with the site's
secret; the *fingerprint*, its first figures, names the ballot in the file that everybody may count again.
"""

from __future__ import annotations

import hashlib
import secrets

from django.conf import settings
from django.core import signing

# Without what is read one for another on paper: 0 O, 1 I L, 5 S, 2 Z, 8 B.
ALPHABET = "34679ACDEFGHJKMNPQRTUVWXY"
GROUPS, GROUP = 4, 4
FINGERPRINT = 12
_SALT = "choosing.receipt"


def draw_code() -> str:
    """Sixteen signs in four groups: some 74 bits, which nobody guesses."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))


def tidy(code: str) -> str:
    """A code as somebody typed it, as it was drawn: capitals, groups; "" when it cannot be one."""
    signs = "".join(sign for sign in code.upper() if sign.isalnum())
    if len(signs) != GROUPS * GROUP or not set(signs) <= set(ALPHABET):
        return ""
    return "-".join(signs[start : start + GROUP] for start in range(0, len(signs), GROUP))


def digest(code: str) -> str:
    """32 hexadecimal figures for a tidy code; without the site's secret nobody can go back or try."""
    key = hashlib.sha256(str(settings.SECRET_KEY).encode()).digest()
    return hashlib.blake2s(code.encode(), key=key, digest_size=16, person=b"receipt").hexdigest()


def sign(code: str) -> str:
    """The code as it goes out, hidden in a ballot, so that it comes back as it was drawn."""
    return signing.Signer(salt=_SALT, sep=".").sign(code)


def signed(value: str) -> str:
    """The code that we drew for this ballot; "" when it is not ours."""
    try:
        return tidy(signing.Signer(salt=_SALT, sep=".").unsign(value))
    except signing.BadSignature:
        return ""
