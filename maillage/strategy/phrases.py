"""The French wording of the strategy room."""

from __future__ import annotations

from maillage.kernel.registry import FeedLine

UNREADABLE = "Le fichier « {path} » ne peut pas être lu : {reason}."
NOT_JSON = "Le fichier « {path} » n’est pas du JSON : ligne {line}, colonne {column}."
NOT_TEXT = "Le fichier « {path} » n’est pas du texte en UTF-8."
TOO_BIG = "Le fichier « {path} » dépasse 2 Mo : ce n’est pas une stratégie."
REFUSED = "Le fichier « {path} » n’est pas une stratégie que l’on peut charger :"
MISSING = "{place} : clé absente."
WRONG_KIND = "{place} : {expected} attendu."
EMPTY = "{place} : ne peut pas être vide."
TOO_LONG = "{place} : {limit} caractères au plus."
UNKNOWN_KEY = "{place} : clé inconnue. Clés possibles : {known}."
WRONG_FORMAT = "format : {found} n’est pas connu ; cette version lit le format 1."
WRONG_CODE = "{place} : « {code} » n’est pas un code comme {example}."
TWICE = "{place} : « {code} » est déjà pris."
YEARS = "end_year : la dernière année vient avant la première."
WRONG_SIREN = "territory : un SIREN a 9 chiffres."
WRONG_SLUG = "slug : des minuscules sans accent, des chiffres et des tirets seulement."
WRONG_COUNTS = "{place} : « {found} » n’est pas connu. Valeurs possibles : {known}."
NEEDS_YEAR = "{place} : donnez l’année du recensement (year)."
NO_TERRITORY = "Le territoire {siren} n’est pas chargé. Lancez d’abord « maillage load_territory »."
UNCHANGED = "Rien à changer : « {title} » est déjà à jour ({axes}, {measures}, {bodies})."
LOADED = "« {title} » est chargée : {axes}, {measures}, {bodies}."
WOULD_LOAD = "À blanc : « {title} » serait chargée ({axes}, {measures}, {bodies}). Rien n’est écrit."
LINE = "  {kind} : {created} de plus, {changed} changements, {removed} de moins"
KINDS = {"strategy": "stratégie", "axis": "axes", "objective": "objectifs", "measure": "mesures et instances"}

# Steering.
MOVED = "Cette mesure a changé pendant que vous écriviez. Relisez-la ci-dessous, puis recommencez : rien n’a été écrit."
NEEDS_REASON = "Dites en quelques mots pourquoi la mesure est {state}."
ENDS_BEFORE_START = "La fin vient avant le début."
UNKNOWN_FRAMEWORK = "Ce cadre n’est pas connu : choisissez dans la liste."
TOO_MANY_STEPS = "Une mesure a {most} étapes au plus : regroupez-en."
STEP_GONE = "Cette étape a été retirée entre-temps."
DONE_TOMORROW = "Une étape ne peut pas être faite un jour à venir."
NEWS_TOMORROW = "Une nouvelle ne peut pas dater d’un jour à venir."
LATE = "En retard"
# One word for each state, singular and plural, as a sum of measures is told.
SUMS = {
    "done": "réalisée,réalisées",
    "under_way": "en cours,en cours",
    "late": "en retard,en retard",
    "blocked": "bloquée,bloquées",
    "paused": "en pause,en pause",
    "postponed": "reportée,reportées",
    "to_launch": "à lancer,à lancer",
    "abandoned": "abandonnée,abandonnées",
}
FEED = (
    FeedLine("strategy.measure", "steer", "strategy", "{who} a mis à jour la mesure {what}"),
    FeedLine("strategy.measure", "add_step", "strategy", "{who} a ajouté une étape à {what}"),
    FeedLine("strategy.measure", "change_step", "strategy", "{who} a changé une étape de {what}"),
    FeedLine("strategy.measure", "finish_step", "strategy", "{who} a terminé une étape de {what}"),
    FeedLine("strategy.measure", "remove_step", "strategy", "{who} a retiré une étape de {what}"),
    FeedLine("strategy.measure", "tell_news", "strategy", "{who} a donné des nouvelles de {what}"),
    FeedLine("strategy.measure", "withdraw_news", "strategy", "{who} a retiré une nouvelle de {what}"),
)

# On paper.
PAPER_AXIS = "Axe {number}, mesure"
PAPER_BODY = "Instance"
PAPER_SINCE = ", depuis le {day}"
PAPER_STEPS = "Les étapes ({done} sur {total})"
PAPER_NO_STEPS_TITLE = "Les étapes"
PAPER_NO_STEP = "Aucune étape n’est encore écrite."
PAPER_NEWS = "Les dernières nouvelles"
PAPER_CODE = "La suite se lit sur la page de la mesure, avec le code ou à l’adresse"
PAPER_SOURCE = "{title}. Feuille du {day}."
PAPER_DONE = "Faite le {day}"
PAPER_DUE = "Prévue pour le {day}"
PAPER_LATE = "En retard : prévue pour le {day}"
PAPER_UNDATED = "À faire, sans date"
