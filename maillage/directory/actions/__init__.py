"""The verbs of the directory: every write of a sheet, from any door, goes through one of these."""

from maillage.directory.actions.sheets import (
    SheetRefused,
    create_organisation,
    revert_to,
    revise_organisation,
    set_status,
    verify,
)

__all__ = ["SheetRefused", "create_organisation", "revert_to", "revise_organisation", "set_status", "verify"]
