"""Invented projects, and the partners that a territory of the Somme may meet: what each brings, without any contact."""

from __future__ import annotations

from dataclasses import dataclass

from maillage.desk.enums import Channel, Help, Stage

EXAMPLE = "(donnée d’exemple)"


@dataclass(frozen=True)
class Network:
    """A partner. topics: codes of themes; stages: where it helps; asked: has an example address, so that it answers."""

    name: str
    brings: str
    topics: tuple[str, ...] = ()
    stages: tuple[Stage, ...] = ()
    address: str = ""


NETWORKS = (
    Network("BGE", "Aide à écrire un plan d’affaires, à tester une idée, à former qui crée.",
            stages=(Stage.IDEA, Stage.EMERGENCE, Stage.CREATION)),
    Network("Dispositif local d’accompagnement (DLA)",
            "Un diagnostic, puis des jours de conseil, pour les structures qui emploient.",
            stages=(Stage.DEVELOPMENT, Stage.SCALING)),
    Network("France Active", "Prêts, garanties et apports pour les structures de l’ESS.",
            stages=(Stage.CREATION, Stage.DEVELOPMENT, Stage.SCALING)),
    Network("Initiative Somme", "Prêt d’honneur sans intérêt et parrainage pour une personne qui crée.",
            stages=(Stage.CREATION,)),
    Network("URSCOP", "Statuts de coopérative, reprise par les salariés.", stages=(Stage.STUDY, Stage.CREATION)),
    Network("CRESS", "Réseau, visibilité, réponse à « suis-je de l’ESS ? ».", stages=(Stage.IDEA, Stage.EMERGENCE)),
    Network("APES", "Projets citoyens, évaluation de l’utilité sociale.", stages=(Stage.EMERGENCE, Stage.STUDY)),
    Network("La Fabrique des possibles", "Trois rendez-vous pour passer de l’idée au projet.",
            stages=(Stage.IDEA, Stage.EMERGENCE), address="fabrique@exemple.maillage.test"),
    Network("Le Cercle des épiceries", "Des épiceries associatives qui ouvrent leurs livres de comptes.",
            topics=("alimentation",), address="cercle@exemple.maillage.test"),
)  # fmt: skip


@dataclass(frozen=True)
class Told:
    """An invented request. days: ago; name: "Alice" holds it with her account, another has an example address."""

    idea: str
    name: str
    days: int
    stage: Stage = Stage.IDEA
    topics: tuple[str, ...] = ()
    seeks: tuple[Help, ...] = (Help.ADVICE,)
    channel: Channel = Channel.WEB


GROCERY = Told(
    "Une épicerie associative au village. Le dernier commerce a fermé, et nous sommes six à vouloir essayer.",
    "Alice", 64, topics=("alimentation",), seeks=(Help.ADVICE, Help.STATUS, Help.FUNDS),
)  # fmt: skip
SHUTTLE = Told(
    "Une navette le samedi matin vers le marché, conduite par des bénévoles du village et de ses voisins.",
    "Paulo", 40, stage=Stage.EMERGENCE, topics=("mobilite-solidaire",), seeks=(Help.PARTNERS, Help.PREMISES),
)  # fmt: skip
WORKSHOP = Told(
    "Un atelier où l’on répare ensemble vélos et petit électroménager, dans l’ancienne gare.", "Lina", 150,
    stage=Stage.STUDY, topics=("transition-ecologique",), seeks=(Help.PREMISES, Help.FUNDS),
)  # fmt: skip
CHOIR = Told("Une chorale qui tourne dans les maisons de retraite.", "Odette", 3, topics=("culture",),
             seeks=(Help.FUNDS, Help.PEOPLE))  # fmt: skip
GARDEN = Told("Un jardin partagé derrière la salle des fêtes. J’ai besoin d’un avis avant d’en parler à la mairie.",
              "Gérard", 9, channel=Channel.PHONE)  # fmt: skip
