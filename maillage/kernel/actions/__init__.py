"""Verbs that every room shares: journal, seal, dated values, forms sent once, purge, export, erase."""

from __future__ import annotations

from maillage.kernel.actions.journaling import AUTOMATIC, entry, journal, name_source
from maillage.kernel.actions.personal import (
    compact,
    compact_at_night,
    erase_person,
    export_person,
    person_known_as,
    person_of,
    purge,
    replay_erasures,
)
from maillage.kernel.actions.scanning import scan_waiting
from maillage.kernel.actions.sealing import blank_parts, guard_journal, seal_journal
from maillage.kernel.actions.sent_forms import SentBefore, do_once, forget_sent_forms
from maillage.kernel.actions.values import load_values

__all__ = [
    "AUTOMATIC",
    "SentBefore",
    "blank_parts",
    "compact",
    "compact_at_night",
    "do_once",
    "entry",
    "erase_person",
    "export_person",
    "forget_sent_forms",
    "guard_journal",
    "journal",
    "load_values",
    "name_source",
    "person_known_as",
    "person_of",
    "purge",
    "replay_erasures",
    "scan_waiting",
    "seal_journal",
]
