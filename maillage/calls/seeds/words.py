"""What the example schemes and calls say: invented, and said to be so."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

EXAMPLE = "(donnée d’exemple)"


@dataclass(frozen=True)
class ToldScheme:
    title: str
    purpose: str
    measure: str
    envelope: Decimal


@dataclass(frozen=True)
class ToldCall:
    """topics: codes of themes; theme_reason: why a subject that no consultation chose."""

    title: str
    summary: str
    context: str
    goals: str
    budget: Decimal
    most: Decimal
    topics: tuple[str, ...] = ()
    theme_reason: str = ""


COMMON = ToldScheme(
    "Projets solidaires du territoire", "Aider des structures à essayer ici ce qui manque.", "2.3", Decimal(60_000)
)
LOCAL = ToldScheme(
    "Premiers pas", "Aider une association à démarrer une activité utile dans la communauté de communes.", "2.3",
    Decimal(15_000),
)  # fmt: skip
MOBILITY = ToldCall(
    f"Bouger sans voiture {EXAMPLE}",
    "Pour des solutions simples qui emmènent les gens au marché, au travail, chez le médecin.",
    "Beaucoup d’habitants disent qu’ils ne peuvent pas se déplacer quand ils n’ont pas de voiture, ou plus l’âge de "
    "conduire.",
    "Des trajets partagés, des véhicules prêtés, des tournées qui viennent aux gens, portés par des structures d’ici "
    "avec des habitants.",
    Decimal(30_000), Decimal(8_000), ("mobilite-solidaire",),
    "La mobilité revient dans toutes les réunions du collectif.",
)  # fmt: skip
FOOD = ToldCall(
    f"Manger d’ici {EXAMPLE}",
    "Pour que ce qui pousse à côté arrive dans les assiettes, à un prix juste.",
    "Des producteurs cherchent des acheteurs proches, et des familles ne trouvent plus de commerce.",
    "Des épiceries, des cuisines partagées, des paniers, des jardins qui nourrissent.",
    Decimal(20_000), Decimal(10_000), ("alimentation",),
    "L’alimentation est l’une des quatre thématiques de la stratégie.",
)  # fmt: skip
STARTING = ToldCall(
    f"Premiers pas {EXAMPLE}",
    "Une petite aide, toute l’année, pour essayer une activité.",
    "Une idée a souvent besoin de peu pour être essayée.",
    "Un essai de quelques mois, avec un besoin entendu dans une commune.",
    Decimal(10_000), Decimal(2_000), (), "L’aide est ouverte à tous les sujets de la stratégie.",
)  # fmt: skip
ELIGIBLE = "Achats, location, assurance, déplacements, heures de travail données au projet."
INELIGIBLE = "Dettes, amendes, dépenses faites avant le dépôt du dossier."
RULES = "L’aide se cumule avec d’autres. Le projet ne commence pas avant l’accusé de réception du dossier complet."
# What example applications propose: (title, in short).
PROJECTS = (
    ("Une voiture pour trois villages", "Une voiture partagée, conduite par des bénévoles, sur rendez-vous."),
    ("La tournée du mercredi", "Un minibus passe dans huit villages, vers le marché et les services."),
    ("Pédaler pour travailler", "Des vélos prêtés à qui commence un emploi."),
    ("Le garage du samedi", "On répare ensemble, et l’on apprend à entretenir sa voiture."),
    ("Un chauffeur à l’écoute", "Des trajets vers les soins, avec quelqu’un qui attend."),
    ("La ligne des jeunes", "Des trajets du soir pour les clubs et les stages."),
    ("Covoiturer vers la gare", "Des arrêts sûrs, et un numéro à appeler."),
)
FOOD_PROJECTS = (
    ("La cuisine du mardi", "On cuisine ensemble ce que les maraîchers n’ont pas vendu, et l’on mange à midi."),
    ("L’épicerie des trois rues", "Une épicerie associative tenue par les habitants, deux jours par semaine."),
)


@dataclass(frozen=True)
class ToldOutside:
    name: str
    email: str
    question: str
    parts: tuple[str, ...]
    answer: str = ""


OUTSIDE = (
    ToldOutside(
        "Service des routes du Département", "routes@exemple.maillage.test",
        "Les trajets prévus passent-ils par des routes ouvertes aux navettes\u202f?", ("project", "answers"),
        "Oui pour deux trajets sur trois. Le troisième traverse un pont limité à 3,5 tonnes\u00a0: prévoir un détour.",
    ),
    ToldOutside(
        "Réseau des garages solidaires", "garages@exemple.maillage.test",
        "Le coût d’entretien du véhicule vous semble-t-il juste\u202f?", ("project", "budget"),
    ),
)  # fmt: skip
