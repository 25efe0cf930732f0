"""How the feed tells calls, notes and what remains to do."""

from __future__ import annotations

from maillage.kernel.registry import FeedLine

_ABOUT = ("directory.organisation", "accounts.user")
FEED = (
    *(FeedLine(about, "log_call", "calls", "{who} a noté un appel : {what}") for about in _ABOUT),
    *(FeedLine(about, "log_note", "calls", "{who} a écrit une note : {what}") for about in _ABOUT),
)
