"""Letters of a relayed message: is it you who writes? then the words themselves."""

from __future__ import annotations

from datetime import timedelta

from maillage.kernel.letters import Button, Content, LetterKind, Occasion, Pace
from maillage.space.enums import MessageState
from maillage.space.models import RelayedMessage


def message_of(told: Occasion) -> RelayedMessage | None:
    found = RelayedMessage.objects.select_related("organisation", "officer").filter(pk=told.object_id or 0)
    return found.first()


def name_of_reader(message: RelayedMessage) -> str:
    """« Le Fil vert », « Rachid Exemple », or a plain word when the reader left."""
    return str(message.organisation or message.officer or "une personne qui n’est plus là")


def _ask(reader: str) -> Content:
    return Content(
        title=f"Confirmez votre message à {reader}",
        sentences=(
            f"Vous, ou quelqu’un avec votre adresse, avez écrit à {reader} depuis l’annuaire du territoire.",
            "Un bouton suffit, et votre message part. La réponse vous arrivera directement à cette adresse.",
            "Ce n’est pas vous\u202f? Laissez cette lettre\u00a0: rien ne partira.",
        ),
        buttons=(Button("Relire et envoyer mon message", purpose="space.send_message"),),
    )


def _write_ask(told: Occasion) -> Content | None:
    message = message_of(told)
    if message is None or message.state != MessageState.WRITTEN or not message.words:
        return None
    return _ask(name_of_reader(message))


def _relayed(reader: str, name: str, email: str, words: str) -> Content:
    paragraphs = tuple(" ".join(line.split()) for line in words.splitlines() if line.strip())
    return Content(
        title=f"{name} vous écrit",
        sentences=(
            (
                f"{name} a écrit à {reader} depuis l’annuaire du territoire. Votre adresse reste chez nous\u00a0: "
                "répondez à cette lettre, et votre réponse lui parviendra."
            ),
            *paragraphs,
        ),
        facts=(("De", name), ("Pour lui répondre", email)),
        reply_to=email,
    )


def _write_relayed(told: Occasion) -> Content | None:
    message = message_of(told)
    if message is None or not message.words:
        return None
    return _relayed(name_of_reader(message), message.name, message.email, message.words)


MESSAGE_LETTERS = (
    LetterKind("space.message_confirm", "Message à confirmer", _write_ask, lambda: _ask("Le Fil vert (exemple)"),
               pace=Pace.ALONE, valid_for=timedelta(days=2)),
    LetterKind("space.message", "Message transmis", _write_relayed,
               lambda: _relayed("Le Fil vert (exemple)", "Chloé Exemple", "chloe@exemple.test",
                                "Bonjour, prenez-vous les vieux vélos\u202f? J’en ai trois."),
               pace=Pace.ALONE, is_secret=True),
)  # fmt: skip
