"""Every write of the room.

Words: a *request* opens the file of a *project*; a *recommendation* is a step of its plan; a *referral* introduces it
to a *partner*. Neighbours: grants open a project by `send_request`; letters are in `notices`, clicks in `clicks`.
"""

from maillage.desk.actions.advising import move_advice, note_seen, recommend, remind
from maillage.desk.actions.closing import Result, answer_check, ask_checks, close_project, reopen_project
from maillage.desk.actions.following import (
    Talk,
    add_contact,
    assign,
    diagnose,
    hand_over,
    log_interview,
    move_stage,
    note_reading,
    pause,
    remove_contact,
    resume,
    resume_due,
    revise_project,
    write_from_holder,
    write_note,
    write_to_holder,
)
from maillage.desk.actions.referring import (
    agree_referral,
    answer_referral,
    close_referral,
    propose_referral,
    rate_referral,
    refuse_referral,
)
from maillage.desk.actions.refusal import DeskRefused
from maillage.desk.actions.requesting import Asked, confirm_holder, forget_drafts, keep_draft, send_request
from maillage.desk.actions.sharing import PartnerFacts, involve, log_effort, remove_effort, save_partner, uninvolve
from maillage.desk.actions.showing import hide_project, show_project
from maillage.desk.actions.workshops import Output, open_from_workshop, themes_of

__all__ = [
    "Asked",
    "DeskRefused",
    "Output",
    "PartnerFacts",
    "Result",
    "Talk",
    "add_contact",
    "agree_referral",
    "answer_check",
    "answer_referral",
    "ask_checks",
    "assign",
    "close_project",
    "close_referral",
    "confirm_holder",
    "diagnose",
    "forget_drafts",
    "hand_over",
    "hide_project",
    "involve",
    "keep_draft",
    "log_effort",
    "log_interview",
    "move_advice",
    "move_stage",
    "note_reading",
    "note_seen",
    "open_from_workshop",
    "pause",
    "propose_referral",
    "rate_referral",
    "recommend",
    "refuse_referral",
    "remind",
    "remove_contact",
    "remove_effort",
    "reopen_project",
    "resume",
    "resume_due",
    "revise_project",
    "save_partner",
    "send_request",
    "show_project",
    "themes_of",
    "uninvolve",
    "write_from_holder",
    "write_note",
    "write_to_holder",
]
