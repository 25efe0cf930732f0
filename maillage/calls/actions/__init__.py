"""Every write of the room.

Words: a *scheme* holds the money of a year on a *line*; a *call* draws on it; an *application* answers a call.
Neighbours: letters are in `notices`, clicks in `clicks`; grants move the state of an application by `move_application`.
"""

from maillage.calls.actions.questions import answer_about_call, ask_about_call, set_question_aside
from maillage.calls.actions.refusal import CallRefused
from maillage.calls.actions.schemes import SchemeFacts, save_authority, save_scheme, set_envelope
from maillage.calls.actions.writing import (
    Block,
    CallFacts,
    copy_call,
    draft_call,
    move_call,
    publish_call,
    reopen_call,
    revise_call,
    set_blocks,
    set_criteria,
    set_pieces,
)

__all__ = [
    "Block",
    "CallFacts",
    "CallRefused",
    "SchemeFacts",
    "answer_about_call",
    "ask_about_call",
    "copy_call",
    "draft_call",
    "move_call",
    "publish_call",
    "reopen_call",
    "revise_call",
    "save_authority",
    "save_scheme",
    "set_blocks",
    "set_criteria",
    "set_envelope",
    "set_pieces",
    "set_question_aside",
]
