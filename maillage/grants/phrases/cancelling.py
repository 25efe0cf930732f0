"""What the cancellation of a signed grant says, and its refusals."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ui import french

SAY_WHY = "Dites pourquoi : la lettre le dira à la structure."
SAY_DELIBERATION = "Écrivez le numéro de la délibération : sans elle, rien n’est annulé."
IN_THE_FUTURE = "Ce jour n’est pas encore venu."
BEFORE_SIGNATURE = "La délibération vient après la signature."
SECOND_PERSON = "Une autre personne que celle qui a préparé cette annulation doit la confirmer."
ALREADY = "Cette aide est déjà annulée."
CHANGED = "Cette annulation a changé entre-temps : relisez-la."
NOT_SIGNED = "Rien n’est signé : cette décision se retire, sans annulation."
SETTLED = "Cette aide est soldée : elle ne s’annule plus ici."
PAYMENT_WAITS = "Un versement attend sa confirmation : confirmez-le ou corrigez-le d’abord."
CANCELLED = "Cette aide est annulée : rien ne s’y ajoute plus."

TITLE = "Votre aide est annulée"


def ended(amount: Decimal, project: str) -> str:
    return f"L’aide de {french.euros(amount)} accordée pour votre projet « {project} » est annulée."


def due_back(euros: Decimal, day: date) -> str:
    """Of what was paid."""
    return (
        f"{french.euros(euros)} vous ont été versés : ils sont à rendre, vers le {french.day(day)}. "
        "Le comptable public vous envoie un titre de recette qui dit comment. Si c’est difficile, appelez-le."
    )


NOTHING_DUE = "Rien ne vous a été versé : vous n’avez rien à rendre."
