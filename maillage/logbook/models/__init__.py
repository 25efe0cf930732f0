from maillage.logbook.models.entry import Entry

__all__ = ["Entry"]
