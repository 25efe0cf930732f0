"""What an entry of the logbook is."""

from __future__ import annotations

from django.db import models


class EntryKind(models.TextChoices):
    """A call one got, a call one made, or a word kept for later."""

    CALL_IN = "call_in", "Appel reçu"
    CALL_OUT = "call_out", "Appel donné"
    NOTE = "note", "Note"


CALLS = (EntryKind.CALL_IN, EntryKind.CALL_OUT)
