"""What the reduction of a signed grant says, and its refusals."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ui import french

ALREADY = "Cette réduction est déjà confirmée."
CHANGED = "Cette aide ou cette réduction a changé entre-temps\u00a0: relisez-la."
NOTHING_LEFT = "Écrivez le montant qui reste accordé. Pour tout retirer, annulez l’aide."

TITLE = "Votre aide est réduite"


def not_smaller(amount: Decimal) -> str:
    return f"Le nouveau montant est plus petit que l’aide d’aujourd’hui\u00a0: {french.euros(amount)}."


def reduced(before: Decimal, amount: Decimal, project: str) -> str:
    return (
        f"L’aide accordée pour votre projet «\u00a0{project}\u00a0» passe de {french.euros(before)} à "
        f"{french.euros(amount)}."
    )


def due_back(euros: Decimal, day: date) -> str:
    """Of what was paid above the new amount."""
    return (
        f"Ce qui vous a été versé dépasse ce montant de {french.euros(euros)}\u00a0: ils sont à rendre, vers le "
        f"{french.day(day)}. Le comptable public vous envoie un titre de recette qui dit comment. Si c’est difficile, "
        "appelez-le."
    )


NOTHING_DUE = "Vous n’avez rien à rendre. Les versements qui restent font ce nouveau montant."
