"""One example dialogue, with who takes part, a talk, an idea that was amended, and an outcome to come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone

from maillage.accounts.models import User
from maillage.discussion import actions
from maillage.discussion.circles import circle_of_dialogue
from maillage.discussion.enums import DialogueForm, DialogueState, Side, ThreadKind
from maillage.discussion.models import Dialogue
from maillage.strategy.queries import home_strategy, measures_by_code

EXAMPLE = "(donnée d’exemple)"


def plant_dialogue(profile: str, at: datetime, say: Callable[[str], None]) -> dict[str, int]:
    """The dialogue of Alice, Rachid and Bruno; twice without harm."""
    people = {user.first_name: user for user in User.objects.filter(is_example=True)}
    if not {"Alice", "Bruno", "Rachid"} <= people.keys() or Dialogue.objects.filter(is_example=True).exists():
        return {}
    bruno, begun = people["Bruno"], at - timedelta(days=20)
    measures = measures_by_code(home_strategy())
    facts = {
        "title": "Comment les structures et les élus se croisent-ils mieux ?",
        "question": f"Que manque-t-il pour que les projets de l’ESS arrivent à temps en commission ? {EXAMPLE}",
        "form": DialogueForm.COMMISSION, "state": DialogueState.OPEN, "measure": measures.get("4.3"),
        "event_date": timezone.localdate(at) + timedelta(days=30), "place": f"Salle des fêtes {EXAMPLE}",
    }  # fmt: skip
    dialogue = actions.open_dialogue(facts=facts, by=bruno, at=begun, is_example=True)
    _invite(dialogue, people, begun)
    _talk(dialogue, people, begun)
    actions.send_to_agenda(
        dialogue=dialogue, body=f"Commission économie {EXAMPLE}",
        meeting_date=timezone.localdate(at) + timedelta(days=45), by=bruno, at=at - timedelta(days=2),
    )  # fmt: skip
    return {"dialogues d’exemple": 1}


def _invite(dialogue: Dialogue, people: dict[str, User], at: datetime) -> None:
    for name, side, quality in (
        ("Alice", Side.SSE, "une association d’exemple"), ("Rachid", Side.AUTHORITY, "référent d’une communauté"),
    ):  # fmt: skip
        user = people[name]
        actions.add_participant(
            dialogue=dialogue, side=side, name=str(user), quality=f"{quality} {EXAMPLE}", email=user.email,
            by=people["Bruno"], at=at,
        )  # fmt: skip


def _talk(dialogue: Dialogue, people: dict[str, User], begun: datetime) -> None:
    circle, alice, rachid = circle_of_dialogue(dialogue), people["Alice"], people["Rachid"]
    talk = actions.open_thread(
        circle=circle, title="Par quoi commencer ?", by=alice, at=begun + timedelta(days=1),
        text=f"Nos demandes arrivent souvent après la réunion. Et si nous avions les dates six mois avant ? {EXAMPLE}",
    )  # fmt: skip
    actions.say(thread=talk, by=rachid, at=begun + timedelta(days=3),
                text=f"Les dates sont connues en janvier : je peux les donner ici. {EXAMPLE}")  # fmt: skip
    measure = dialogue.measure
    idea = actions.open_thread(
        circle=circle, kind=ThreadKind.IDEA, title="Une page des dates de commission", by=alice, measure=measure,
        at=begun + timedelta(days=4), text=f"Publier en janvier les dates des commissions. {EXAMPLE}",
    )  # fmt: skip
    actions.amend(
        thread=idea, by=rachid, at=begun + timedelta(days=6), seen=1, why="Ajoute le délai pour envoyer un dossier",
        text=f"Publier en janvier les dates des commissions, et le dernier jour pour envoyer un dossier. {EXAMPLE}",
    )  # fmt: skip
