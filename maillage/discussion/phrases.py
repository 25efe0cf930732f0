"""The French words of the room, beside its letters (`notices`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from maillage.kernel.registry import FeedLine

CLOSED = "Ce fil est fermé : on peut le lire, plus y écrire."
GONE = "Ce message n’est plus là."
HIDDEN = "Ce message est masqué : il ne se change plus."
MOVED = "Ce message a changé pendant que vous écriviez. Relisez-le, puis enregistrez de nouveau."
NOT_AN_IDEA = "Seul le texte d’une idée s’amende."
IDEA_MOVED = "Quelqu’un a amendé cette idée pendant que vous écriviez. Relisez la dernière version, puis recommencez."
SAME_TEXT = "Ce texte est le même que celui d’avant."
EMPTY = "Écrivez quelque chose."
TOO_LONG = "C’est trop long : {most} signes au plus. Déposez plutôt un fichier."
NEEDS_REASON = "Dites pourquoi : l’auteur du message le lira."
HIDDEN_ALREADY = "Ce message est déjà masqué."
NOT_HIDDEN = "Ce message n’est pas masqué."

SAME_NAME = "Un fichier porte déjà ce nom ici. Déposez une nouvelle version, ou donnez un autre nom."
SAME_FILE = "Ce fichier est déjà là, à l’identique."
FULL = "Ce cercle garde déjà 500 Mo de fichiers. Retirez-en un qui ne sert plus, puis recommencez."
FILE_GONE = "Ce fichier n’est plus là : quelqu’un vient de le retirer."
UNKNOWN_FILE = "Ce fichier n’est plus sur le serveur."

SIGN_IN_TO_READ = "Ce fichier est réservé aux membres. Connectez-vous pour le lire."
NOT_A_MEMBER = (
    "Cet espace est réservé à ses membres, et votre compte n’en fait pas partie. "
    "Si vous devriez y entrer, écrivez à l’équipe du territoire."
)
READ_ONLY = "Vous pouvez lire ici, pas y écrire."
NOT_YOURS = "On ne change que ses propres messages."
NOT_MODERATOR = "Seules les personnes qui animent ce cercle peuvent faire cela."
NOT_DEPOSITOR = "Seule la personne qui l’a déposé, ou qui anime ce cercle, retire un fichier."
DIALOGUE_CLOSED = "Ce dialogue est terminé : ses échanges se lisent encore."
DIALOGUE_MOVED = "Quelqu’un a changé ce dialogue pendant que vous écriviez. Relisez-le, puis enregistrez de nouveau."
NEEDS_SYNTHESIS = "Pour terminer un dialogue, écrivez d’abord sa synthèse."
SLUG_TAKEN = "Un dialogue porte déjà ce titre."
PERSON_TWICE = "Cette personne prend déjà part au dialogue."
NO_ACCOUNT = "Aucun compte ouvert n’a cette adresse. Laissez-la vide, ou créez d’abord le compte."
ON_AGENDA = "Ce dialogue est déjà à l’ordre du jour de cette réunion."
OUTCOME_BEFORE = "La suite ne peut pas être donnée avant la réunion."
OUTCOME_TOMORROW = "La suite ne peut pas dater d’un jour à venir."
DRAFT_TO_AGENDA = "Ouvrez d’abord le dialogue : personne ne le voit encore."

SOMEBODY = "Une personne partie"
NAMELESS = "Une personne du cercle"


def signed(user: Any) -> str:
    """How somebody is named beside what they wrote; their address is never shown. user: an account, None once gone."""
    return SOMEBODY if user is None else user.get_full_name() or NAMELESS


def quoted(names: Iterable[str]) -> str:
    """« Dates 2027 », « Plan »."""
    return ", ".join(f"«\u00a0{name}\u00a0»" for name in names)


def came_along(names: Sequence[str]) -> str:
    """Under a message that came by mail: « Fichier joint : « Plan ». »"""
    return f"{'Fichier joint' if len(names) == 1 else 'Fichiers joints'}\u00a0: {quoted(names)}."


# Why an e-mail did not land: key, then what its author reads.
MAIL_TROUBLES = {
    "expired": "L’adresse de réponse que vous avez utilisée est trop ancienne.",
    "forged": "L’adresse de réponse que vous avez utilisée n’est pas une des nôtres : elle est peut-être mal recopiée.",
    "other_sender": (
        "Ce courriel est parti d’une autre adresse que celle de votre compte : nous ne pouvons pas savoir s’il est de "
        "vous. Si ce n’est pas vous, quelqu’un a une de nos lettres : on y répond en votre nom, ne les transférez pas."
    ),
    "no_right": "Vous ne pouvez pas, ou plus, écrire dans ce fil.",
    "gone": "Ce fil n’existe plus.",
    "closed": "Ce fil a été fermé entre-temps : on peut le lire, plus y écrire.",
    "empty": "Nous n’avons rien trouvé à publier dans votre courriel, une fois mis de côté le texte cité.",
    "too_long": "Votre réponse est trop longue pour un message.",
    "too_heavy": "Votre courriel est trop lourd.",
    "too_many": "Beaucoup de courriels viennent d’arriver de votre part en peu de temps.",
}

FEED = (
    FeedLine("discussion.thread", "open_thread", "people", "{who} a ouvert le fil {what}"),
    FeedLine("discussion.thread", "close_thread", "people", "{who} a fermé le fil {what}"),
    FeedLine("discussion.thread", "reopen_thread", "people", "{who} a rouvert le fil {what}"),
    FeedLine("discussion.thread", "amend_idea", "people", "{who} a amendé l’idée {what}"),
    FeedLine("discussion.message", "say", "people", "{who} a écrit : {what}"),
    FeedLine("discussion.message", "edit_message", "people", "{who} a changé : {what}"),
    FeedLine("discussion.message", "hide_message", "people", "{who} a masqué : {what}"),
    FeedLine("discussion.message", "show_message", "people", "{who} a remontré : {what}"),
    FeedLine("discussion.sharedfile", "add_file", "people", "{who} a déposé : {what}"),
    FeedLine("discussion.sharedfile", "add_version", "people", "{who} a déposé une version de : {what}"),
    FeedLine("discussion.sharedfile", "withdraw_file", "people", "{who} a retiré : {what}"),
    FeedLine("discussion.dialogue", "open_dialogue", "people", "{who} a préparé le dialogue {what}"),
    FeedLine("discussion.dialogue", "change_dialogue", "people", "{who} a mis à jour le dialogue {what}"),
    FeedLine("discussion.dialogue", "add_participant", "people", "{who} a ajouté une personne au dialogue {what}"),
    FeedLine("discussion.dialogue", "remove_participant", "people", "{who} a retiré une personne du dialogue {what}"),
    FeedLine("discussion.dialogue", "send_to_agenda", "people", "{who} a envoyé à l’ordre du jour : {what}"),
    FeedLine("discussion.dialogue", "record_outcome", "people", "{who} a noté la suite donnée à {what}"),
)
FILES_OF_CIRCLE = "les fichiers d’un espace d’échanges"
