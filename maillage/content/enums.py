"""Members in a fixed order: what a resource is, and whom it helps."""

from __future__ import annotations

from django.db.models import TextChoices


class ResourceType(TextChoices):
    GUIDE = "guide", "Guide"
    SHEET = "fiche", "Fiche"
    TEMPLATE = "modele", "Modèle à remplir"
    VIDEO = "video", "Vidéo"


class Reader(TextChoices):
    STARTER = "porteur", "Personne qui a un projet"
    ASSOCIATION = "association", "Association"
    COMPANY = "entreprise", "Entreprise"
    COMMUNE = "commune", "Commune ou communauté de communes"
    INHABITANT = "habitant", "Habitante ou habitant"
