"""Every write of the room: bodies, members, meetings, decisions, actions.

Words: to *admit* is to give a mandate in a body; to *announce* is to fix a meeting's date and tell members; to *hold*
is to say that it took place; to *entrust* is to give an action to somebody for a day.
Neighbours: letters are posted to the outbox inside each verb's transaction; screens ask `rules` before they come here.
"""

from maillage.governance.actions.bodies import add_college, open_body, remove_college, revise_body
from maillage.governance.actions.members import (
    admit_member,
    agree_to_be_named,
    ask_to_enter,
    end_member,
    enter_by_letter,
    forget_members,
    revise_member,
)
from maillage.governance.actions.refusal import GovernanceRefused
from maillage.governance.actions.requests import ask_to_join, decide_request

__all__ = [
    "GovernanceRefused",
    "add_college",
    "admit_member",
    "agree_to_be_named",
    "ask_to_enter",
    "ask_to_join",
    "decide_request",
    "end_member",
    "enter_by_letter",
    "forget_members",
    "open_body",
    "remove_college",
    "revise_body",
    "revise_member",
]
