"""The French wording of the strategy room."""

from __future__ import annotations

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
UNCHANGED = "Rien à changer : « {title} » est déjà à jour ({axes} axes, {measures} mesures, {bodies} instances)."
LOADED = "« {title} » est chargée : {axes} axes, {measures} mesures, {bodies} instances."
WOULD_LOAD = (
    "À blanc : « {title} » serait chargée ({axes} axes, {measures} mesures, {bodies} instances). Rien n’est écrit."
)
LINE = "  {kind} : {created} de plus, {changed} changements, {removed} de moins"
KINDS = {"strategy": "stratégie", "axis": "axes", "objective": "objectifs", "measure": "mesures et instances"}
