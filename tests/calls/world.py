"""What the tests of calls and of grants share: an authority, its scheme and envelope, calls and applications as rows.

Rows are made straight, so that each verb's tests stand without the verbs before it; journeys go through the verbs.
"""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from maillage.accounts.enums import Role
from maillage.accounts.models import User
from maillage.calls.enums import ApplicationState
from maillage.calls.models import (
    Application,
    Authority,
    Call,
    CallForm,
    Criterion,
    EnvelopeLine,
    Reviewer,
    Scheme,
)
from maillage.directory.models import Organisation
from maillage.space.enums import Part
from maillage.space.models import Membership
from tests.accounts.people import holder
from tests.factories import organisation, person
from tests.numbers import siren

AT = datetime(2026, 11, 25, 11, 0, tzinfo=UTC)
_numbers = itertools.count(1)


def later(days: int = 1) -> datetime:
    return AT + timedelta(days=days)


def agent(email: str = "agent@exemple.test") -> User:
    return User.objects.filter(email=email).first() or holder(Role.AGENT, email=email)


def a_line(amount: str = "100000", year: int = 2026, **traits: Any) -> EnvelopeLine:
    """The envelope of a new scheme of the territory."""
    number = next(_numbers)
    authority, _ = Authority.objects.get_or_create(
        name="PETR des Exemples", defaults={"siret": "20000000000017", "court": "Amiens"}
    )
    facts = {"legal_basis": "Délibération d’essai", "purpose": "Soutenir des projets", "opened_at": AT} | traits
    scheme = Scheme.objects.create(authority=authority, title=f"Soutien {number}", **facts)
    return EnvelopeLine.objects.create(scheme=scheme, year=year, amount=Decimal(amount))


def a_call(line: EnvelopeLine | None = None, *, criteria: bool = True, **traits: Any) -> Call:
    """A published call, open for thirty days from AT, with two criteria (60 and 40) and a form of one question."""
    number = next(_numbers)
    line = line or a_line()
    facts: dict[str, Any] = {
        "slug": f"appel-{number}", "title": f"Appel {number}", "summary": "Pour des projets utiles ici.",
        "budget": line.amount, "opens_at": later(-1), "closes_at": later(30), "published_at": later(-2),
        "created_at": later(-3), "changed_at": later(-2), "theme_reason": "Un sujet d’essai",
    }  # fmt: skip
    call = Call.objects.create(scheme=line.scheme, line=line, **{**facts, **traits})
    blocks = [{
        "key": "besoin", "kind": "text", "label": "À quel besoin répondez-vous ?", "help": "", "required": True,
        "options": [], "most": 2000,
    }]  # fmt: skip
    CallForm.objects.create(call=call, number=1, blocks=blocks, made_at=AT, fixed_at=AT)
    if criteria:
        Criterion.objects.create(call=call, position=1, label="Utilité", weight=60)
        Criterion.objects.create(call=call, position=2, label="Viabilité", weight=40)
    return call


def a_structure(name: str = "", **traits: Any) -> tuple[Organisation, User]:
    """An organisation with a SIREN, and the person who manages its space."""
    number = next(_numbers)
    made = organisation(name or f"Structure {number}", siren=traits.pop("siren", siren(number)), **traits)
    user = person(f"gestion{number}@exemple.test", first_name=f"Gestion {number}")
    Membership.objects.create(user=user, organisation=made, part=Part.MANAGER, since=AT)
    return made, user


def an_application(
    call: Call | None = None, *, state: ApplicationState = ApplicationState.SUBMITTED, **traits: Any
) -> Application:
    """One that was submitted, unless the state says draft: 5 000 € asked, its organisation has a manager."""
    number = next(_numbers)
    call = call or a_call()
    made = traits.pop("organisation", None) or a_structure()[0]
    facts: dict[str, Any] = {
        "reference": f"dos{number:05d}"[:8], "title": f"Projet {number}", "summary": "En bref.",
        "requested": Decimal(5000), "created_at": AT, "changed_at": AT, "legal_name": made.name,
    }  # fmt: skip
    if state != ApplicationState.DRAFT:
        facts |= {"number": f"TEST-{number:05d}", "submitted_at": AT, "digest": "0" * 64}
    return Application.objects.create(
        call=call, form=call.forms.get(), organisation=made, state=state, **{**facts, **traits}
    )


def a_reviewer(call: Call, *, pledged: bool = True, email: str = "") -> Reviewer:
    """A member of the jury of a call, who pledged to keep what is read to themselves."""
    number = next(_numbers)
    user = person(email or f"jury{number}@exemple.test", first_name=f"Jury {number}")
    return Reviewer.objects.create(call=call, user=user, named_at=AT, pledged_at=AT if pledged else None)
