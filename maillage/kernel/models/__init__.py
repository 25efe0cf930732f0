from maillage.kernel.models.journal import JournalEntry
from maillage.kernel.models.source import Source

__all__ = ["JournalEntry", "Source"]
