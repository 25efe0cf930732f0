"""The letter that says that a grant ended after its signature."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.urls import reverse

from maillage.grants.facts import cancelled_sentences
from maillage.grants.models import Cancellation
from maillage.grants.phrases import cancelling, letters
from maillage.kernel.letters import Button, Content, LetterKind, Occasion, Pace


def _content(sentences: tuple[str, ...], number: str, path: str) -> Content:
    return Content(
        title=cancelling.TITLE, sentences=sentences, facts=(("Dossier", number),),
        buttons=(Button("Ouvrir la page de mon aide", path=path),),
    )  # fmt: skip


def _write(told: Occasion) -> Content | None:
    rows = Cancellation.objects.select_related("decision__application__call__scheme__authority")
    one = rows.filter(pk=told.object_id or 0, confirmed_at__isnull=False).first()
    if one is None:
        return None
    application = one.decision.application
    path = reverse("grants:grant", args=[application.reference])
    return _content(tuple(cancelled_sentences(one)), application.number or "", path)


def _sample() -> Content:
    said = (
        cancelling.ended(Decimal(5000), "Ouvrir une épicerie associative (exemple)"),
        letters.deliberated("Le conseil de l’établissement", "2027-031", date(2027, 4, 12)),
        letters.reason("le local n’a pas été trouvé."),
        cancelling.due_back(Decimal(2500), date(2027, 5, 12)),
        letters.appeal("Amiens", "l’établissement", 2),
    )  # fmt: skip
    return _content(said, "AAP-2026-0007", "/moi/")


LETTERS = (LetterKind("grants.cancelled", "Annulation d’une aide", _write, _sample, pace=Pace.ALONE),)
