"""Every write of the room.

Words: to *say* a need, to *join* one that somebody else said; a theme takes a *turn* each time something happens to it.
Neighbours: the rooms of choice and of calls call `put_to_vote`, `settle`, `offer_in_call`, `open_theme`.
"""

from maillage.needs.actions.gathering import group_needs, propose_theme, ungroup
from maillage.needs.actions.reading import publish_need, set_aside
from maillage.needs.actions.refusal import NeedRefused
from maillage.needs.actions.saying import confirm_need, forget_unconfirmed, join_need, say_need, stop_following
from maillage.needs.actions.turns import (
    announce_project,
    announce_workshop,
    cancel_workshop,
    close_theme,
    offer_in_call,
    open_theme,
    put_to_vote,
    settle,
    take_back,
)

__all__ = [
    "NeedRefused",
    "announce_project",
    "announce_workshop",
    "cancel_workshop",
    "close_theme",
    "confirm_need",
    "forget_unconfirmed",
    "group_needs",
    "join_need",
    "offer_in_call",
    "open_theme",
    "propose_theme",
    "publish_need",
    "put_to_vote",
    "say_need",
    "set_aside",
    "settle",
    "stop_following",
    "take_back",
    "ungroup",
]
