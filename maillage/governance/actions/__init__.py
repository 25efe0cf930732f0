"""Every write of the room: bodies, members, meetings, decisions, actions.

Words: to *admit* is to give a mandate in a body; to *announce* is to fix a meeting's date and tell members; to *hold*
is to say that it took place; to *entrust* is to give an action to somebody for a day.
Neighbours: letters are posted to the outbox inside each verb's transaction; screens ask `rules` before they come here.
"""

from maillage.governance.actions.agenda import add_item, raise_item, remove_item, take_dialogue
from maillage.governance.actions.attendance import check_in, hold, is_check_in_open, note_attendance, say_presence
from maillage.governance.actions.bodies import add_college, open_body, remove_college, revise_body
from maillage.governance.actions.decisions import answer_action, decide, entrust, follow_decision, remove_line
from maillage.governance.actions.inviting import invite_organisations, reply
from maillage.governance.actions.meetings import (
    announce_meeting,
    announce_series,
    answer_dates,
    cancel_meeting,
    fix_date,
    propose_dates,
    revise_meeting,
)
from maillage.governance.actions.members import (
    admit_member,
    agree_to_be_named,
    ask_to_enter,
    end_member,
    enter_by_letter,
    forget_members,
    revise_member,
)
from maillage.governance.actions.minutes import MinutesMoved, finish_minutes, validate_minutes, write_minutes
from maillage.governance.actions.refusal import GovernanceRefused
from maillage.governance.actions.requests import ask_to_join, decide_request
from maillage.governance.actions.workshops import set_up_workshop

__all__ = [
    "GovernanceRefused",
    "MinutesMoved",
    "add_college",
    "add_item",
    "admit_member",
    "agree_to_be_named",
    "announce_meeting",
    "announce_series",
    "answer_action",
    "answer_dates",
    "ask_to_enter",
    "ask_to_join",
    "cancel_meeting",
    "check_in",
    "decide",
    "decide_request",
    "end_member",
    "enter_by_letter",
    "entrust",
    "finish_minutes",
    "fix_date",
    "follow_decision",
    "forget_members",
    "hold",
    "invite_organisations",
    "is_check_in_open",
    "note_attendance",
    "open_body",
    "propose_dates",
    "raise_item",
    "remove_college",
    "remove_item",
    "remove_line",
    "reply",
    "revise_body",
    "revise_meeting",
    "revise_member",
    "say_presence",
    "set_up_workshop",
    "take_dialogue",
    "validate_minutes",
    "write_minutes",
]
