"""What one click on the letters about meetings and actions does."""

from __future__ import annotations

from maillage.governance import actions
from maillage.governance.enums import LIVE_ACTIONS, ActionState, MeetingState
from maillage.governance.notices.actions import action_of
from maillage.governance.notices.meetings import facts_of, meeting_of, reader_of
from maillage.kernel.letters import Occasion, Page, Purpose

OWN = (("Mes instances", "/moi/instances/"),)


def meeting_digest(told: Occasion) -> str:
    """When and where, and whether it still stands: a link does not answer what its letter did not say."""
    meeting = meeting_of(told)
    return "" if meeting is None else f"{meeting.state} {meeting.sequence}"


def onward(told: Occasion) -> tuple[tuple[str, str], ...]:
    """The page of the meeting, when everybody may read it; one's own page."""
    meeting = meeting_of(told)
    if meeting is None or not meeting.is_public or meeting.state == MeetingState.CHOOSING:
        return OWN
    return (("Voir la réunion", meeting.get_absolute_url()), *OWN)


def _describe(told: Occasion, title: str, button: str) -> Page | None:
    meeting = meeting_of(told)
    if meeting is None or meeting.state != MeetingState.ANNOUNCED or reader_of(told, meeting) is None:
        return None
    said = tuple(f"{label}\u00a0: {value}" for label, value in facts_of(meeting, told.at))
    return Page(title.format(meeting=meeting.title), said, button=button, links=onward(told))


def _say(told: Occasion, *, is_coming: bool) -> Page:
    meeting = meeting_of(told)
    member = None if meeting is None else reader_of(told, meeting)
    if meeting is None or member is None:
        return Page("Rien n’a changé", links=OWN)
    try:
        actions.say_presence(meeting=meeting, member=member, is_coming=is_coming, at=told.at)
    except actions.GovernanceRefused as refusal:
        return Page("Rien n’a changé", (refusal.phrase,), links=onward(told))
    if is_coming:
        return Page("Merci, à bientôt", ("Vous êtes attendue, attendu.",), links=onward(told))
    return Page(
        "Merci de nous l’avoir dit",
        ("Vous êtes excusée, excusé. Pour donner un pouvoir à quelqu’un, connectez-vous à votre page.",),
        links=onward(told),
    )


# Actions.


def action_digest(told: Occasion) -> str:
    """Where the action stands, unless news only: « en cours » does not close the other buttons."""
    action = action_of(told)
    return "" if action is None else f"{action.state in LIVE_ACTIONS} {action.text} {action.due_date}"


def _describe_action(told: Occasion, title: str, button: str) -> Page | None:
    action = action_of(told)
    if action is None or action.state not in LIVE_ACTIONS:
        return None
    return Page(title, (action.text,), button=button, links=OWN)


def _answer(told: Occasion, state: ActionState, news: str, title: str) -> Page:
    action = action_of(told)
    if action is None:
        return Page("Cette action n’existe plus", links=OWN)
    try:
        actions.answer_action(action=action, state=state, news=news, at=told.at)
    except actions.GovernanceRefused as refusal:
        return Page("Rien n’a changé", (refusal.phrase,), links=OWN)
    return Page(title, (action.text,), links=OWN)


MEETING_PURPOSES = (
    Purpose(
        "governance.come", days=120, digest=meeting_digest, in_place_of=onward,
        describe=lambda told: _describe(told, "Venir à «\u00a0{meeting}\u00a0»", "Je viens"),
        act=lambda told: _say(told, is_coming=True),
    ),
    Purpose(
        "governance.excuse", days=120, digest=meeting_digest, in_place_of=onward,
        describe=lambda told: _describe(told, "Ne pas venir à «\u00a0{meeting}\u00a0»", "Je m’excuse"),
        act=lambda told: _say(told, is_coming=False),
    ),
    Purpose("governance.poll", days=60, is_single_use=False, in_place_of=onward, page="governance:poll_by_letter"),
    Purpose(
        "governance.calendar", days=120, is_single_use=False, in_place_of=onward, page="governance:calendar_by_letter"
    ),
    Purpose("governance.papers", days=400, is_single_use=False, in_place_of=onward, page="governance:papers_by_letter"),
    Purpose(
        "governance.action_done", days=120, digest=action_digest, in_place_of=lambda told: OWN,
        describe=lambda told: _describe_action(told, "C’est fait\u202f?", "Oui, c’est fait"),
        act=lambda told: _answer(told, ActionState.DONE, "", "Merci, c’est noté\u00a0: l’action est faite"),
    ),
    Purpose(
        "governance.action_under_way", days=120, digest=action_digest, in_place_of=lambda told: OWN,
        describe=lambda told: _describe_action(told, "C’est en cours\u202f?", "Oui, c’est en cours"),
        act=lambda told: _answer(told, ActionState.OPEN, "", "Merci, c’est noté\u00a0: l’action est en cours"),
    ),
    Purpose(
        "governance.action_stuck", days=120, digest=action_digest, in_place_of=lambda told: OWN,
        page="governance:stuck_by_letter",
    ),
)  # fmt: skip
