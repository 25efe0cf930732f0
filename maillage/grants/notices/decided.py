"""The letter that says what was decided."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from maillage.grants.enums import Outcome
from maillage.grants.facts import sentences_of
from maillage.grants.models import Decision
from maillage.grants.phrases import letters as phrases
from maillage.kernel.letters import Button, Content, LetterKind, Occasion, Pace


def decision_of(told: Occasion) -> Decision | None:
    """The decision that a letter is about, with all that it says."""
    rows = Decision.objects.select_related("application__call__scheme__authority")
    return rows.confirmed().filter(pk=told.object_id or 0).first()


def _decided(outcome: Outcome, sentences: tuple[str, ...], number: str, path: str) -> Content:
    return Content(
        title=phrases.subject(outcome), sentences=sentences, facts=(("Dossier", number),),
        buttons=(Button("Lire la décision", path=path),),
    )  # fmt: skip


def _write_decided(told: Occasion) -> Content | None:
    decision = decision_of(told)
    if decision is None:
        return None
    application = decision.application
    path = reverse("grants:grant", args=[application.reference])
    return _decided(Outcome(decision.outcome), tuple(sentences_of(decision)), application.number or "", path)


def _sample() -> Content:
    said = (
        phrases.refused("Ouvrir une épicerie associative (exemple)"),
        phrases.deliberated("Le conseil de l’établissement", "2026-112", date(2026, 12, 10)),
        phrases.reason("les dépenses présentées ne sont pas celles que l’appel aide."),
        phrases.appeal("Amiens", "l’établissement", 2),
    )
    return _decided(Outcome.REFUSED, said, "AAP-2026-0007", "/moi/")


LETTERS = (LetterKind("grants.decided", "Décision sur une demande d’aide", _write_decided, _sample, pace=Pace.ALONE),)
