"""What the decision sheet is called and what its columns hold."""

from __future__ import annotations

TITLE = "Fiche de délibération"
COLUMNS = {
    "Rang": "Place selon la note moyenne",
    "Dossier": "Numéro du dossier",
    "Structure": "Qui demande",
    "Projet": "Ce pour quoi l’aide est demandée",
    "Commune": "Où le projet se fait",
    "Note sur 100": "Moyenne des lectures rendues, hors déports",
    "Lectures": "Combien de lectures comptent",
    "Avis du comité": "Dernier avis rendu",
    "Demandé": "Euros demandés",
    "Proposé": "Euros proposés à la délibération",
    "Cumul": "Euros déjà accordés sur l’enveloppe et proposés jusqu’à ce rang",
    "Décision": "Ce qui est proposé ou décidé",
    "Raison": "Ce que dit la lettre",
}
OVER = "L’enveloppe serait dépassée : baissez des montants avant la délibération."
