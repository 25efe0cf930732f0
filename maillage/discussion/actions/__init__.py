"""Every write of the room: talk in a circle, keep its files, take replies by mail, conduct dialogues."""

from maillage.discussion.actions.dialogues import (
    add_participant,
    change_dialogue,
    open_dialogue,
    place_on_agenda,
    record_outcome,
    release_from_agenda,
    remove_participant,
    send_to_agenda,
)
from maillage.discussion.actions.filing import (
    add_file,
    add_version,
    condemn_version,
    note_reading,
    remove_stray_files,
    withdraw_file,
)
from maillage.discussion.actions.refusal import DiscussionRefused
from maillage.discussion.actions.replies import take_mail
from maillage.discussion.actions.talking import (
    amend,
    edit_message,
    follow,
    hide_message,
    open_thread,
    say,
    set_closed,
    show_message,
)

__all__ = [
    "DiscussionRefused",
    "add_file",
    "add_participant",
    "add_version",
    "amend",
    "change_dialogue",
    "condemn_version",
    "edit_message",
    "follow",
    "hide_message",
    "note_reading",
    "open_dialogue",
    "open_thread",
    "place_on_agenda",
    "record_outcome",
    "release_from_agenda",
    "remove_participant",
    "remove_stray_files",
    "say",
    "send_to_agenda",
    "set_closed",
    "show_message",
    "take_mail",
    "withdraw_file",
]
