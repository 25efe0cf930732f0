"""Open and close accounts, give and end mandates, hand one's place over: every one of these acts is in the journal.

Words: a *mandate* gives a role from a day to another; rights follow from mandates (rules.py).
Neighbours: the people screens of the back office, /moi/, the seeds, the command `add_person`.
"""

from maillage.accounts.actions.delegations import delegate, end_delegation
from maillage.accounts.actions.mandates import LAST_ADMINISTRATOR, describe_mandate, end_mandate, give_mandate
from maillage.accounts.actions.people import (
    draw_password,
    give_codes_application,
    hand_out_data,
    leave,
    open_account,
    renew_password,
    reset_second_factor,
    set_account_open,
    take_data,
)
from maillage.accounts.actions.refusal import PersonRefused

__all__ = [
    "LAST_ADMINISTRATOR",
    "PersonRefused",
    "delegate",
    "describe_mandate",
    "draw_password",
    "end_delegation",
    "end_mandate",
    "give_codes_application",
    "give_mandate",
    "hand_out_data",
    "leave",
    "open_account",
    "renew_password",
    "reset_second_factor",
    "set_account_open",
    "take_data",
]
