"""Every write of a consultation: prepare, open, vote, type paper, count, decide, cancel.

Words: to *open* freezes who votes; to *cast* puts a voice's ballot in the place of the one before; to *tick* says that
a secret voter took a sheet; to *close* counts. Every verb takes the row of the consultation first, so that opening,
voting and closing happen one after the other.
Neighbours: `tally` counts, `content` checks a ballot, `maillage.outbox` carries the letters.
"""

from __future__ import annotations

from maillage.choosing.actions.asking import ask_for_a_ballot
from maillage.choosing.actions.casting import CastRefused, cast, cast_by_address
from maillage.choosing.actions.closing import cancel, close, close_due, decide
from maillage.choosing.actions.drafting import Draft, draft, revise
from maillage.choosing.actions.ground import ConsultationRefused
from maillage.choosing.actions.opening import open_consultation
from maillage.choosing.actions.papers import tick_paper, type_paper

__all__ = [
    "CastRefused",
    "ConsultationRefused",
    "Draft",
    "ask_for_a_ballot",
    "cancel",
    "cast",
    "cast_by_address",
    "close",
    "close_due",
    "decide",
    "draft",
    "open_consultation",
    "revise",
    "tick_paper",
    "type_paper",
]
