"""The letters of what happens to a grant after its signature: it ends, or becomes smaller."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.urls import reverse

from maillage.grants.facts import cancelled_sentences, reduced_sentences
from maillage.grants.models import Cancellation, Reduction
from maillage.grants.models.change import SignedChange
from maillage.grants.phrases import cancelling, letters, reducing
from maillage.kernel.letters import Button, Content, LetterKind, Occasion, Pace

Change = TypeVar("Change", bound=SignedChange)


def _content(title: str, sentences: list[str], number: str, path: str) -> Content:
    return Content(
        title=title, sentences=tuple(sentences), facts=(("Dossier", number),),
        buttons=(Button("Ouvrir la page de mon aide", path=path),),
    )  # fmt: skip


def _writer(
    model: type[Change], title: str, sentences: Callable[[Change], list[str]]
) -> Callable[[Occasion], Content | None]:
    def write(told: Occasion) -> Content | None:
        rows: Any = model._default_manager.select_related("decision__application__call__scheme__authority")
        one = rows.filter(pk=told.object_id or 0, confirmed_at__isnull=False).first()
        if one is None:
            return None
        application = one.decision.application
        path = reverse("grants:grant", args=[application.reference])
        return _content(title, sentences(one), application.number or "", path)

    return write


def _sample(title: str, happened: str, reason: str, back: str) -> Callable[[], Content]:
    said = [
        happened,
        letters.deliberated("Le conseil de l’établissement", "2027-031", date(2027, 4, 12)),
        letters.reason(reason),
        back,
        letters.appeal("Amiens", "l’établissement", 2),
    ]
    return lambda: _content(title, said, "AAP-2026-0007", "/moi/")


PROJECT = "Ouvrir une épicerie associative (exemple)"
LETTERS = (
    LetterKind(
        "grants.cancelled", "Annulation d’une aide",
        _writer(Cancellation, cancelling.TITLE, cancelled_sentences),
        _sample(
            cancelling.TITLE, cancelling.ended(Decimal(5000), PROJECT), "le local n’a pas été trouvé.",
            cancelling.due_back(Decimal(2500), date(2027, 5, 12)),
        ),
        pace=Pace.ALONE,
    ),
    LetterKind(
        "grants.reduced", "Réduction d’une aide",
        _writer(Reduction, reducing.TITLE, reduced_sentences),
        _sample(
            reducing.TITLE, reducing.reduced(Decimal(5000), Decimal(3500), PROJECT),
            "le local coûte moins que prévu.", reducing.NOTHING_DUE,
        ),
        pace=Pace.ALONE,
    ),
)  # fmt: skip
