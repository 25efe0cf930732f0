"""Every write of the room.

Words: a *scheme* holds the money of a year on a *line*; a *call* draws on it; an *application* answers a call.
Neighbours: letters are in `notices`, clicks in `clicks`; grants move the state of an application by `move_application`.
"""

from maillage.calls.actions.applying import (
    Aid,
    ApplicationMoved,
    BudgetLine,
    begin_application,
    forget_drafts,
    remind_drafts,
    save_application,
)
from maillage.calls.actions.files import add_file, note_reading, remove_file, remove_stray_files, take_from_profile
from maillage.calls.actions.joining import answer_invitation, invite_organisation, remove_organisation
from maillage.calls.actions.refusal import CallRefused
from maillage.calls.actions.submitting import ApplicationLacks, submit_application, withdraw_application

__all__ = [
    "Aid",
    "ApplicationLacks",
    "ApplicationMoved",
    "BudgetLine",
    "CallRefused",
    "add_file",
    "answer_invitation",
    "begin_application",
    "forget_drafts",
    "invite_organisation",
    "note_reading",
    "remind_drafts",
    "remove_file",
    "remove_organisation",
    "remove_stray_files",
    "save_application",
    "submit_application",
    "take_from_profile",
    "withdraw_application",
]
