"""The verbs of the directory: every write of a sheet, from any door, goes through one of these."""

from maillage.directory.actions.doubts import settle_doubt
from maillage.directory.actions.sheets import (
    SheetRefused,
    create_organisation,
    revert_to,
    revise_organisation,
    set_status,
    verify,
)

__all__ = [
    "SheetRefused",
    "create_organisation",
    "revert_to",
    "revise_organisation",
    "set_status",
    "settle_doubt",
    "verify",
]
