"""Letters about actions: what you have to do, then whether it is done, along a ladder of reminders."""

from __future__ import annotations

from maillage.governance.enums import LIVE_ACTIONS
from maillage.governance.models import Action
from maillage.kernel.letters import Button, Content, Ladder, LetterKind, Occasion, Pace, Step
from ui import french

LADDER = "governance.action"
BUTTONS = (
    Button("C’est fait", purpose="governance.action_done"),
    Button("C’est en cours", purpose="governance.action_under_way"),
    Button("C’est bloqué", purpose="governance.action_stuck"),
)


def action_of(told: Occasion) -> Action | None:
    """The action that the letter speaks of."""
    return Action.objects.select_related("body", "meeting", "owner").filter(pk=told.object_id or 0).first()


def _letter(text: str, body: str, meeting: str, day: str, is_reminder: bool) -> Content:
    first = (
        "Où en est cette action\u202f? Un bouton suffit, sans mot de passe."
        if is_reminder
        else f"À la réunion «\u00a0{meeting}\u00a0» de « {body} », cette action vous a été confiée."
    )
    return Content(
        title=f"{'Où en est' if is_reminder else 'À faire'}\u00a0: {text}",
        sentences=(first,),
        facts=(("Action", text), ("Pour le", day)),
        buttons=BUTTONS,
    )


def is_over(told: Occasion) -> bool:
    """Done, dropped, or gone."""
    action = action_of(told)
    return action is None or action.state not in LIVE_ACTIONS


def _write_first(told: Occasion) -> Content | None:
    return _write(told, is_reminder=False)


def _write_reminder(told: Occasion) -> Content | None:
    return _write(told, is_reminder=True)


def _write(told: Occasion, *, is_reminder: bool) -> Content | None:
    action = action_of(told)
    if action is None or action.state not in LIVE_ACTIONS:
        return None
    return _letter(action.text, action.body.name, action.meeting.title, french.day(action.due_date), is_reminder)


_SAMPLE = ("Écrire aux mairies", "Le collectif (exemple)", "Rencontre d’hiver", "12 janvier 2027")
ACTION_LETTERS = (
    LetterKind("governance.action", "Action confiée", _write_first, lambda: _letter(*_SAMPLE, False),
               pace=Pace.ALONE, awaits_answer=True),
    LetterKind("governance.action_reminder", "Où en est une action", _write_reminder,
               lambda: _letter(*_SAMPLE, True), awaits_answer=True, pace=Pace.ALONE),
)  # fmt: skip
# Counted from a week before the day: a week before, the eve, three days after, then somebody calls.
ACTION_LADDERS = (
    Ladder(
        LADDER,
        "Action d’une instance",
        is_over=is_over,
        steps=(
            Step(0, kind="governance.action_reminder"),
            Step(6, kind="governance.action_reminder"),
            Step(10, kind="governance.action_reminder"),
            Step(17, todo="Appeler\u00a0: une action d’une instance est en retard, sans nouvelles"),
        ),
    ),
)
