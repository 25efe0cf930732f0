"""Letters about inhabitants' questions: is it you who asks? one waits for you; here is the answer."""

from __future__ import annotations

from datetime import timedelta

from maillage.kernel.letters import Button, Content, LetterKind, Occasion, Pace
from maillage.strategy.enums import Asking
from maillage.strategy.models import Question


def question_of(told: Occasion) -> Question | None:
    return Question.objects.select_related("measure").filter(pk=told.object_id or 0).first()


def _ask(measure: str, text: str) -> Content:
    return Content(
        title="Confirmez votre question",
        sentences=(
            f"Vous, ou quelqu’un avec votre adresse, avez posé une question sur « {measure} »\u00a0:",
            text,
            "Un bouton suffit, et l’équipe du territoire la lit. Votre nom et votre adresse ne sont pas publiés.",
            "Ce n’est pas vous\u202f? Laissez cette lettre\u00a0: rien ne sera transmis.",
        ),
        buttons=(Button("Poser ma question", purpose="strategy.confirm_question"),),
    )


def _write_ask(told: Occasion) -> Content | None:
    question = question_of(told)
    if question is None or question.state != Asking.WRITTEN:
        return None
    return _ask(question.measure.title, question.text)


def _waiting(measure: str, text: str, path: str) -> Content:
    return Content(
        title=f"Une question sur « {measure} »",
        sentences=(
            "Une personne du territoire demande\u00a0:",
            text,
            "Votre réponse sera publiée avec la question, et lui sera envoyée.",
        ),
        buttons=(Button("Répondre", path=path),),
    )


def _write_waiting(told: Occasion) -> Content | None:
    question = question_of(told)
    if question is None or question.state != Asking.OPEN or question.measure.owner_id != told.user_id:
        return None
    return _waiting(question.measure.title, question.text, f"/gestion/strategie/questions/{question.pk}/")


def _closed(measure: str, text: str, answer: str, path: str) -> Content:
    told = "est publiée avec votre question" if path else "n’est pas publiée, et voici pourquoi"
    return Content(
        title="Votre question a sa réponse",
        sentences=(
            f"Vous aviez demandé, sur « {measure} »\u00a0:",
            text,
            f"La réponse {told}\u00a0:",
            *(" ".join(line.split()) for line in answer.splitlines() if line.strip()),
        ),
        buttons=(Button("Lire la page de la mesure", path=path),) if path else (),
    )


def _write_closed(told: Occasion) -> Content | None:
    question = question_of(told)
    if question is None or question.state not in (Asking.ANSWERED, Asking.SET_ASIDE):
        return None
    path = f"{question.measure.get_absolute_url()}#questions" if question.state == Asking.ANSWERED else ""
    return _closed(question.measure.title, question.text, question.answer, path)


_TITLE, _TEXT = "Un guichet pour les porteurs de projet", "Qui me reçoit, et où\u202f?"
LETTERS = (
    LetterKind("strategy.question_confirm", "Question à confirmer", _write_ask, lambda: _ask(_TITLE, _TEXT),
               pace=Pace.ALONE, valid_for=timedelta(days=2)),
    LetterKind("strategy.question_waiting", "Question d’un habitant", _write_waiting,
               lambda: _waiting(_TITLE, _TEXT, "/gestion/strategie/questions/1/"), awaits_answer=True),
    LetterKind("strategy.question_closed", "Réponse à une question", _write_closed,
               lambda: _closed(_TITLE, _TEXT, "Bruno Exemple vous reçoit le mardi à Péronne.", "/strategie/2.1/"),
               pace=Pace.ALONE),
)  # fmt: skip
