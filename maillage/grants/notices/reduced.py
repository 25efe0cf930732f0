"""The letter that says that a signed grant became smaller."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.urls import reverse

from maillage.grants.facts import reduced_sentences
from maillage.grants.models import Reduction
from maillage.grants.phrases import letters, reducing
from maillage.kernel.letters import Button, Content, LetterKind, Occasion, Pace


def _content(sentences: tuple[str, ...], number: str, path: str) -> Content:
    return Content(
        title=reducing.TITLE, sentences=sentences, facts=(("Dossier", number),),
        buttons=(Button("Ouvrir la page de mon aide", path=path),),
    )  # fmt: skip


def _write(told: Occasion) -> Content | None:
    rows = Reduction.objects.select_related("decision__application__call__scheme__authority")
    one = rows.filter(pk=told.object_id or 0, confirmed_at__isnull=False).first()
    if one is None:
        return None
    application = one.decision.application
    path = reverse("grants:grant", args=[application.reference])
    return _content(tuple(reduced_sentences(one)), application.number or "", path)


def _sample() -> Content:
    said = (
        reducing.reduced(Decimal(5000), Decimal(3500), "Ouvrir une épicerie associative (exemple)"),
        letters.deliberated("Le conseil de l’établissement", "2027-031", date(2027, 4, 12)),
        letters.reason("le local coûte moins que prévu."),
        reducing.NOTHING_DUE,
        letters.appeal("Amiens", "l’établissement", 2),
    )  # fmt: skip
    return _content(said, "AAP-2026-0007", "/moi/")


LETTERS = (LetterKind("grants.reduced", "Réduction d’une aide", _write, _sample, pace=Pace.ALONE),)
