"""The answer to a question on a call."""

from __future__ import annotations

from datetime import timedelta

from maillage.calls.models import CallQuestion
from maillage.kernel.letters import Button, Content, LetterKind, Occasion, Pace


def _answer(call: str, text: str, answer: str, path: str) -> Content:
    return Content(
        title="La réponse à votre question",
        sentences=(
            f"Vous avez posé une question sur « {call} »\u00a0:", f"« {text} »", answer,
            "La question et la réponse sont lues de tous, sans votre nom.",
        ),
        buttons=(Button("Voir l’appel", path=path),),
    )  # fmt: skip


def _write_answer(told: Occasion) -> Content | None:
    found = CallQuestion.objects.select_related("call").filter(pk=told.object_id or 0).first()
    if found is None or not found.answer or found.set_aside_at is not None:
        return None
    return _answer(found.call.title, found.text, found.answer, f"{found.call.get_absolute_url()}#questions")


LETTERS = (
    LetterKind(
        "calls.answer", "Réponse à une question sur un appel", _write_answer,
        lambda: _answer("Bouger sans voiture (exemple)", "Peut-on acheter un véhicule\u202f?",
                        "Oui, s’il est d’occasion et partagé (exemple).", "/appels/"),
        pace=Pace.ALONE, valid_for=timedelta(days=10),
    ),
)  # fmt: skip
