from maillage.kernel.models.journal import JournalEntry, JournalIsAppendOnly, JournalSeal
from maillage.kernel.models.source import Source

__all__ = ["JournalEntry", "JournalIsAppendOnly", "JournalSeal", "Source"]
