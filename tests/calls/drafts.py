"""Applications made by the verbs, as far as a test wants them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from maillage.accounts.models import User
from maillage.calls import actions
from maillage.calls.actions import BudgetLine
from maillage.calls.models import Application, Call
from maillage.directory.models import Organisation
from maillage.space import actions as space
from maillage.space.enums import Part
from maillage.space.models import Membership
from tests.calls.world import AT, a_call, a_structure

BUDGET = [
    BudgetLine("601", Decimal("4000.00")), BudgetLine("641", Decimal("6000.50")),
    BudgetLine("744", Decimal("5000.00"), "PETR", "asked"), BudgetLine("7OWN", Decimal("5000.50")),
    BudgetLine("864", Decimal("800.00")), BudgetLine("870", Decimal("800.00")),
]  # fmt: skip
SAID: dict[str, Any] = {
    "siret": "12345678200010", "representative": "Alice Martin", "representative_role": "Présidente",
    "title": "Une épicerie à Péronne", "summary": "Un lieu pour acheter local.", "commune": "80620",
    "starts_on": date(2027, 1, 4), "ends_on": date(2027, 12, 17), "requested": Decimal("5000.00"),
    "is_economic": False, "recovers_vat": False, "block:besoin": "Plus un commerce ouvert.", "budget": BUDGET,
    "cer_at": True, "honour_at": True, "honour_by": "Alice Martin",
}  # fmt: skip


def manager_of(organisation: Organisation) -> User:
    return Membership.objects.select_related("user").get(organisation=organisation, part=Part.MANAGER).user


def a_draft(call: Call | None = None, *, organisation: Organisation | None = None, at: datetime = AT) -> Application:
    """A draft that was just begun; its author manages the organisation."""
    made = organisation or a_structure(family="association")[0]
    return actions.begin_application(call=call or a_call(), organisation=made, by=manager_of(made), at=at)


def a_ready(call: Call | None = None, *, organisation: Organisation | None = None, **instead: Any) -> Application:
    """A draft that lacks nothing, unless a value is replaced; `key__rest` stands for `key:rest`."""
    draft = a_draft(call, organisation=organisation)
    values = SAID | {key.replace("__", ":"): value for key, value in instead.items()}
    return actions.save_application(application=draft, values=values, version=draft.version, by=draft.author, at=AT)


def sent(application: Application | None = None, *, at: datetime = AT) -> Application:
    """A submitted one."""
    one = application or a_ready()
    return actions.submit_application(application=one, version=one.version, by=one.author, at=at)


def with_profile(organisation: Organisation) -> None:
    """What the private profile says of it."""
    space.keep_profile(
        organisation=organisation, by=manager_of(organisation), at=AT,
        facts={"representative_name": "Alice Martin", "representative_role": "Présidente", "volunteers": 14},
    )  # fmt: skip
