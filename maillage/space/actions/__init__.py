"""The verbs of the room."""

from maillage.space.actions.claims import (
    ClaimRefused,
    ask_by_letter,
    decide_claim,
    grant_by_letter,
    open_claim,
    withdraw_claim,
)
from maillage.space.actions.members import MemberRefused, admit, hand_over, invite, join, leave, remove
from maillage.space.actions.profile import keep_profile

__all__ = [
    "ClaimRefused",
    "MemberRefused",
    "admit",
    "ask_by_letter",
    "decide_claim",
    "grant_by_letter",
    "hand_over",
    "invite",
    "join",
    "keep_profile",
    "leave",
    "open_claim",
    "remove",
    "withdraw_claim",
]
