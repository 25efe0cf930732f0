"""The French wording of the room that several screens share, and what its refusals say."""

from __future__ import annotations

from datetime import date

from maillage.kernel.registry import FeedLine
from ui import french

EVERYWHERE = "country:FR"
EXAMPLE = "(donnée d’exemple)"

# The seven points of a match, by key.
POINTS = {
    "audience": "Pour qui",
    "theme": "Sujet",
    "place": "Lieu",
    "stage": "Moment",
    "type": "Ce qu’elle apporte",
    "amount": "Montant",
    "date": "Date",
}
YES = {
    "audience": "Elle est ouverte à des demandeurs comme vous.",
    "theme": "Elle porte sur votre sujet.",
    "place": "Elle couvre votre commune.",
    "stage": "Elle aide au moment où vous en êtes.",
    "type": "Elle apporte ce que vous cherchez.",
    "date": "Elle est ouverte toute l’année.",
}
NO = {
    "audience": "Elle est réservée à d’autres demandeurs.",
    "theme": "Elle porte sur d’autres sujets.",
    "place": "Elle couvre d’autres lieux.",
    "stage": "Elle aide à un autre moment du projet.",
    "type": "Elle apporte autre chose que ce que vous cherchez.",
}
UNKNOWN = {
    "audience": "La source ne dit pas pour qui.",
    "theme": "La source ne dit pas sur quels sujets.",
    "place": "La source ne dit pas où.",
    "stage": "La source ne dit pas à quel moment.",
    "type": "La source ne dit pas ce qu’elle apporte.",
    "amount": "La source ne dit pas de montant.",
    "date": "La source ne dit pas de date limite.",
}
NOT_SAID = {
    "audience": "Dites qui demande pour le savoir.",
    "theme": "Dites votre sujet pour le savoir.",
    "place": "Dites votre commune pour le savoir.",
    "stage": "Dites où en est le projet pour le savoir.",
    "type": "Dites ce que vous cherchez pour le savoir.",
}
YES_EVERYWHERE = "Elle couvre toute la France."
FINER_PLACE = "Elle vise des lieux précis\u00a0: vérifiez que le vôtre en est."
ANY_TYPE = "Vous n’avez pas de préférence."
GONE = "Sa source ne la propose plus."


def _euros(amount: int) -> str:
    return f"{french.number(amount)}{french.WIDE}€"


def closed_since(day: date) -> str:
    return f"Elle est fermée depuis le {french.day(day)}."


def open_until(day: date) -> str:
    return f"Elle est ouverte jusqu’au {french.day(day)}."


def opens_on(day: date) -> str:
    return f"Elle n’ouvre que le {french.day(day)}."


def too_much(most: int) -> str:
    return f"Votre montant dépasse son plafond, {_euros(most)}."


def too_little(least: int) -> str:
    return f"Elle commence à {_euros(least)}, plus que votre montant."


def bounds(least: int | None, most: int | None) -> str:
    if least is None or not least:
        return "" if most is None else f"Elle va jusqu’à {_euros(most)}."
    if most is None:
        return f"Elle commence à {_euros(least)}."
    return f"Elle va de {_euros(least)} à {_euros(most)}."


# What verbs refuse.
NO_NAME = "Donnez un nom à l’aide."
TOO_LONG = "Ce texte est trop long."
NOT_IN_LIST = "« {value} » n’est pas dans la liste."
NOT_A_PLACE = "« {value} » n’est pas un lieu connu\u00a0: choisissez-le dans la liste."
WRONG_URL = "Une adresse commence par https:// ou http://."
WRONG_RATE = "Un taux va de 0 à 100\u00a0%, le plus bas d’abord."
WRONG_AMOUNT = "Un montant est en euros entiers, le plus bas d’abord."
WRONG_DATES = "La date limite vient après l’ouverture."
NOTHING_SAID = "La source n’a rien dit de ce champ\u00a0: il n’y a rien à reprendre."
NEEDS_REASON = "Dites pourquoi\u00a0: vos collègues le liront."
MOVED = "Quelqu’un a changé cette aide entre-temps\u00a0: relisez-la, puis recommencez."
NOT_PUBLIC = "Cette aide est retirée\u00a0: remettez-la d’abord dans le catalogue."
NO_WORDS = "Dites en une ou deux lignes pourquoi cette aide est pour eux."
WORDS_TOO_LONG = "Trois cents signes au plus\u00a0: deux lignes suffisent."
NOBODY = "Choisissez au moins une structure."
NO_READER = "Donnez l’adresse à laquelle vous écrire."
WATCH_GONE = "Cette recherche n’est plus gardée."
LOST_TOO_MUCH = (
    "Le fichier a {lost} de moins que la dernière fois, sur {known}. Rien n’a été changé. Vérifiez le "
    "fichier\u00a0; s’il est bon, relancez avec --force."
)

CSV_COLUMNS = (
    "nom", "finance", "pour_qui", "apporte", "moment", "sujets", "ou", "appel_a_projets", "frequence", "ouverture",
    "date_limite", "taux_min", "taux_max", "montant_min", "montant_max", "page_de_la_source", "source", "lue_le",
    "donnee_exemple", "page",
)  # fmt: skip

_AID, _READING = "aids.aid", "aids.reading"
FEED = (
    FeedLine(_AID, "create_aid", "requests", "{who} a ajouté l’aide {what}"),
    FeedLine(_AID, "edit_aid", "requests", "{who} a corrigé l’aide {what}"),
    FeedLine(_AID, "restore_field", "requests", "{who} a repris les mots de la source pour {what}"),
    FeedLine(_AID, "withdraw_aid", "requests", "{who} a retiré l’aide {what}"),
    FeedLine(_AID, "put_back_aid", "requests", "{who} a remis l’aide {what}"),
    FeedLine(_AID, "push_aid", "requests", "{who} a signalé l’aide {what} à des structures"),
    FeedLine(_READING, "import_aids", "requests", "{who} a lu une source d’aides : {what}", "Aides lues : {what}"),
)
