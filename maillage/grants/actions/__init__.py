"""Every write of the room.

Words: a *decision* is prepared then confirmed; an *award* draws an *agreement*, which is paid by *instalments* and ends
with a *report*. Neighbours: letters are in `notices`, counts of aids de minimis in `queries.minimis`.
"""

from maillage.grants.actions.agreeing import draw_agreement, note_published, sign_agreement
from maillage.grants.actions.cancelling import cancel_grant, drop_cancellation, prepare_cancellation
from maillage.grants.actions.deciding import (
    Deliberation,
    Proposed,
    confirm_decision,
    prepare_decision,
    withdraw_decision,
)
from maillage.grants.actions.files import (
    Sent,
    add_grant_file,
    condemn_grant_file,
    note_grant_file_read,
    remove_grant_file,
    remove_stray_files,
)
from maillage.grants.actions.paying import confirm_payment, prepare_payment
from maillage.grants.actions.reducing import drop_reduction, prepare_reduction, reduce_grant
from maillage.grants.actions.refusal import AlreadyDecided, CeilingExceeded, EnvelopeExceeded, GrantRefused
from maillage.grants.actions.reporting import (
    Realised,
    accept_report,
    ask_report_again,
    remind_reports,
    save_report,
    submit_report,
)
from maillage.grants.actions.sheets import confirm_many, prepare_many
from maillage.grants.actions.undertakings import join_undertaking, note_registered, part_undertaking, undertaking_of

__all__ = [
    "AlreadyDecided",
    "CeilingExceeded",
    "Deliberation",
    "EnvelopeExceeded",
    "GrantRefused",
    "Proposed",
    "Realised",
    "Sent",
    "accept_report",
    "add_grant_file",
    "ask_report_again",
    "cancel_grant",
    "condemn_grant_file",
    "confirm_decision",
    "confirm_many",
    "confirm_payment",
    "draw_agreement",
    "drop_cancellation",
    "drop_reduction",
    "join_undertaking",
    "note_grant_file_read",
    "note_published",
    "note_registered",
    "part_undertaking",
    "prepare_cancellation",
    "prepare_decision",
    "prepare_many",
    "prepare_payment",
    "prepare_reduction",
    "reduce_grant",
    "remind_reports",
    "remove_grant_file",
    "remove_stray_files",
    "save_report",
    "sign_agreement",
    "submit_report",
    "undertaking_of",
    "withdraw_decision",
]
