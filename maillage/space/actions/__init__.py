"""The verbs of the room."""

from maillage.space.actions.attachments import (
    AttachmentRefused,
    add_attachment,
    condemn_attachment,
    note_reading,
    remove_attachment,
    remove_stray_files,
    replace_attachment,
    tell_expiring,
)
from maillage.space.actions.claims import (
    ClaimRefused,
    ask_by_letter,
    decide_claim,
    grant_by_letter,
    open_claim,
    withdraw_claim,
)
from maillage.space.actions.contributing import member_source, revise_or_propose
from maillage.space.actions.freshness import (
    ask_freshness,
    choose_months,
    confirm_sheet,
    list_calls,
    say_closed,
    set_contributors_wait,
)
from maillage.space.actions.giving_back import GiveBackRefused, give_back, shown_today
from maillage.space.actions.members import MemberRefused, admit, hand_over, invite, join, leave, remove
from maillage.space.actions.messages import MessageRefused, forget_messages, relay, write_message
from maillage.space.actions.missing import (
    MissingRefused,
    link_sheet,
    make_sheet,
    propose_missing,
    refuse_missing,
    tell_published,
)
from maillage.space.actions.pictures import remove_picture, show_picture
from maillage.space.actions.portraits import forget_portraits, put_portrait, withdraw_portrait
from maillage.space.actions.profile import ProfileMoved, keep_profile
from maillage.space.actions.suggestions import SuggestionRefused, decide, followers_in, propose

__all__ = [
    "AttachmentRefused",
    "ClaimRefused",
    "GiveBackRefused",
    "MemberRefused",
    "MessageRefused",
    "MissingRefused",
    "ProfileMoved",
    "SuggestionRefused",
    "add_attachment",
    "admit",
    "ask_by_letter",
    "ask_freshness",
    "choose_months",
    "condemn_attachment",
    "confirm_sheet",
    "decide",
    "decide_claim",
    "followers_in",
    "forget_messages",
    "forget_portraits",
    "give_back",
    "grant_by_letter",
    "hand_over",
    "invite",
    "join",
    "keep_profile",
    "leave",
    "link_sheet",
    "list_calls",
    "make_sheet",
    "member_source",
    "note_reading",
    "open_claim",
    "propose",
    "propose_missing",
    "put_portrait",
    "refuse_missing",
    "relay",
    "remove",
    "remove_attachment",
    "remove_picture",
    "remove_stray_files",
    "replace_attachment",
    "revise_or_propose",
    "say_closed",
    "set_contributors_wait",
    "show_picture",
    "shown_today",
    "tell_expiring",
    "tell_published",
    "withdraw_claim",
    "withdraw_portrait",
    "write_message",
]
