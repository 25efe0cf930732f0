"""What one click on the invitation to a workshop does."""

from __future__ import annotations

from functools import partial

from maillage.governance import actions
from maillage.governance.enums import MeetingState, Reply
from maillage.governance.notices.meetings import facts_of
from maillage.governance.notices.workshops import invitation_of
from maillage.kernel.letters import Occasion, Page, Purpose

DAYS = 60
_THANKS = {
    Reply.COMING: ("Merci, à bientôt", "Vous êtes attendue, attendu. Dites-le à qui viendra avec vous."),
    Reply.CANNOT: ("Merci de nous l’avoir dit", "Le compte rendu sera sur la page de la réunion."),
    Reply.NOT_FOR_US: ("Merci de nous l’avoir dit", "Nous ne vous écrirons plus au sujet de cet atelier."),
}
_TITLES = {
    Reply.COMING: "« {name} » sera à l’atelier\u202f?",
    Reply.CANNOT: "« {name} » ne peut pas venir\u202f?",
    Reply.NOT_FOR_US: "Cet atelier n’est pas pour « {name} »\u202f?",
}


def digest(told: Occasion) -> str:
    """When and where, and whether it still stands: a link does not answer what its letter did not say."""
    found = invitation_of(told)
    return "" if found is None else f"{found.meeting.state} {found.meeting.sequence}"


def onward(told: Occasion) -> tuple[tuple[str, str], ...]:
    """The page of the meeting."""
    found = invitation_of(told)
    return (("Voir les instances", "/instances/"),) if found is None else (
        ("Voir la réunion", found.meeting.get_absolute_url()),
    )  # fmt: skip


def _describe(answer: Reply, told: Occasion) -> Page | None:
    found = invitation_of(told)
    if found is None or found.meeting.state != MeetingState.ANNOUNCED:
        return None
    said = tuple(f"{label}\u00a0: {value}" for label, value in facts_of(found.meeting, told.at))
    title = _TITLES[answer].format(name=found.organisation.name)
    return Page(title, (f"{found.meeting.title}.", *said), button=str(answer.label), links=onward(told))


def _say(answer: Reply, told: Occasion) -> Page:
    found = invitation_of(told)
    if found is None:
        return Page("Cette réunion n’existe plus", links=onward(told))
    try:
        actions.reply(invitation=found, answer=answer, at=told.at)
    except actions.GovernanceRefused as refusal:
        return Page("Rien n’a changé", (refusal.phrase,), links=onward(told))
    title, sentence = _THANKS[answer]
    return Page(title, (sentence,), links=onward(told))


WORKSHOP_PURPOSES = tuple(
    Purpose(
        key, days=DAYS, digest=digest, in_place_of=onward,
        describe=partial(_describe, answer), act=partial(_say, answer),
    )
    for key, answer in (
        ("governance.workshop_come", Reply.COMING),
        ("governance.workshop_cannot", Reply.CANNOT),
        ("governance.workshop_not_us", Reply.NOT_FOR_US),
    )
)  # fmt: skip
