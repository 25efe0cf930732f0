"""The verbs of the directory: every write of a sheet, from any door, goes through one of these."""

from maillage.directory.actions.doubts import settle_doubt
from maillage.directory.actions.duplicates import find_duplicates, set_distinct
from maillage.directory.actions.import_runs import (
    ReasonMissing,
    RunTaken,
    abandon_run,
    claim_run,
    force_run,
    open_run,
    queue_run,
    recover_interrupted,
    reopen_run,
    stop_run,
)
from maillage.directory.actions.merging import CHOOSABLE, Choice, MergeRefused, merge, undo_merge
from maillage.directory.actions.sheets import (
    SheetMoved,
    SheetRefused,
    before,
    create_organisation,
    follow_rule,
    revert_to,
    revise_organisation,
    set_status,
    verify,
)
from maillage.directory.actions.undoing import Undone, UndoRefused, begin_undo, may_undo, sheets_in, undo_import

__all__ = [
    "CHOOSABLE",
    "Choice",
    "MergeRefused",
    "ReasonMissing",
    "RunTaken",
    "SheetMoved",
    "SheetRefused",
    "UndoRefused",
    "Undone",
    "abandon_run",
    "before",
    "begin_undo",
    "claim_run",
    "create_organisation",
    "find_duplicates",
    "follow_rule",
    "force_run",
    "may_undo",
    "merge",
    "open_run",
    "queue_run",
    "recover_interrupted",
    "reopen_run",
    "revert_to",
    "revise_organisation",
    "set_distinct",
    "set_status",
    "settle_doubt",
    "sheets_in",
    "stop_run",
    "undo_import",
    "undo_merge",
    "verify",
]
