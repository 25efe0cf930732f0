"""The closed lists of the room. What sources call them is in `data/words.csv`; here, what people read."""

from __future__ import annotations

from django.db import models


class Audience(models.TextChoices):
    """Who may ask for an aid."""

    ASSOCIATION = "association", "Une association"
    COMPANY = "private_sector", "Une entreprise ou une coopérative"
    COMMUNE = "commune", "Une commune"
    EPCI = "epci", "Une intercommunalité"
    PERSON = "private_person", "Un particulier"
    FARMER = "farmer", "Un agriculteur"
    PUBLIC_BODY = "public_org", "Un établissement public"
    PUBLIC_COMPANY = "public_cies", "Une entreprise publique locale"
    DEPARTMENT = "department", "Un département"
    REGION = "region", "Une région"
    SPECIAL = "special", "Une collectivité d’outre-mer"
    RESEARCHER = "researcher", "Un organisme de recherche"


class AidType(models.TextChoices):
    """What an aid gives."""

    GRANT = "grant", "Subvention"
    LOAN = "loan", "Prêt"
    ADVANCE = "recoverable_advance", "Avance à rembourser"
    CEE = "cee", "Certificats d’économies d’énergie"
    OTHER = "other", "Autre aide en argent"
    TECHNICAL = "technical_engineering", "Aide technique"
    FINANCIAL = "financial_engineering", "Aide à monter le budget"
    LEGAL = "legal_engineering", "Aide juridique et administrative"


class Step(models.TextChoices):
    """When an aid helps, as sources say it."""

    BEFORE = "preop", "Avant, pour réfléchir et étudier"
    DURING = "op", "Pendant, pour réaliser"
    AFTER = "postop", "Après, pour faire vivre"


class Stage(models.TextChoices):
    """How far a project is."""

    IDEA = "idea", "Une idée"
    EMERGENCE = "emergence", "Une idée qui prend forme"
    STUDY = "study", "Une étude en cours"
    CREATION = "creation", "La création"
    DEVELOPMENT = "development", "Le développement"
    SCALE = "scale", "Le changement d’échelle"


STEPS_OF_STAGE: dict[str, frozenset[str]] = {
    Stage.IDEA: frozenset({Step.BEFORE}),
    Stage.EMERGENCE: frozenset({Step.BEFORE}),
    Stage.STUDY: frozenset({Step.BEFORE}),
    Stage.CREATION: frozenset({Step.DURING}),
    Stage.DEVELOPMENT: frozenset({Step.DURING, Step.AFTER}),
    Stage.SCALE: frozenset({Step.DURING, Step.AFTER}),
}


class Destination(models.TextChoices):
    """What the money may pay for."""

    SUPPLY = "supply", "Le fonctionnement"
    INVESTMENT = "investment", "L’investissement"


class Recurrence(models.TextChoices):
    """Does it come back?"""

    ONE_OFF = "oneoff", "Une seule fois"
    ONGOING = "ongoing", "Ouverte toute l’année"
    RECURRING = "recurring", "Revient chaque année"


class Pace(models.TextChoices):
    """How often a saved search is told."""

    DAILY = "daily", "Chaque jour"
    WEEKLY = "weekly", "Chaque semaine"
    MONTHLY = "monthly", "Chaque mois"


DAYS_OF_PACE: dict[str, int] = {Pace.DAILY: 1, Pace.WEEKLY: 7, Pace.MONTHLY: 28}
