"""Every write of the room.

Words: a *scheme* holds the money of a year on a *line*; a *call* draws on it; an *application* answers a call.
Neighbours: letters are in `notices`, clicks in `clicks`; grants move the state of an application by `move_application`.
"""

from maillage.calls.actions.admitting import (
    check_admissibility,
    declare_admissible,
    declare_inadmissible,
    note_application_reading,
)
from maillage.calls.actions.applying import (
    Aid,
    ApplicationMoved,
    BudgetLine,
    begin_application,
    forget_drafts,
    remind_drafts,
    save_application,
)
from maillage.calls.actions.completing import ask_completion, close_completion, remind_completions
from maillage.calls.actions.files import (
    add_file,
    condemn_file,
    note_reading,
    remove_file,
    remove_stray_files,
    take_from_profile,
)
from maillage.calls.actions.joining import answer_invitation, invite_organisation, remove_organisation
from maillage.calls.actions.jury import name_reviewer, pledge, remind_reviewers, remove_reviewer
from maillage.calls.actions.moving import move_application
from maillage.calls.actions.opinions import Said, give_opinion
from maillage.calls.actions.outside import (
    Asked,
    answer_outside,
    ask_outside,
    note_outside,
    note_shared_reading,
    remind_outside,
    withdraw_outside,
)
from maillage.calls.actions.questions import answer_about_call, ask_about_call, set_question_aside
from maillage.calls.actions.recusing import recuse, take_back_recusal
from maillage.calls.actions.refusal import CallRefused
from maillage.calls.actions.reviewing import Mark, hand_in_review, save_review, take_back_review
from maillage.calls.actions.schemes import SchemeFacts, save_authority, save_scheme, set_envelope
from maillage.calls.actions.submitting import ApplicationLacks, submit_application, withdraw_application
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
    "Aid",
    "ApplicationLacks",
    "ApplicationMoved",
    "Asked",
    "Block",
    "BudgetLine",
    "CallFacts",
    "CallRefused",
    "Mark",
    "Said",
    "SchemeFacts",
    "add_file",
    "answer_about_call",
    "answer_invitation",
    "answer_outside",
    "ask_about_call",
    "ask_completion",
    "ask_outside",
    "begin_application",
    "check_admissibility",
    "close_completion",
    "condemn_file",
    "copy_call",
    "declare_admissible",
    "declare_inadmissible",
    "draft_call",
    "forget_drafts",
    "give_opinion",
    "hand_in_review",
    "invite_organisation",
    "move_application",
    "move_call",
    "name_reviewer",
    "note_application_reading",
    "note_outside",
    "note_reading",
    "note_shared_reading",
    "pledge",
    "publish_call",
    "recuse",
    "remind_completions",
    "remind_drafts",
    "remind_outside",
    "remind_reviewers",
    "remove_file",
    "remove_organisation",
    "remove_reviewer",
    "remove_stray_files",
    "reopen_call",
    "revise_call",
    "save_application",
    "save_authority",
    "save_review",
    "save_scheme",
    "set_blocks",
    "set_criteria",
    "set_envelope",
    "set_pieces",
    "set_question_aside",
    "submit_application",
    "take_back_recusal",
    "take_back_review",
    "take_from_profile",
    "withdraw_application",
    "withdraw_outside",
]
