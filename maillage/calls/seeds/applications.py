"""Example applications at each of their moments: a draft, one just sent, and a call examined to the opinions."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from maillage.accounts.models import User
from maillage.calls import actions, keys
from maillage.calls.enums import OutsideSense, Sense
from maillage.calls.models import Application, Call, Reviewer
from maillage.calls.phrases import review as phrases
from maillage.calls.seeds import words
from maillage.calls.seeds.words import EXAMPLE
from maillage.directory.models import Organisation
from maillage.kernel.uploads import CheckedDocument, check_document
from maillage.territories.models import Commune
from ui.print.compile import typeset

JURY = ("Édith", "Colette", "Maud")
# What each of the examined ones asks, in euros; the last two go no further than the admissibility.
ASKED = (8_000, 6_400, 5_200, 4_000, 3_500, 3_000, 2_000, 1_500)


def plant_applications(profile: str, at: datetime, say: Callable[[str], None]) -> dict[str, int]:
    """Twice without harm; nothing without the example calls and agent."""
    agent = User.objects.filter(is_example=True, first_name="Bruno").first()
    calls = {one.title: one for one in Call.objects.filter(is_example=True).select_related("scheme")}
    sheets = list(Organisation.objects.published().filter(is_example=True).order_by("pk"))
    examined, opened = calls.get(words.MOBILITY.title), calls.get(words.FOOD.title)
    if agent is None or examined is None or opened is None or Application.objects.exists() or len(sheets) < 3:
        return {}
    paper = _paper(at)
    then = at - timedelta(days=35)
    made = [
        _sent(examined, sheet, asked=asked, rank=rank, paper=paper, at=then)
        for rank, (sheet, asked) in enumerate(zip(sheets, ASKED, strict=False))
    ]
    _examine(examined, made, agent, at)
    _sent(opened, sheets[1], asked=4_000, rank=len(made), paper=paper, at=at - timedelta(days=3))
    _draft(opened, sheets[0], at - timedelta(days=2))
    return {"demandes d’exemple": Application.objects.filter(is_example=True).count()}


def _paper(at: datetime) -> CheckedDocument:
    data = {"title": "Pièce jointe", "name": EXAMPLE, "lines": ["Ce document est inventé."], "territory": "Maillage"}
    return check_document(io.BytesIO(typeset("example", data, at=at.replace(microsecond=0))))


def _siret(rank: int) -> str:
    """A number that no establishment has: SIREN do not begin with five zeros."""
    for last in range(10):
        number = f"00000{rank + 1:04d}0000{last}"
        doubled = [int(one) * (2 if place % 2 == 0 else 1) for place, one in enumerate(number)]
        if sum(one - 9 if one > 9 else one for one in doubled) % 10 == 0:
            return number
    raise AssertionError


def _values(call: Call, asked: int, rank: int, at: datetime) -> dict[str, Any]:
    """All that a form holds; costs are a quarter more than what is asked."""
    amount, today = Decimal(asked), timezone.localdate(at)
    known = words.FOOD_PROJECTS if call.title == words.FOOD.title else words.PROJECTS
    told = known[rank % len(known)]
    lines = [
        actions.BudgetLine("606", amount / 4), actions.BudgetLine("641", amount),
        actions.BudgetLine("744", amount, "Le territoire", "asked"), actions.BudgetLine("7OWN", amount / 4),
        actions.BudgetLine("864", Decimal(800)), actions.BudgetLine("870", Decimal(800)),
    ]  # fmt: skip
    answers = {f"{keys.BLOCK}{one['key']}": _answer(one) for one in call.forms.latest("number").blocks}
    theme = call.themes.order_by("pk").first()
    return answers | {
        "siret": _siret(rank), "representative": f"Camille {EXAMPLE}", "representative_role": "Présidente",
        "title": f"{told[0]} {EXAMPLE}", "summary": told[1], "theme": theme and theme.pk, "requested": amount,
        "commune": Commune.objects.filter(territories__isnull=False).by_name().values_list("pk", flat=True)[rank],
        "starts_on": today + timedelta(days=120), "ends_on": today + timedelta(days=420), "is_economic": rank % 2 == 0,
        "recovers_vat": False, "budget": lines, "cer_at": True, "honour_at": True,
        "honour_by": f"Camille {EXAMPLE}",
    }  # fmt: skip


def _answer(block: dict[str, Any]) -> Any:
    kinds = {"number": "40", "yes_no": True, "choice": next(iter(block["options"]), "")}
    return kinds.get(block["kind"], f"Des habitants l’ont demandé en réunion {EXAMPLE}.")


def _sent(
    call: Call, sheet: Organisation, *, asked: int, rank: int, paper: CheckedDocument, at: datetime
) -> Application:  # fmt: skip
    draft = actions.begin_application(call=call, organisation=sheet, by=None, at=at, is_example=True)
    values = _values(call, asked, rank, at)
    kept = actions.save_application(application=draft, values=values, version=draft.version, by=None, at=at)
    for piece in call.pieces.filter(is_required=True).order_by("position"):
        actions.add_file(application=kept, piece=piece, document=paper, by=None, at=at)
    kept.refresh_from_db()
    return actions.submit_application(application=kept, version=kept.version, by=None, at=at + timedelta(hours=1))


def _draft(call: Call, sheet: Organisation, at: datetime) -> None:
    """Begun, its project said, and left there."""
    draft = actions.begin_application(call=call, organisation=sheet, by=None, at=at, is_example=True)
    told = words.FOOD_PROJECTS[1]
    values = {"title": f"{told[0]} {EXAMPLE}", "summary": told[1], "requested": Decimal(2_500)}
    actions.save_application(application=draft, values=values, version=draft.version, by=None, at=at)


def _examine(call: Call, made: Sequence[Application], agent: User, at: datetime) -> None:
    """Admissible ones are read by three, one of whom stays away from the first; all but the last have an opinion."""
    then = at - timedelta(days=27)
    *whole, wrong, short = made
    for one in whole:
        points = dict.fromkeys(phrases.ITEMS, (True, ""))
        actions.check_admissibility(application=one, points=points, by=agent, at=then)
        actions.declare_admissible(application=one, by=agent, at=then)
    reason = f"Le projet se passe hors du territoire {EXAMPLE}."
    actions.declare_inadmissible(application=wrong, reason=reason, by=agent, at=then)
    due = timezone.localdate(at) + timedelta(days=10)
    actions.ask_completion(
        application=short,
        fields=["budget"],
        words=f"Le devis manque au budget {EXAMPLE}.",
        due_on=due,
        by=agent,
        at=then,
    )
    jury = [_juror(call, name, agent, then) for name in JURY]
    readers = [one.user for one in jury if one is not None and one.user is not None]
    if readers:
        away = f"Ma sœur y travaille {EXAMPLE}."
        actions.recuse(application=whole[0], user=readers[-1], reason=away, by=readers[-1], at=then)
    for rank, application in enumerate(whole):
        _read(application, readers if rank else readers[:-1], rank, at - timedelta(days=15))
    for application in whole[:-1]:
        said = actions.Said(
            Sense.FAVOURABLE, timezone.localdate(at) - timedelta(days=6), proposed=application.requested
        )  # fmt: skip
        actions.give_opinion(application=application, said=said, by=agent, at=at - timedelta(days=6))
    _outside(whole[-1], agent, at)


def _outside(application: Application, agent: User, at: datetime) -> None:
    """Two opinions are asked outside the jury: one came back, one is waited for."""
    files = tuple(application.files.order_by("pk")[:1])
    for told in words.OUTSIDE:
        due = timezone.localdate(at) + timedelta(days=12)
        asked = actions.Asked(
            f"{told.name} {EXAMPLE}", told.email, f"{told.question} {EXAMPLE}", due, told.parts, files
        )
        made = actions.ask_outside(application=application, asked=asked, by=agent, at=at - timedelta(days=9))
        if told.answer:
            actions.answer_outside(
                opinion=made, words=f"{told.answer} {EXAMPLE}", sense=OutsideSense.RESERVED, at=at - timedelta(days=4)
            )


def _juror(call: Call, name: str, agent: User, at: datetime) -> Reviewer | None:
    user = User.objects.filter(is_example=True, first_name=name).first()
    if user is None:
        return None
    reviewer = actions.name_reviewer(call=call, email=user.email, by=agent, at=at)
    return actions.pledge(reviewer=reviewer, by=user, at=at)


def _read(application: Application, readers: Sequence[User], rank: int, at: datetime) -> None:
    criteria = list(application.call.criteria.order_by("position"))
    for place, user in enumerate(readers):
        marks = {
            one.pk: actions.Mark(2 + (rank + place + step) % 3, f"Le dossier le dit clairement {EXAMPLE}.")
            for step, one in enumerate(criteria)
        }
        actions.hand_in_review(
            application=application, marks=marks, words=f"Un projet utile {EXAMPLE}.", by=user, at=at
        )  # fmt: skip
