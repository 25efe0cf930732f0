"""The public API Recherche d'entreprises: asked politely, and read without its directors."""

from maillage.directory.integrations.recherche_entreprises.client import (
    Client,
    Page,
    ServiceUnavailable,
)
from maillage.directory.integrations.recherche_entreprises.shape import FoundPlace, FoundUnit

__all__ = ["Client", "FoundPlace", "FoundUnit", "Page", "ServiceUnavailable"]
