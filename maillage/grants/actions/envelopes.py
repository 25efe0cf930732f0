"""Take money from an envelope line and give it back: conditional updates, so that the database holds the sum."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import F

from maillage.calls.models import EnvelopeLine
from maillage.grants.actions.refusal import EnvelopeExceeded
from maillage.grants.phrases import decisions as phrases


def take(line: EnvelopeLine, amount: Decimal) -> None:
    """This much less is left on the line. Call inside the award's transaction. Raises EnvelopeExceeded."""
    enough = EnvelopeLine.objects.filter(pk=line.pk, awarded__lte=F("amount") - amount)
    if not enough.update(awarded=F("awarded") + amount):
        left = EnvelopeLine.objects.get(pk=line.pk).left
        raise EnvelopeExceeded(phrases.exceeded(left, amount), "amount")


def give_back(line: EnvelopeLine, amount: Decimal) -> None:
    """This much more is left on the line, in the transaction of what undoes an award."""
    EnvelopeLine.objects.filter(pk=line.pk).update(awarded=F("awarded") - amount)
