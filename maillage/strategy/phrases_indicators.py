"""The French wording of indicators."""

from __future__ import annotations

from maillage.kernel.registry import FeedLine

# The file.
NOT_INDICATORS = "Le fichier « {path} » n’est pas une liste d’indicateurs que l’on peut charger :"
TOO_BIG = "Le fichier « {path} » dépasse 2 Mo : ce n’est pas une liste d’indicateurs."
WRONG_CHOICE = "{place} : « {found} » n’est pas connu. Valeurs possibles : {known}."
WRONG_TRUTH = "{place} : true ou false attendu."
WRONG_NUMBER = "{place} : un nombre attendu, avec deux décimales au plus."
WRONG_DATE = "{place} : une date comme 2025-01-31 attendue."
WRONG_YEAR = "{place} : une année de 2000 à 2100 attendue."
NO_STRATEGY = "La stratégie « {slug} » n’est pas chargée. Lancez d’abord « maillage load_strategy »."
NO_STRATEGY_AT_ALL = "Aucune stratégie n’est chargée. Lancez d’abord « maillage load_strategy »."
UNKNOWN_AXIS = "{code} : l’axe {axis} n’est pas dans la stratégie."
UNKNOWN_MEASURE = "{code} : la mesure {measure} n’est pas dans la stratégie."
UNKNOWN_GAUGE = "{code} : la jauge « {gauge} » n’existe pas. Jauges possibles : {known}."
UNCHANGED = "Rien à changer : {count} déjà à jour."
LOADED = "{count} : {created} de plus, {changed} changements, {removed} de moins."
WOULD_LOAD = "À blanc : {count}, {created} de plus, {changed} changements, {removed} de moins. Rien n’est écrit."
KEPT = "  Gardés, bien que le fichier ne les dise plus, parce qu’ils ont des relevés : {codes}."

# Readings and targets.
IS_COMPUTED = "Cet indicateur est compté par la plateforme : on ne le tape pas."
NEEDS_NOTE = "Dites d’où vient la valeur : un document, un tableau, une personne."
TOMORROW = "Un relevé ne peut pas dater d’un jour à venir."
OUT_OF_PLAN = "La stratégie va de {start} à {end} : choisissez une de ces années."
NEGATIVE = "Une valeur est nulle ou plus grande que zéro."
NOT_THAT_DAY = "La plateforme ne sait compter que l’état d’aujourd’hui : un relevé date d’aujourd’hui ou d’hier."
SNAPSHOT = "{written} le {day}, {present} déjà là."
WOULD_SNAPSHOT = "À blanc : {written} le {day}, {present} déjà là. Rien n’est écrit."
NO_GAUGE = "  Sans jauge sur ce site : {codes}."
FEED = (
    FeedLine("strategy.indicator", "record_reading", "strategy", "{who} a relevé l’indicateur {what}"),
    FeedLine("strategy.indicator", "set_target", "strategy", "{who} a changé une cible de {what}"),
)

# What is read on the pages.
NOT_MEASURED = "pas encore mesuré"
UNDER = "moins de 5"
MASKED = "non montré"
WHY_MASKED = (
    "Quand un nombre de personnes est plus petit que 5, nous ne le montrons pas, pour que personne ne soit reconnu. "
    "D’autres cases sont parfois cachées avec lui, car une soustraction le ferait retrouver."
)
NO_TARGET = "Aucune cible n’est fixée pour {year}."
REACHED = "La cible de {year} est atteinte : {target}."
TO_GO = "Il manque {gap} pour la cible de {year}\u00a0: {target}."
TOO_HIGH = "Il faut descendre de {gap} pour la cible de {year}\u00a0: {target}."
TARGET_ONLY = "Cible de {year}\u00a0: {target}."

CHANGE = "{change} depuis {label} ({day})."
CHANGE_MORE, CHANGE_LESS, CHANGE_NONE = "{gap} de plus", "{gap} de moins", "Rien n’a changé"

# The list behind a figure.
FOOTS = {
    "count": "En tout\u00a0: {figure}.",
    "sum": "Somme de la liste\u00a0: {figure}.",
    "mean": "Moyenne de la liste\u00a0: {figure}.",
    "median": "Médiane de la liste\u00a0: {figure}.",
    "share": "Part des «\u00a0oui\u00a0» dans la liste\u00a0: {figure}.",
}
ROUNDED = "{exact}, soit {figure} sans les centimes"
REACHED_IT = "Compte dans la part"
AMOUNT = "Montant"
NO_DAY = "–"
LIST_OF_TODAY = "La liste est celle d’aujourd’hui\u00a0; le dernier relevé date du {day}."
NOT_ALL = "Le chiffre publié est autre\u00a0: des dossiers dont vous vous êtes déporté n’entrent pas dans cette liste."
