"""What applicants read."""

from __future__ import annotations

GONE = "Ce dossier n’est plus là."
NOT_WRITABLE = "Ce dossier est déposé\u00a0: on n’y change plus rien. Écrivez au territoire si quelque chose est faux."
NOT_REOPENED = "Le territoire n’a pas rouvert cette partie du dossier\u00a0: «\u00a0{label}\u00a0»."
MOVED = (
    "Ce dossier a changé depuis que vous avez ouvert cette page\u00a0: quelqu’un de votre structure, ou un autre "
    "onglet. Ce que vous venez d’écrire est gardé ci-dessous\u00a0; ce qui est enregistré est dit sous chaque champ. "
    "Gardez le bon texte, puis enregistrez."
)
KEPT_NOW = "Enregistré entre-temps\u00a0: {words}"
NOT_OPEN_YET = "Cet appel ouvre {when}. Revenez à ce moment-là."
CLOSED = (
    "Cet appel est clos depuis {when}. Votre dossier n’est pas parti, mais tout ce que vous y avez écrit est gardé. "
    "Si l’appel rouvre, il suffira de l’envoyer."
)
NOT_PUBLISHED = "Cet appel ne prend pas de demandes."
LACKING = "Ce dossier n’est pas encore complet."
NOT_YOURS = "Cette structure n’est pas dans votre espace. Si c’est la vôtre, demandez-la depuis sa fiche."
CANNOT_WITHDRAW = "Ce dossier ne peut plus être retiré\u00a0: la décision est prise. Écrivez au territoire."
SAVED, NOT_SAVED = "C’est enregistré", "Pas encore enregistré\u00a0: {fields}"
SUBMITTED = "Votre demande est déposée. Elle porte le numéro {number}."
COMPLETED = "Vos compléments sont déposés. Votre dossier garde le numéro {number}."
WITHDRAWN = "Votre demande est retirée."

FROM_PROFILE = "Repris de {origin}"
NOT_RETYPED = ("champ non ressaisi", "champs non ressaisis")
CER_VERSION = "décret n° 2021-1947 du 31 décembre 2021"
CER_PROMISES = (
    "respecter les lois de la République", "la liberté de conscience", "la liberté des membres de l’association",
    "l’égalité et la non-discrimination", "la fraternité et la prévention de la violence",
    "le respect de la dignité de la personne humaine", "le respect des symboles de la République",
)  # fmt: skip
# By state, in the applicant's simpler words.
OWN_STATES = {
    "draft": "Brouillon, pas encore envoyé", "submitted": "Reçu par le territoire",
    "incomplete": "À compléter par vous", "inadmissible": "Ne peut pas être retenu",
    "review": "En cours d’étude", "opinion": "En cours d’étude", "granted": "Accepté", "refused": "Refusé",
    "dropped": "Sans suite", "withdrawn": "Retiré", "agreed": "Accepté", "paying": "En cours de versement",
    "reporting": "Votre bilan est attendu", "settled": "Terminé", "cancelled": "Annulé",
}  # fmt: skip

NO_BUDGET_REQUEST = (
    "L’aide que vous demandez n’est pas dans vos recettes\u00a0: écrivez-la dans les subventions, avec l’état "
    "«\u00a0Demandé\u00a0»."
)
TOO_LITTLE = "L’aide demandée est plus petite que celle de l’appel\u00a0: {least} au moins."
TOO_MUCH = "L’aide demandée est plus grande que celle de l’appel\u00a0: {most} au plus."
RATE = "L’aide demandée dépasse {rate}\u00a0% des dépenses\u00a0: {most} au plus pour ce budget."
OWN_SHARE = "Il faut {share}\u00a0% de ressources à vous\u00a0: {least} pour ce budget, et vous en avez {found}."
DATES = "Le projet sort de la période de l’appel\u00a0: {period}."
PLACE = "Cet appel soutient des projets menés ailleurs que dans la commune choisie\u00a0: {places}."
FAMILY = "Cet appel s’adresse à d’autres structures que la vôtre\u00a0: {families}."
FAMILY_UNKNOWN = "La fiche de votre structure ne dit pas sa famille\u00a0; cet appel s’adresse à\u00a0: {families}."

FULL = "Les documents de ce dossier dépassent {most}\u00a0Mo en tout. Retirez-en un, ou réduisez-les."
MANY_VERSIONS = "Cette pièce a déjà {most} versions. Retirez-en une."
NOT_A_PIECE = "Cette pièce n’est pas demandée par cet appel."
SAME_FILE = "Ce document est déjà joint à cette pièce."
PROFILE_GONE = "Ce document n’est plus dans le profil de la structure."
EXPIRED = "Ce document est expiré. Déposez le nouveau dans le profil, ou directement ici."

ALREADY_THERE = "Cette structure est déjà dans ce dossier."
NOBODY_THERE = (
    "Personne ne tient encore l’espace de cette structure\u00a0: nous ne pouvons pas lui écrire. Demandez-lui de "
    "reprendre sa fiche de l’annuaire, puis invitez-la."
)
ANSWERED = "Cette invitation a déjà une réponse, ou elle n’est plus là."
FILE_OF = "votre demande à l’appel « {application} »"
