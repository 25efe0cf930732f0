"""Verbs that every room shares: journal an act, name a source, seal the journal."""

from __future__ import annotations

from maillage.kernel.actions.journaling import AUTOMATIC, entry, journal, name_source
from maillage.kernel.actions.sealing import blank_parts, guard_journal, seal_journal

__all__ = ["AUTOMATIC", "blank_parts", "entry", "guard_journal", "journal", "name_source", "seal_journal"]
