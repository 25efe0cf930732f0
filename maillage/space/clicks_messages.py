"""The visitor's own address confirms a message: the page shows it, the button sends it."""

from __future__ import annotations

from maillage.kernel.letters import Occasion, Page, Purpose
from maillage.space import actions
from maillage.space.enums import MessageState
from maillage.space.notices_messages import message_of, name_of_reader


def _describe(told: Occasion) -> Page | None:
    message = message_of(told)
    if message is None or message.state != MessageState.WRITTEN or not message.words:
        return None
    words = (line for line in message.words.splitlines() if line.strip())
    return Page(
        f"Votre message à {name_of_reader(message)}", tuple(words), button="Envoyer ce message",
    )  # fmt: skip


def _send(told: Occasion) -> Page:
    message = message_of(told)
    if message is None:
        return Page("Ce message n’est plus là")
    try:
        actions.relay(message=message, at=told.at)
    except actions.MessageRefused as refusal:
        return Page("Rien n’est parti", (refusal.phrase,))
    return Page(
        "C’est parti",
        (f"{name_of_reader(message)} reçoit votre message. La réponse arrivera à {told.address}.",),
        links=_onward(told),
    )


def _onward(told: Occasion) -> tuple[tuple[str, str], ...]:
    message = message_of(told)
    if message is None or message.organisation is None:
        return (("Voir l’annuaire", "/annuaire/"),)
    return (("Voir la fiche", message.organisation.get_absolute_url()),)


MESSAGE_PURPOSES = (Purpose("space.send_message", days=2, describe=_describe, act=_send, in_place_of=_onward),)
