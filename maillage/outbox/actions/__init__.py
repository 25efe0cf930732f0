"""Every write of the outbox. A letter posted in a transaction leaves after its commit, since it is a row of it.

Words: to *post* is to ask that something be said; to *gather* is to put what waits for one reader in one letter;
to *settle* is what a person does with a letter that left perhaps.
Neighbours: rooms above call `post`, `open_climb` and `move`; the worker calls `gathering`, `climbing`, `delivery`.
"""

from maillage.outbox.actions.climbing import move, open_climb, take_steps, to_do_keys
from maillage.outbox.actions.deciding import LetterMoved, cancel, hold, release, send_now, settle
from maillage.outbox.actions.following import LinkRefused, spend
from maillage.outbox.actions.gathering import gather
from maillage.outbox.actions.mailboxes import (
    block,
    forget_mailbox,
    mailbox_for,
    resume,
    set_preferences,
    stop,
)
from maillage.outbox.actions.posting import UnknownKind, post
from maillage.outbox.actions.to_dos import close_to_dos, do, open_to_do, plan_to_do, undo_done
from maillage.outbox.addresses import AddressRefused

__all__ = [
    "AddressRefused",
    "LetterMoved",
    "LinkRefused",
    "UnknownKind",
    "block",
    "cancel",
    "close_to_dos",
    "do",
    "forget_mailbox",
    "gather",
    "hold",
    "mailbox_for",
    "move",
    "open_climb",
    "open_to_do",
    "plan_to_do",
    "post",
    "release",
    "resume",
    "send_now",
    "set_preferences",
    "settle",
    "spend",
    "stop",
    "take_steps",
    "to_do_keys",
    "undo_done",
]
