"""The sheets of the workbook and their columns, once for writing and for reading.

Words: a *column* has the French name that stands in the first row; `facts` are keyed by its English name.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db.models import TextChoices

from maillage.strategy.enums import Money, Priority, State


class Reads(Enum):
    """How a cell is read."""

    TEXT = "text"
    DAY = "day"
    NUMBER = "number"
    MONEY = "money"
    CHOICE = "choice"
    PERSON = "person"
    FRAMES = "frames"


@dataclass(frozen=True)
class Column:
    """name: as the facts have it; label: as the sheet has it; longest: characters of a text."""

    name: str
    label: str
    meaning: str
    reads: Reads = Reads.TEXT
    longest: int = 0
    choices: type[TextChoices] | type[Priority] | None = None
    is_required: bool = False
    width: int = 22


MEASURES, STEPS, BUDGET, NEWS = "Mesures", "Étapes", "Budget", "Nouvelles"
_MEASURE = Column("code", "mesure", "Son code, par exemple 1.3.", longest=8, is_required=True, width=10)
SHEETS: dict[str, tuple[Column, ...]] = {
    MEASURES: (
        _MEASURE,
        Column("title", "titre", "Celui du document ne se change pas ici.", longest=200, is_required=True, width=44),
        Column("summary", "en bref", "Celui du document ne se change pas ici.", longest=5_000, width=44),
        Column("state", "état", "Un des états de la liste.", Reads.CHOICE, choices=State, is_required=True),
        Column("state_note", "pourquoi", "Demandé en pause, bloquée, reportée, abandonnée.", longest=300),
        Column("priority", "priorité", "Haute, Normale ou Basse.", Reads.CHOICE, choices=Priority, is_required=True),
        Column("carried_by", "portée par", "Une collectivité, une structure, une instance.", longest=160),
        Column("owner", "suivie par", "Le nom d’une personne de l’équipe, tel que la gestion l’écrit.", Reads.PERSON),
        Column("partners", "avec", "Les partenaires.", longest=500),
        Column("liaison_officer", "référente ou référent", "Le nom d’une personne référente.", Reads.PERSON),
        Column("start_date", "début", "Un jour : 2026-03-31 ou 31/03/2026.", Reads.DAY),
        Column("end_date", "fin prévue", "Un jour : 2026-03-31 ou 31/03/2026.", Reads.DAY),
        Column("risks", "ce qui peut gêner", "Pour l’équipe seulement.", longest=2_000),
        Column("frameworks", "aussi dans", "Les autres cadres, séparés par « | ».", Reads.FRAMES),
    ),
    STEPS: (
        _MEASURE,
        Column("position", "rang", "L’ordre des étapes de la mesure : 1, 2, 3…", Reads.NUMBER, is_required=True),
        Column("title", "étape", "Ce qui est à faire.", longest=200, is_required=True, width=44),
        Column("who", "par", "Par qui.", longest=120),
        Column("due_date", "pour le", "Un jour : 2026-03-31 ou 31/03/2026.", Reads.DAY),
        Column("done_date", "faite le", "Un jour passé ; vide tant que l’étape est à faire.", Reads.DAY),
    ),
    BUDGET: (
        _MEASURE,
        Column("funder", "qui finance", "Le nom d’un financeur.", longest=120, is_required=True, width=32),
        Column("year", "année", "Sur quatre chiffres.", Reads.NUMBER, is_required=True),
        Column("stage", "stade", "Espéré, Acquis ou Dépensé.", Reads.CHOICE, choices=Money, is_required=True),
        Column("amount", "montant", "En euros, au plus deux décimales.", Reads.MONEY, is_required=True),
    ),
    NEWS: (
        _MEASURE,
        Column("news_date", "du", "Le jour de la nouvelle.", Reads.DAY, is_required=True),
        Column("text", "nouvelle", "Ce que les habitants lisent.", longest=600, is_required=True, width=60),
    ),
}  # fmt: skip
Facts = dict[str, Any]
