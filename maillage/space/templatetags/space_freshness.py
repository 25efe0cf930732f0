"""What an organisation's own page says of its freshness, wherever that page includes it."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from maillage.directory.confirmation import unconfirmed_since
from maillage.directory.models import Organisation
from maillage.space.enums import Months
from maillage.space.forms import AgreementForm, MonthsForm
from maillage.space.models import Freshness
from maillage.space.queries_suggestions import waiting_of

register = template.Library()


@register.inclusion_tag("space/_freshness.html", takes_context=True)
def freshness(context: template.Context, organisation: Organisation, is_manager: bool) -> dict[str, Any]:
    """Last confirmation, the button, the choice of months, what waits; two queries."""
    kept = Freshness.objects.filter(organisation=organisation).first()
    months = Months(kept.months) if kept is not None else Months.TWELVE
    return {
        "organisation": organisation,
        "is_manager": is_manager,
        "unconfirmed": unconfirmed_since(organisation, on=timezone.localdate()),
        "form": MonthsForm(initial={"months": months.value}),
        "agreement": AgreementForm(initial={"contributors_wait": kept is not None and kept.contributors_wait}),
        "months": months.label,
        "waiting": waiting_of(organisation.pk).count(),
        "csrf_token": context.get("csrf_token"),
    }
