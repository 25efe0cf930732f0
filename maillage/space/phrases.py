"""The French wording of the room that several screens share."""

from __future__ import annotations

from datetime import date

from maillage.kernel.registry import FeedLine
from maillage.kernel.text import fold
from ui import french

_SHEET, _MISSING, _PERSON = "directory.organisation", "space.missingactor", "accounts.user"
FEED = (
    FeedLine(_SHEET, "open_claim", "requests", "Quelqu’un demande à tenir la fiche de {what}"),
    FeedLine(_SHEET, "decide_claim", "requests", "{who} a décidé qui tient la fiche de {what}"),
    FeedLine(_SHEET, "withdraw_claim", "requests", "Une demande de reprise est retirée : {what}"),
    FeedLine(_SHEET, "propose", "requests", "{who} propose de corriger {what}",
             "Quelqu’un propose de corriger {what}"),
    FeedLine(_SHEET, "decide_suggestion", "requests", "{who} a décidé d’une proposition pour {what}"),
    FeedLine(_MISSING, "propose", "requests", "{who} dit qu’une structure manque\u00a0: {what}",
             "Quelqu’un dit qu’une structure manque\u00a0: {what}"),
    FeedLine(_MISSING, "decide_missing", "requests", "{who} a décidé d’une structure proposée\u00a0: {what}"),
    FeedLine(_SHEET, "relay", "mail", "Un message est transmis à {what}"),
    FeedLine(_PERSON, "relay", "mail", "Un message est transmis à {what}"),
    FeedLine(_SHEET, "admit", "people", "{who} fait entrer quelqu’un dans {what}", "Quelqu’un tient {what}"),
    FeedLine(_SHEET, "invite", "people", "{who} invite quelqu’un à tenir {what}"),
    FeedLine(_SHEET, "hand_over", "people", "{who} passe la main pour {what}"),
    FeedLine(_SHEET, "leave", "people", "{who} quitte {what}", "Quelqu’un quitte {what}"),
    FeedLine(_SHEET, "remove_member", "people", "{who} retire quelqu’un de {what}"),
    FeedLine(_PERSON, "put_portrait", "people", "{who} montre son portrait sur la page des référents"),
    FeedLine(_PERSON, "withdraw_portrait", "people", "{who} retire son portrait de la page des référents"),
)  # fmt: skip
PUBLIC, KEPT, LATER = "Public", "Gardé pour nous", "Public dès que la fiche sera publiée"
BY_MEMBERS = "{name}, par ses membres"
BY_LETTER = "La structure, par sa lettre"
PROPOSED = "Proposition"  # how the title of the source of an accepted suggestion begins
PICTURE_CONSENT = "Accord des personnes reconnaissables confirmé"
PORTRAIT_CONSENT = "Accord pour que ce portrait soit public"
PORTRAIT_SHOWN = "C’est enregistré\u00a0: votre portrait se voit sur la page des référents."
PORTRAIT_WITHDRAWN = "Votre portrait est retiré, et son fichier effacé."
TEAM, OFFICER = "l’équipe du territoire", "la personne référente de l’intercommunalité"
LETTER, SITE, FORMER = "la réponse à votre lettre", "le site", "une personne qui a quitté votre structure"
YOU = "vous"
SAVED = "C’est enregistré."
TOO_HEAVY = {
    "title": "Cette image est trop lourde",
    "message": "Elle dépasse 8\u00a0Mo. Rien n’a été enregistré.",
    "todo": "Réduisez-la, ou choisissez-en une autre, puis revenez en arrière.",
}
NOT_THEIRS = "Cet acte touche autre chose que ce que vous pouvez changer\u00a0: demandez à l’équipe du territoire."
MOVED = "La fiche a changé pendant que vous lisiez\u00a0: regardez, puis décidez de nouveau."
# In the list behind the figure of messages.
TO_OFFICERS = "Référentes et référents des communautés de communes"


def origin_words(kind: str, title: str, on: date) -> str:
    """Where a value comes from, told to the organisation's own people. kind: of kernel.Source."""
    day = french.day(on)
    if kind == "owner":
        return f"Dit par vous le {day}"
    if kind == "person":
        return f"Proposé par un tiers, accepté le {day}" if title.startswith(PROPOSED) else f"Dit par {TEAM} le {day}"
    if kind == "computed":
        return f"Calculé le {day}"
    return f"Vient de\u00a0: {title}, {day}"


def agreement_of(name: str) -> str:
    """« l’accord d’Alice », « l’accord de Bruno »; the team's when nobody is named."""
    return f"l’accord {_of(name or TEAM)}"


def portrait_of(name: str) -> str:
    """« Portrait de Rachid Exemple », « Portrait d’Édith Exemple »; of somebody without a name, of their part."""
    return f"Portrait {_of(name or 'la personne référente')}"


def _of(who: str) -> str:
    return f"d’{who}" if fold(who)[:1] in set("aeiouh") else f"de {who}"


def not_saved(faults: list[str]) -> str:
    """What a change saved as one goes was refused for."""
    return f"Pas enregistré. {' '.join(faults)} Appuyez sur « Enregistrer » pour voir où."
