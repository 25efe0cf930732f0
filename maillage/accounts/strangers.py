"""Forms that anybody may send: how a machine gives itself away, without a cookie nor a puzzle."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.core import signing

SOONEST = timedelta(seconds=2)
LATEST = timedelta(days=2)
_SALT = "accounts.stranger"
TOO_SOON = (
    "Votre envoi est arrivé trop vite, ou la page était ouverte depuis trop longtemps. Rien n’est perdu\u00a0: "
    "relisez, puis envoyez de nouveau."
)


def signed_moment() -> str:
    """Now, signed: goes out with a form and comes back with it."""
    return signing.TimestampSigner(salt=_SALT).sign("vu")


class StrangerForm(forms.Form):
    """Two traps: `fax`, a field that nobody sees, and `seen`, the signed moment when the form was shown.

    Whoever fills in the first is thanked and not heard (`is_from_a_machine`). Whoever answers within SOONEST, or with
    no moment of ours, is asked to send once more (`is_too_soon`): a hurried person does, a machine does not come back.
    """

    fax = forms.CharField(required=False, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        if data is not None and not _is_ours(data.get("seen", "")):
            # The page that says so goes out with a fresh moment, so that sending it again is enough.
            data = data.copy()
            data["seen"], self._had_moment = signed_moment(), False
        else:
            self._had_moment = True
        super().__init__(data, **kwargs)
        self.fields["seen"].initial = signed_moment

    def is_from_a_machine(self) -> bool:
        return bool(self.data.get("fax"))

    def is_too_soon(self) -> bool:
        """Did it come back too quickly, or without the moment it was shown?"""
        return not self._had_moment or _is_ours(self.data.get("seen", ""), within=SOONEST)


def _is_ours(moment: str, within: timedelta = LATEST) -> bool:
    try:
        signing.TimestampSigner(salt=_SALT).unsign(moment, max_age=within)
    except signing.BadSignature:
        return False
    return True
