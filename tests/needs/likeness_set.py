"""Needs as people say them, in groups that mean the same: what likeness is measured on. Invented."""

from __future__ import annotations

GROUPS: dict[str, tuple[str, ...]] = {
    "navette": (
        "Il n’y a plus de car le mercredi pour aller au marché de Péronne.",
        "Une navette pour se rendre en ville quand on n’a pas de voiture.",
        "Je ne conduis plus, je ne peux plus me déplacer sans demander à mes voisins.",
        "Un transport à la demande entre les villages et la gare.",
    ),
    "covoiturage": (
        "Trouver du covoiturage pour aller travailler à la zone industrielle.",
        "Nous sommes plusieurs à faire le même trajet chaque matin, sans nous connaître : partager les voitures ?",
    ),
    "legumes": (
        "Acheter des légumes du coin sans faire trente kilomètres.",
        "Un point de vente pour les producteurs locaux, fruits et légumes.",
        "Un panier de légumes bio livré au village une fois par semaine.",
    ),
    "epicerie": (
        "L’épicerie a fermé : plus rien pour faire ses courses.",
        "Une épicerie ambulante passerait dans les hameaux.",
    ),
    "isolement": (
        "Ma voisine de 84 ans ne voit personne de la semaine.",
        "Des visites aux personnes âgées isolées, pour parler un peu.",
        "Rompre la solitude des anciens : un goûter, une visite, un coup de téléphone.",
    ),
    "rester-chez-soi": (
        "Aménager la maison de nos aînés pour qu’ils restent chez eux.",
        "De petits travaux pour que les personnes âgées puissent rester à domicile.",
    ),
    "spectacles": (
        "Il n’y a jamais de concert ni de théâtre par chez nous.",
        "Des spectacles dans les salles des fêtes, pas seulement à Amiens.",
        "Un cinéma itinérant, une fois par mois.",
    ),
    "livres": (
        "Une bibliothèque ouverte le samedi.",
        "Un bibliobus ou une boîte à livres dans chaque commune.",
    ),
    "numerique": (
        "Je n’arrive pas à faire mes démarches sur internet.",
        "Quelqu’un pour aider à remplir les papiers sur l’ordinateur.",
    ),
    "garde": (
        "Une garde d’enfants qui commence à cinq heures du matin pour ceux qui font les postes.",
        "Une micro-crèche : nous n’avons aucune assistante maternelle disponible.",
    ),
    "reparer": (
        "Réparer les appareils au lieu de les jeter, un atelier près d’ici.",
        "Un lieu pour apprendre à réparer son vélo ou son grille-pain.",
    ),
    "cafe": (
        "Un café associatif pour se retrouver, le dernier bistrot a fermé.",
        "Un endroit où se rencontrer entre habitants, boire un café.",
    ),
}
# Groups that speak of the same matter: one of them found for the other is no fault.
NEAR = ({"navette", "covoiturage"}, {"legumes", "epicerie"}, {"isolement", "rester-chez-soi"}, {"spectacles", "livres"})
