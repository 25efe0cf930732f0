"""What the tests of aids share: an agent, aids by hand and by import, readers, letters as they left."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from maillage.accounts.enums import Role
from maillage.accounts.models import User
from maillage.aids import actions
from maillage.aids.imports import read_answer
from maillage.aids.models import Aid, Reading, Watch
from maillage.directory.enums import TermKind
from maillage.directory.models import Term
from maillage.outbox.models import Letter
from tests.accounts.people import holder

AT = datetime(2026, 11, 25, 11, 0, tzinfo=UTC)
ON = date(2026, 11, 25)
CHLOE = "chloe@exemple.test"
SOURCE = "Catalogue d’essai"
HERE = Path(__file__).parent


def subjects() -> None:
    """Three of the directory's themes."""
    for rank, (code, label) in enumerate(
        (("reemploi", "Réemploi"), ("insertion", "Insertion"), ("culture", "Culture"))
    ):
        Term.objects.get_or_create(kind=TermKind.THEME, code=code, defaults={"label": label, "position": rank})


def agent() -> User:
    return User.objects.filter(email="agent@exemple.test").first() or holder(Role.AGENT)


def made(name: str = "Aide aux ateliers", *, at: datetime = AT, **values: Any) -> Aid:
    """An aid by hand, open all the year unless told otherwise."""
    return actions.create_aid(values={"name": name, "recurrence": "ongoing", **values}, by=agent(), at=at)


def sample() -> list[dict[str, Any]]:
    """Three aids in the shape of the API, written for these tests."""
    found: list[dict[str, Any]] = json.loads((HERE / "aids.json").read_text(encoding="utf-8"))["results"]
    return found


def received(results: list[dict[str, Any]] | None = None, *, at: datetime = AT, **options: Any) -> Reading:
    """The sample, or these aids, read whole."""
    harvest = read_answer(sample() if results is None else results)
    assert harvest.faults == ()
    return actions.receive_aids(source=SOURCE, received=harvest.aids, on=at.date(), at=at, **options)


def kept(asked: str = "", *, email: str = CHLOE, at: datetime = AT, is_confirmed: bool = True, **facts: Any) -> Watch:
    pace = facts.pop("pace", "weekly")
    watch = actions.keep_watch(asked=asked, pace=pace, email="" if "user" in facts else email, at=at, **facts)
    return actions.confirm_watch(watch=watch, at=at) if is_confirmed else watch


def posted(kind: str) -> list[tuple[str, str]]:
    """(address, state) of the letters of this kind, in the order of their posting."""
    rows = Letter.objects.filter(kind=kind).order_by("pk")
    return list(rows.values_list("mailbox__address", "state"))


def later(days: int = 1) -> datetime:
    return AT + timedelta(days=days)
