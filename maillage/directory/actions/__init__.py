"""The verbs of the directory: every write of a sheet, from any door, goes through one of these."""

from maillage.directory.actions.doubts import settle_doubt
from maillage.directory.actions.duplicates import find_duplicates, set_distinct
from maillage.directory.actions.import_runs import RunTaken, claim_run, open_run, recover_interrupted
from maillage.directory.actions.merging import CHOOSABLE, Choice, MergeRefused, merge, undo_merge
from maillage.directory.actions.sheets import (
    SheetRefused,
    create_organisation,
    revert_to,
    revise_organisation,
    set_status,
    verify,
)
from maillage.directory.actions.undoing import Undone, UndoRefused, undo_import

__all__ = [
    "CHOOSABLE",
    "Choice",
    "MergeRefused",
    "RunTaken",
    "SheetRefused",
    "UndoRefused",
    "Undone",
    "claim_run",
    "create_organisation",
    "find_duplicates",
    "merge",
    "open_run",
    "recover_interrupted",
    "revert_to",
    "revise_organisation",
    "set_distinct",
    "set_status",
    "settle_doubt",
    "undo_import",
    "undo_merge",
    "verify",
]
