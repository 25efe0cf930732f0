"""What the team and the jury read."""

from __future__ import annotations

from maillage.kernel.registry import FeedLine

NOT_FROM = "Ce dossier est «\u00a0{was}\u00a0»\u00a0: il ne peut pas devenir «\u00a0{to}\u00a0»."
MOVED = "Ce dossier a changé entre-temps. Relisez-le avant de décider."
GONE = "Ce dossier n’est plus là."
AWAY = "Vous vous êtes déporté de ce dossier\u00a0: vous n’y prenez plus aucune part."

# Admissibility: the points, in their order. Source: domain rules of the authority, read with each call.
ITEMS = {
    "delay": "Déposé dans les délais",
    "place": "Projet mené là où l’appel le demande",
    "family": "Structure à qui l’appel s’adresse",
    "pieces": "Pièces demandées présentes et lisibles",
    "budget": "Budget équilibré, aide dans les limites de l’appel",
    "dates": "Dates du projet dans la période de l’appel",
    "pledges": "Attestation sur l’honneur signée, contrat d’engagement républicain souscrit s’il est dû",
}
MET = {
    "delay": "Déposé {when}.",
    "place": "Rien ne dit le contraire.",
    "family": "Rien ne dit le contraire.",
    "pieces": "Chaque pièce obligatoire a un document.",
    "budget": "Recettes et dépenses s’équilibrent.",
    "dates": "Les dates conviennent.",
    "pledges": "Les attestations sont là.",
}
LATE = "Déposé {when}, après la clôture."
UNKNOWN_ITEM = "Ce point n’est pas dans la liste."
SAY_WHY_NOT = "Dites ce qui manque quand un point n’est pas rempli."
CHECK_ALL = "Regardez d’abord tous les points\u00a0: il en reste {count}."
NOT_MET = "Un point n’est pas rempli\u00a0: {label}. Demandez un complément, ou déclarez le dossier irrecevable."
SAY_REASON = "Dites pourquoi\u00a0: la structure reçoit cette raison par lettre."

NO_FIELD = "Choisissez au moins une partie à rouvrir."
NOT_A_FIELD = "Cette partie n’existe pas dans ce dossier."
SAY_MISSING = "Dites ce qui manque\u00a0: la structure reçoit ces mots par lettre."
DUE_PAST = "Choisissez un jour à venir."
NOT_INCOMPLETE = "Aucun complément n’est attendu pour ce dossier."

NOT_JUROR = "Vous n’êtes pas membre de ce jury."
ALREADY_JUROR = "Cette personne est déjà membre du jury."
NO_ACCOUNT = "Personne n’a de compte à cette adresse. Demandez-lui d’abord de se connecter une fois."
HAS_REVIEWS = "Cette personne a déjà noté des dossiers\u00a0: elle reste au jury. Notez plutôt ses déports."
PLEDGE_FIRST = "Acceptez d’abord de garder pour vous ce que vous lirez."
PLEDGE = (
    "Je garde pour moi ce que je lis et ce qui se dit. Je n’en garde aucune copie. Je me déporte de tout dossier où "
    "j’ai, moi ou un proche, un intérêt."
)
NOT_IN_REVIEW = "Ce dossier n’est pas à noter en ce moment."
SENT = "Votre avis est rendu\u00a0: reprenez-le d’abord pour le changer."
NOT_SENT = "Cet avis n’est pas rendu\u00a0: vous pouvez le changer."
TAKEN_BACK = "Votre avis est repris\u00a0: il ne compte plus. Changez-le, puis rendez-le."
POINTS = "Donnez de 0 à 5 points."
ALL_POINTS = "Donnez vos points\u00a0: il en faut pour chaque critère."
COMMENT = "Dites pourquoi en quelques mots\u00a0: c’est obligatoire sous 2 et au-dessus de 4."
NOT_A_CRITERION = "Ce critère n’est pas de cet appel."
NO_CRITERIA = "Cet appel n’a pas de critères\u00a0: il n’y a rien à noter."
KEPT = "Brouillon enregistré. Vous seul le voyez."
HANDED_IN = "Votre avis est rendu. Merci."

RECUSAL_WHY = "Dites pourquoi en quelques mots."
RECUSED_ALREADY = "Ce déport est déjà noté."
NOT_RECUSABLE = "Seuls les membres du jury et les agents se déportent d’un dossier."
NOT_BY_ONESELF = "On ne revient pas soi-même sur un déport\u00a0: une ou un collègue le fait, et dit pourquoi."
RECUSED = "C’est noté. Ce dossier ne vous est plus montré."
# Code général des collectivités territoriales, art. L1111-6 and L2131-11.
MINUTES = (
    "{name}, personne intéressée à l’affaire, a quitté la salle et n’a pris part ni au débat ni au vote sur le dossier "
    "{number}."
)
SOMEBODY = "Une personne dont le compte est effacé"

SAY_OPINION = "Un avis qui n’est pas favorable dit pourquoi."
IN_THE_FUTURE = "Ce jour n’est pas encore passé."
TOO_MUCH = "Le montant proposé dépasse ce qui est demandé\u00a0: {most}."
NO_AMOUNT = "Un avis favorable propose un montant."
NO_MONEY = "Cet avis ne propose pas de montant."

OFFICE = {
    "a-examiner": "À examiner", "a-completer": "À compléter", "en-instruction": "En instruction",
    "avis": "Avis rendus", "decides": "Décidés", "irrecevables": "Irrecevables", "tous": "Tous",
}  # fmt: skip
COLUMNS = {
    "numéro": "numéro donné au dépôt", "titre": "titre du projet", "structure": "qui demande",
    "commune": "où se passe le projet", "appel": "à quel appel", "état": "où en est le dossier",
    "déposé le": "jour du dernier dépôt", "demandé": "en euros", "avis rendus": "combien de membres du jury",
    "moyenne": "sur 100, à partir de deux avis", "écart": "entre la plus haute et la plus basse",
}  # fmt: skip

_APPLICATION = "calls.application"
FEED = (
    FeedLine(_APPLICATION, "submit_application", "requests", "{who} a déposé une demande d’aide : {what}"),
    FeedLine(_APPLICATION, "complete_application", "requests", "{who} a complété une demande d’aide : {what}"),
    FeedLine(_APPLICATION, "ask_completion", "requests", "{who} a demandé un complément : {what}"),
    FeedLine(_APPLICATION, "give_opinion", "requests", "{who} a noté l’avis du comité : {what}"),
)  # fmt: skip
