"""Invented needs, by theme; nobody said them."""

from __future__ import annotations

from typing import NamedTuple

from maillage.needs.enums import Audience, Channel


class Example(NamedTuple):
    words: str
    audience: Audience = Audience.EVERYBODY
    channel: Channel = Channel.WEB


class ExampleTheme(NamedTuple):
    """code: of the measure; needs: those gathered in it."""

    title: str
    summary: str
    needs: tuple[Example, ...]


_OLD, _YOUNG, _CAR, _FAMILY = Audience.ELDERLY, Audience.YOUNG, Audience.WITHOUT_CAR, Audience.FAMILIES
THEMES: tuple[ExampleTheme, ...] = (
    ExampleTheme(
        "Culture près de chez soi",
        "Des spectacles, des films et des livres dans les villages, pas seulement en ville.",
        (
            Example("Des concerts et du théâtre dans les salles des fêtes, l’hiver aussi."),
            Example("Un cinéma itinérant qui passerait une fois par mois.", _FAMILY),
            Example("Une bibliothèque ouverte le samedi matin.", _YOUNG, Channel.PAPER),
            Example("Une chorale ou un orchestre ouverts aux débutants."),
            Example("Un bibliobus qui s’arrête dans les hameaux.", _OLD, Channel.PHONE),
        ),
    ),
    ExampleTheme(
        "Mobilité solidaire",
        "Se déplacer quand on n’a pas de voiture, ou qu’on ne conduit plus.",
        (
            Example("Une navette pour aller au marché quand on n’a pas de voiture.", _CAR),
            Example("Un transport à la demande entre les villages et la gare.", _CAR),
            Example("Du covoiturage pour les trajets vers la zone industrielle.", Audience.JOB_SEEKERS),
            Example("Je ne conduis plus : un chauffeur bénévole pour mes courses.", _OLD, Channel.PHONE),
            Example("Prêter des vélos électriques à qui cherche un emploi.", Audience.JOB_SEEKERS),
            Example("Une auto-école à prix réduit pour passer le permis.", _YOUNG, Channel.MET),
        ),
    ),
    ExampleTheme(
        "Manger d’ici",
        "Acheter et cuisiner ce qui pousse à côté, à un prix juste.",
        (
            Example("Un point de vente pour les producteurs locaux, fruits et légumes."),
            Example("Un panier de légumes livré au village une fois par semaine.", _FAMILY),
            Example("Une épicerie ambulante : la nôtre a fermé.", _OLD, Channel.PAPER),
            Example("Des ateliers de cuisine avec les légumes du jardin partagé.", _FAMILY),
            Example("Des repas cuisinés ici pour les cantines des écoles.", _YOUNG),
        ),
    ),
    ExampleTheme(
        "Bien vieillir chez soi",
        "Rester dans sa maison, entouré, et ne pas rester seul.",
        (
            Example("Des visites aux personnes âgées qui vivent seules.", _OLD),
            Example("De petits travaux pour adapter la maison de nos aînés.", _OLD, Channel.PHONE),
            Example("Un goûter chaque semaine pour rompre la solitude des anciens.", _OLD, Channel.MET),
            Example("Apprendre aux retraités à se servir d’une tablette.", _OLD),
        ),
    ),
)  # fmt: skip
ALONE: tuple[Example, ...] = (
    Example("Un café associatif pour se retrouver : le dernier bistrot a fermé."),
    Example("Un atelier pour réparer ses appareils au lieu de les jeter."),
    Example("Une garde d’enfants qui commence très tôt, pour ceux qui travaillent en équipe.", _FAMILY),
    Example("Un lieu où se rencontrer entre habitants, avec du café et des jeux."),
)
NEW: tuple[Example, ...] = (
    Example("Quelqu’un pour aider à remplir les papiers sur internet."),
    Example("Une salle où répéter, pour notre groupe de musique.", _YOUNG),
)
