"""The inhabitant's own address confirms a question: the page shows it, the button asks it."""

from __future__ import annotations

from maillage.kernel.letters import Occasion, Page, Purpose
from maillage.strategy import actions
from maillage.strategy.enums import Asking
from maillage.strategy.notices import question_of


def _describe(told: Occasion) -> Page | None:
    question = question_of(told)
    if question is None or question.state != Asking.WRITTEN:
        return None
    return Page(f"Votre question sur « {question.measure.title} »", (question.text,), button="Poser cette question")


def _confirm(told: Occasion) -> Page:
    question = question_of(told)
    if question is None:
        return Page("Cette question n’est plus là")
    try:
        actions.confirm_question(question=question, at=told.at)
    except actions.SteeringRefused as refusal:
        return Page("Rien n’a changé", (refusal.phrase,), links=_onward(told))
    said = ("L’équipe du territoire la lit. La réponse sera publiée ici, et vous arrivera par lettre.",)
    return Page("Votre question est posée", said, links=_onward(told))


def _onward(told: Occasion) -> tuple[tuple[str, str], ...]:
    question = question_of(told)
    if question is None:
        return (("Lire la stratégie", "/strategie/"),)
    return (("Revenir à la mesure", question.measure.get_absolute_url()),)


PURPOSES = (Purpose("strategy.confirm_question", days=2, describe=_describe, act=_confirm, in_place_of=_onward),)
