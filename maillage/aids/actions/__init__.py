"""Every write of the room: an aid by hand, a source whole, advice, saved searches and what they tell, links."""

from maillage.aids.actions.advising import advise_aid, push_aid, remove_advice
from maillage.aids.actions.importing import receive_aids
from maillage.aids.actions.indexing import note_over
from maillage.aids.actions.links import check_links
from maillage.aids.actions.refusal import AidRefused
from maillage.aids.actions.watching import (
    confirm_watch,
    forget_unconfirmed,
    keep_watch,
    stop_watch,
    tell_new_aids,
)
from maillage.aids.actions.writing import create_aid, edit_aid, put_back_aid, restore_field, withdraw_aid

__all__ = [
    "AidRefused",
    "advise_aid",
    "check_links",
    "confirm_watch",
    "create_aid",
    "edit_aid",
    "forget_unconfirmed",
    "keep_watch",
    "note_over",
    "push_aid",
    "put_back_aid",
    "receive_aids",
    "remove_advice",
    "restore_field",
    "stop_watch",
    "tell_new_aids",
    "withdraw_aid",
]
