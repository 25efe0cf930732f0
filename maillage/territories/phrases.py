"""The French wording of the territories."""

from __future__ import annotations

KINDS = {
    "epci": "intercommunalités",
    "commune": "communes",
    "shape": "contours",
    "former": "anciens codes",
    "population": "populations",
    "neighbour": "voisinages",
    "territory": "territoire",
}
UNCHANGED = "Rien à changer : {name} est déjà à jour ({communes} communes)."
LOADED = "{name} est chargé : {communes} communes."
WOULD_LOAD = "À blanc : {name} serait chargé ({communes} communes). Rien n’a été écrit."
LINE = "  {kind} : {created} de plus, {changed} changements, {removed} de moins, {kept} sans changement"
EPCI_ELSEWHERE = (
    "La commune {commune} est rattachée à l’EPCI {epci}, que le fichier ne décrit pas. "
    "Reconstruisez le jeu avec « python -m tools.build_territory »."
)
