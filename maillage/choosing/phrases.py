"""The French wording of the room that several screens share."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from maillage.kernel.registry import FeedLine
from ui import french

ADVISORY = "Ce vote est consultatif\u00a0: il éclaire la décision, il ne la prend pas."

# A ballot that cannot be counted.
CHOOSE_AN_ANSWER = "Choisissez une réponse."
OBJECTION_NEEDS_REASON = "Dites en une phrase ce qui vous gêne\u00a0: une objection se traite si l’on sait laquelle."
REASON_TOO_LONG = "Restez sous {most} signes."
NOT_A_BALLOT = "Ce bulletin n’est pas complet. Rechargez la page et recommencez."
UNKNOWN_OPTION = "Une proposition de ce bulletin n’existe pas. Rechargez la page et recommencez."
NOT_A_NUMBER = "Écrivez un nombre entier, 0 ou plus."
NO_DOT = "Donnez au moins un point\u00a0: vous en avez {dots} à répartir."
TOO_MANY_DOTS = "Vous avez donné {given}\u00a0points, et vous avez {dots}. Retirez-en."
NO_RANK = "Classez au moins une proposition\u00a0: écrivez 1 à côté de celle que vous préférez."
RANKED_TWICE = "Une proposition est classée deux fois."
SAME_RANK = "Les propositions {first} et {second} ont toutes les deux le rang {rank}. Donnez un rang à chacune."
MISSING_RANK = "Il y a un rang {rank} et pas de rang {missing}. Numérotez à la suite\u00a0: 1, 2, 3."
REASON = "Pourquoi\u00a0: {reason}"

# Preparing and opening.
NOT_A_DRAFT = "Cette consultation n’est plus un brouillon\u00a0: ce qui est demandé ne change plus."
MOVED = "Une ou un collègue a changé ce brouillon pendant que vous l’écriviez. Relisez ci-dessous, puis recommencez."
ENDS_BEFORE_START = "La fin vient après l’ouverture."
PAPER_BEFORE_END = "Les bulletins de papier se saisissent au plus tôt jusqu’à la fin du vote."
NO_ELECTORATE = "Choisissez qui vote."
FEW_OPTIONS = "Écrivez au moins deux propositions, une par ligne."
NO_OPTION_IN_CONSENT = "Un consentement porte sur la question elle-même\u00a0: laissez les propositions vides."
MANY_OPTIONS = "Restez à {most}\u00a0propositions au plus."
LONG_OPTION = "La proposition {letter} est trop longue\u00a0: {most}\u00a0signes au plus avant la barre."
SAME_OPTION = "Deux propositions disent la même chose\u00a0: {label}."
DOTS_WANTED = "Dites combien de points a chaque voix."
ENDS_IN_THE_PAST = "La fin du vote est déjà passée. Changez-la, puis ouvrez."
NOBODY_VOTES = "Personne ne pourrait voter\u00a0: aucune voix n’a été trouvée aujourd’hui."

# Voting.
OWN_VOICE = "la vôtre, dans le collège «\u00a0{college}\u00a0»"
NOT_YET = "Le vote n’est pas encore ouvert."
TOO_LATE = "Le vote est terminé. Votre bulletin n’a pas été pris."
CANCELLED = "Cette consultation est annulée."
NOT_A_VOICE = "Cette voix n’est pas dans la liste arrêtée à l’ouverture du vote."
NO_OPEN_COLLEGE = "Ce vote n’est pas ouvert aux habitantes et habitants."
VOTES_ALREADY_AS = "Cette adresse vote déjà au titre d’un mandat."
VOTED_UNLINKED = (
    "Cette voix a déjà voté. Le vote est secret\u00a0: rien ne relie un bulletin à une voix. Pour changer le vôtre, "
    "écrivez le code de votre reçu."
)
RECEIPT_UNKNOWN = "Aucun bulletin de ce vote n’a ce code. Vérifiez les seize signes."
RECEIPT_TAKEN = "Ce bulletin était préparé pour une autre voix. Rechargez la page et recommencez."

# The sheet of a position.
NOT_BY_COLLEGE = (
    "Le résultat n’est pas montré par collège\u00a0: le vote est secret, et l’un des collèges a trop peu de\
 bulletins pour qu’ils restent secrets."
)
NOBODY_IS_NAMED = "Le vote était secret\u00a0: personne n’est nommé, les structures non plus."
NO_SIGNATORY = "Aucune structure de l’annuaire ne l’a signée."

# Paper.
NO_PAPER_NOW = "Les bulletins de papier se saisissent entre l’ouverture du vote et le dépouillement."
SHEET_COUNTED = "La feuille {sheet} est déjà comptée."
WRONG_COLLEGE = "Choisissez un collège de cette consultation."
ELECTOR_WANTED = "Choisissez la voix\u00a0: ce collège a une liste."
ELECTOR_VOTED = "{who} a déjà un bulletin. Celui de papier ne compte pas."
NO_TICK_LEFT = "Il y a déjà autant de bulletins de papier que de voix cochées dans ce collège. Cochez d’abord la voix."
ALREADY_TICKED = "Cette voix a déjà voté."
NOTHING_TO_TICK = "On coche une voix pour un vote secret, dans un collège qui a une liste."
VOICE_OF_A_PERSON = "{who}, voix n°\u00a0{number}"
NEED_A_PERSON = "Une saisie est signée\u00a0: connectez-vous."

# Closing and deciding.
NOT_OVER = "Le vote n’est pas fini."
PAPERS_WAIT = "Des feuilles attendent leur deuxième saisie, ou ne concordent pas. Le dépouillement peut attendre\
 jusqu’au {until}."
NOT_OPEN = "Cette consultation n’est pas ouverte."
NOT_CLOSED = "On décide une fois le résultat connu, et une seule fois."
DECISION_WANTED = "Écrivez ce qui est décidé."
FOLLOWING_WANTED = "Dites comment le collège «\u00a0{college}\u00a0» est suivi\u00a0: son résultat n’est pas celui de\
 l’ensemble."
WHY_WANTED = "Dites pourquoi le collège «\u00a0{college}\u00a0» n’est pas suivi, ou pas entièrement."
CANCEL_REASON_WANTED = "Dites pourquoi\u00a0: les personnes invitées à voter le liront."
CANNOT_CANCEL = "Une consultation close ne s’annule pas\u00a0: son résultat reste."

FEED = (
    FeedLine("choosing.consultation", "draft", "choices", "{who} a préparé la consultation {what}"),
    FeedLine("choosing.consultation", "revise", "choices", "{who} a changé le brouillon de {what}"),
    FeedLine("choosing.consultation", "open", "choices", "{who} a ouvert la consultation {what}"),
    FeedLine("choosing.consultation", "type_paper", "choices", "{who} a saisi un bulletin de papier pour {what}"),
    FeedLine("choosing.consultation", "tick_paper", "choices", "{who} a coché une voix sur papier pour {what}"),
    FeedLine(
        "choosing.consultation", "close", "choices", "{who} a dépouillé {what}", "Le dépouillement de {what} est fait"
    ),
    FeedLine("choosing.consultation", "decide", "choices", "{who} a écrit la décision sur {what}"),
    FeedLine("choosing.consultation", "cancel", "choices", "{who} a annulé {what}"),
    FeedLine("choosing.elector", "cast", "choices", "{who} a déposé le bulletin de {what}", "Un bulletin est déposé"),
)  # fmt: skip


def dots_words(number: int) -> str:
    """« 1 point », « 3 points »."""
    return french.plural(number, "point")


def papers_wait(until: datetime) -> str:
    """Why one does not count yet."""
    return PAPERS_WAIT.format(until=french.moment(until, today=timezone.localdate()))


MOST_DOTS = "Vous avez {dots} en tout."
TITLES = {
    "consent": "Dites si vous êtes d’accord",
    "dots": "Répartissez vos points",
    "ranking": "Classez les propositions",
}
METHODS = {
    "consent": "Chaque voix dit si elle est d’accord, d’accord avec une réserve, ou si elle a une objection. Une seule "
    "objection suffit pour que le consentement ne soit pas acquis\u00a0: on la traite.",
    "dots": "Chaque voix a {dots} à répartir comme elle veut, plusieurs sur la même proposition si elle y tient. "
    "On additionne.",
    "ranking": "Chaque voix classe les propositions qu’elle veut, 1 pour celle qu’elle préfère. On compte de deux "
    "façons\u00a0: par duels, et par éliminations successives.",
}


def method_words(method: str, dots: int | None) -> str:
    """How one answers and how it is counted."""
    return METHODS[method].format(dots=dots_words(dots or 0))


MISMATCH = (
    "les deux saisies ne disent pas la même chose. Relisez la feuille\u00a0: chacun peut corriger sa saisie. "
    "Elle ne compte pas encore."
)

THEME_REFUSED = "Le thème « {theme} » ne peut pas être mis au vote : {why}"
NO_SUCH_THEME = "Un de ces thèmes n’est plus à voter : choisissez dans la liste."
WRONG_CHOICE = "Une proposition retenue n’est pas de ce vote."
CANCELLED_VOTE = "Le vote est annulé : {reason}"
LEFT_PAPERS = (
    "feuille de papier n’a pas été saisie deux fois pareil\u00a0: elle n’est pas comptée.",
    "feuilles de papier n’ont pas été saisies deux fois pareil\u00a0: elles ne sont pas comptées.",
)
