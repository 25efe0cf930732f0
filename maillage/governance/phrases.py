"""The French wording of the room: refusals, feed, paper."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from maillage.kernel.registry import FeedLine
from maillage.kernel.text import fold
from ui import french

MOVED = (
    "Quelqu’un a changé cette page pendant que vous écriviez. Relisez-la, puis recommencez\u00a0: rien n’a été écrit."
)
SLUG_TAKEN = "Une autre instance a déjà cette adresse\u00a0: changez le nom ou l’adresse."
FOR_MEMBERS_ONLY = "Réunion réservée aux membres"
ONE_COLLECTIVE = "Le territoire a déjà son collectif."
CHARTER_UNDATED = "Une charte a un texte et une date\u00a0: donnez les deux, ou aucun."
COLLEGE_TAKEN = "Ce collège existe déjà."
COLLEGE_HELD = "Des membres siègent dans ce collège\u00a0: placez-les d’abord ailleurs."
WRONG_COLLEGE = "Ce collège est celui d’une autre instance."
ALREADY_MEMBER = "Cette personne est déjà membre de l’instance à cette date."
ADDRESS = "Nous ne pouvons pas écrire à cette adresse."
ENDS_BEFORE_START = "La fin vient avant le début."
CHARTER_FIRST = "Lisez la charte, puis cochez la case pour dire que vous l’acceptez."
NOT_OPEN = "On entre dans cette instance autrement\u00a0: écrivez à l’équipe du territoire."
ALREADY_ASKED = "Cette structure a déjà demandé à entrer\u00a0: une réponse vous sera envoyée."
ALREADY_IN = "Cette structure siège déjà dans l’instance."
DECIDED = "Cette demande est déjà décidée."
NEEDS_REASON = "Dites pourquoi\u00a0: la structure le lira."

NO_OPTION = "Proposez au moins une date, ou fixez-la tout de suite."
TOO_MANY_OPTIONS = "Dix dates au plus\u00a0: au-delà, personne ne répond."
OPTION_PAST = "Cette date est déjà passée."
OPTION_TWICE = "Cette date est proposée deux fois."
OPTION_FOREIGN = "Cette date n’est pas l’une de celles de la réunion."
NOT_CHOOSING = "La date de cette réunion est déjà fixée, ou la réunion est annulée."
REPLY_TOO_LATE = "Cette réunion a commencé, ou n’aura pas lieu\u00a0: la réponse n’est plus attendue."
WORKSHOP_GUESTS = "Choisissez au moins une structure à inviter, et {most} au plus."
WORKSHOP_HOST = "Un atelier se tient dans le collectif ou dans un groupe de travail."
WORKSHOP_PLACE = "Dites où l’on se retrouve\u00a0: la lettre le dit aux structures."
CHOSEN_BY_TEAM = "L’équipe du territoire a pensé à vous."
NOT_ANNOUNCED = "Cette réunion n’est pas, ou n’est plus, annoncée."
NOT_STARTED = "Cette réunion n’a pas encore commencé\u00a0: elle ne peut pas être dite tenue."
NOBODY_PRESENT = "Cochez d’abord qui était là\u00a0: une réunion sans personne ne s’est pas tenue."
TOO_LATE_TO_CANCEL = "Une réunion tenue ne s’annule pas."
CANCEL_REASON = "Dites pourquoi\u00a0: les membres le liront."
AGENDA_CLOSED = "L’ordre du jour est fermé\u00a0: la réunion est passée ou annulée."
ITEM_HELD = "Ce point porte déjà un compte rendu, une décision ou une action\u00a0: il ne se retire plus."
NO_PROXY = "Un pouvoir se donne quand on est excusé."
PROXY_ITSELF = "On ne se donne pas un pouvoir à soi-même."
PROXY_COLLEGE = "Un pouvoir se donne à une personne du même collège."
PROXY_FULL = "Cette personne porte déjà {most}\u00a0: choisissez-en une autre."
PROXY_AWAY = "Cette personne est elle-même excusée ou absente\u00a0: choisissez-en une autre."
NOT_MEMBER = "Cette personne n’est pas membre de l’instance ce jour-là."
WRONG_CODE = "Ce n’est pas le code de cette réunion. Il a six lettres\u00a0: demandez-le dans la salle."
OUT_OF_HOURS = "On signe sa présence pendant la réunion seulement."
UNKNOWN_HERE = (
    "Nous ne trouvons pas cette adresse parmi les membres. Vérifiez-la, ou signez la feuille de papier\u00a0: "
    "l’équipe vous ajoutera."
)
ATTENDANCE_CLOSED = "Les présences de cette réunion sont fermées."
NOT_HELD = "Le compte rendu s’écrit quand la réunion s’est tenue."
VALIDATED_ALREADY = "Ce compte rendu est validé\u00a0: il ne change plus."
NO_MINUTES = "Rien n’est encore écrit\u00a0: un compte rendu se valide quand chaque point dit ce qui s’y est passé."
EMPTY_ITEMS = "Il manque ce qui s’est dit à ces points\u00a0: {titles}."
NO_ITEMS = "La réunion n’a aucun point à l’ordre du jour\u00a0: ajoutez-en un, et écrivez ce qui s’y est dit."
ACTION_OWNER = "Une action a une personne et un jour."
ACTION_PAST = "Le jour de l’action vient avant la réunion."
STUCK_REASON = "Dites ce qui bloque\u00a0: c’est ainsi que l’on peut vous aider."
ACTION_OVER = "Cette action est déjà {state}."
NOT_YOURS = "Cette action est celle de quelqu’un d’autre."
NOT_KEPT_NOTE = "Dites en quelques mots pourquoi elle n’est pas tenue."

FOLLOW_UP = "Où en sont les actions et les décisions d’avant"

FEED = (
    FeedLine("governance.body", "open_body", "strategy", "{who} a ouvert l’instance {what}"),
    FeedLine("governance.body", "revise_body", "strategy", "{who} a changé l’instance {what}"),
    FeedLine("governance.body", "admit_member", "people", "{who} a ajouté un membre à {what}",
             "Une personne est entrée dans {what}"),
    FeedLine("governance.body", "revise_member", "people", "{who} a changé le mandat d’un membre de {what}"),
    FeedLine("governance.body", "end_member", "people", "{who} a fini le mandat d’un membre de {what}",
             "Une personne a quitté {what}"),
    FeedLine("governance.body", "ask_to_join", "requests", "{who} demande l’entrée d’une structure dans {what}"),
    FeedLine("governance.body", "decide_join", "requests", "{who} a décidé d’une demande d’entrée dans {what}"),
    FeedLine("governance.meeting", "propose_dates", "strategy", "{who} a proposé des dates pour {what}"),
    FeedLine("governance.meeting", "announce", "strategy", "{who} a annoncé la réunion {what}"),
    FeedLine("governance.meeting", "revise_meeting", "strategy", "{who} a changé la réunion {what}"),
    FeedLine("governance.meeting", "cancel_meeting", "strategy", "{who} a annulé la réunion {what}"),
    FeedLine("governance.meeting", "hold", "strategy", "{who} a dit tenue la réunion {what}"),
    FeedLine("governance.meeting", "finish_minutes", "strategy", "{who} a écrit le compte rendu de {what}"),
    FeedLine("governance.meeting", "validate", "strategy", "{who} a validé le compte rendu de {what}"),
    FeedLine("governance.meeting", "decide", "strategy", "{who} a écrit une décision de {what}"),
    FeedLine("governance.meeting", "entrust", "strategy", "{who} a confié une action décidée à {what}"),
    FeedLine("governance.meeting", "add_item", "strategy", "{who} a ajouté un point à {what}"),
    FeedLine("governance.meeting", "invite", "strategy", "{who} a invité des structures à {what}"),
    FeedLine("governance.meeting", "reply", "requests", "{who} a répondu à l’invitation à {what}",
             "Une structure a répondu à l’invitation à {what}"),
    FeedLine("governance.action", "answer_action", "strategy", "{who} a donné des nouvelles de l’action {what}",
             "L’action {what} a des nouvelles"),
    FeedLine("governance.decision", "follow_decision", "strategy", "{who} a dit la suite de la {what}"),
)  # fmt: skip
NO_DAY_YET = "Choisissez d’abord la date de la réunion : le dialogue est envoyé pour un jour."
NO_SERIES = "Une série a de deux à douze dates."


def of_place(name: str) -> str:
    """« de Péronne », « d’Allaines », « du Ronssoy », « des Hauts »: as one says how far it is."""
    for article, said in (("Le ", "du "), ("Les ", "des ")):
        if name.startswith(article):
            return f"{said}{name.removeprefix(article)}"
    return f"d’{name}" if fold(name)[:1] in set("aeiouh") else f"de {name}"


def saved_at(moment: datetime) -> str:
    """« Enregistré à 10 h 12 »."""
    return f"Enregistré à {french.time(timezone.localtime(moment))}."


def not_saved(faults: list[str]) -> str:
    """Why what is being typed was not saved by itself."""
    return f"Pas enregistré. {' '.join(faults)} Appuyez sur « Enregistrer ce point » pour voir les deux textes."
