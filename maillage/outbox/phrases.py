"""The French wording of the outbox: one file an editor can proofread."""

from __future__ import annotations

from maillage.kernel.registry import FeedLine

FEED = (
    FeedLine("outbox.mailbox", "stop", "mail", "Une adresse ne reçoit plus nos lettres"),
    FeedLine("outbox.mailbox", "resume", "mail", "{who} rouvre une adresse arrêtée"),
    FeedLine("outbox.todo", "do", "calls", "{who} a fait : {what}"),
    FeedLine("outbox.todo", "undo", "calls", "{who} remet à faire : {what}"),
)
ADDRESS_REFUSED = (
    "Cette adresse électronique n’est pas complète, ou contient un signe que nous ne pouvons pas utiliser."
)
LETTER_MOVED = "Cette lettre a changé d’état entre-temps : regardez-la de nouveau."
LETTER_CARRIED = (
    "Cette lettre est regroupée avec d’autres : c’est la lettre groupée que l’on retient ou que l’on annule."
)

WRITTEN_BY_LINK = "Lien d’une lettre"
DEAD_LETTER = "« {label} » n’a pas pu partir : corriger l’adresse, ou téléphoner."
DEAD_ADDRESS = "Une adresse ne reçoit plus nos lettres : la corriger, ou téléphoner."

GATHERED_TITLE_ANSWERS = "Ce qui attend votre réponse"
GATHERED_TITLE = "Votre lettre, {territory}"
GATHERED_LEAD = "Voici ce que nous avions à vous dire, en une seule lettre."
GATHERED_LEAD_ANSWERS = (
    "Voici ce que nous avions à vous dire, en une seule lettre. Ce qui attend votre réponse vient d’abord."
)

SIGNED_BY_TEAM = "L’équipe du territoire"
PREFERENCES_LABEL = "Choisir quand et sur quoi nous vous écrivons"
UNSUBSCRIBE_LABEL = "Ne plus recevoir ces lettres"
UNSUBSCRIBE_EVERYTHING_LABEL = "Ne plus recevoir que l’indispensable"

EVERYTHING = "tout ce qui n’est pas indispensable"

# How a link that does nothing any more is told: title, sentences.
LINK_UNKNOWN = (
    "Ce lien n’est pas complet",
    "Votre messagerie l’a peut-être coupé en deux. Recopiez-le en entier, ou ouvrez la lettre de nouveau.",
)
LINK_USED = (
    "C’est déjà fait",
    "Vous avez déjà utilisé ce lien : il n’agit qu’une fois. Votre réponse est enregistrée.",
)
LINK_EXPIRED = ("Ce lien n’est plus valable", "La lettre date un peu trop. Rien n’a été changé.")
LINK_OVERTAKEN = (
    "Les choses ont changé depuis cette lettre",
    "Quelqu’un a déjà répondu, ou la fiche a été modifiée depuis. Rien n’a été changé par ce lien.",
)
LINK_VERDICTS = {
    "unknown": LINK_UNKNOWN,
    "used": LINK_USED,
    "expired": LINK_EXPIRED,
    "overtaken": LINK_OVERTAKEN,
}

VERBS = {
    "hold": "Retenue",
    "release": "Remise en route",
    "send_now": "Envoi demandé",
    "cancel": "Annulation",
    "settle": "Dite partie",
    "send_again": "Renvoi demandé",
    "stop": "Adresse arrêtée",
    "resume": "Adresse reprise",
    "set_preferences": "Choix de lecture",
    "follow_link": "Lien suivi",
    "do": "Faite",
}
