"""What the verbs share: their refusal, and the row that all of them take first."""

from __future__ import annotations

from maillage.choosing.models import Consultation


class ConsultationRefused(Exception):
    """Nothing was written; `phrase` says why and what to do, `field` where ("" for the whole)."""

    def __init__(self, phrase: str, field: str = "") -> None:
        super().__init__(phrase)
        self.phrase, self.field = phrase, field


def locked(consultation: Consultation) -> Consultation:
    """The row as it is now; whoever else writes about this consultation waits. Call in a transaction."""
    return Consultation.objects.select_for_update(of=("self",)).get(pk=consultation.pk)
