"""Begin an application and write it, alone or with others.

Words: a *key* names what is written (`calls.keys`); the *version* grows with each writing, so that whoever read an
older one is told. Neighbours: `submitting` sends it, `files` joins documents, `joining` brings other organisations.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from maillage.accounts.models import User
from maillage.calls import keys, terms
from maillage.calls.actions.refusal import CallRefused
from maillage.calls.enums import ApplicationState
from maillage.calls.models import Application, Call, DeclaredAid, ForecastLine
from maillage.calls.phrases import applying as phrases
from maillage.calls.queries.own import draft_of, is_open_for, known_of, people_of
from maillage.directory.models import Organisation
from maillage.kernel.actions import journal
from maillage.kernel.dated import months_before
from maillage.kernel.text import spoken_code
from maillage.outbox import actions as outbox


class ApplicationMoved(Exception):
    """Somebody wrote since that version was read; `application` is what is kept now. Nothing was written."""

    phrase = phrases.MOVED

    def __init__(self, application: Application) -> None:
        super().__init__(self.phrase)
        self.application = application


@dataclass(frozen=True)
class BudgetLine:
    """A line to keep. code: an account of the grid; label: the funder; funding: value of Funding, "" elsewhere."""

    code: str
    amount: Decimal
    label: str = ""
    funding: str = ""


@dataclass(frozen=True)
class Aid:
    """An aid *de minimis* to keep, in euros."""

    granted_on: date
    funder: str
    amount: Decimal
    regulation: str
    scheme: str = ""
    entity: str = ""


def begin_application(
    *, call: Call, organisation: Organisation, by: User | None, at: datetime, is_example: bool = False
) -> Application:
    """A draft that holds what the site knows already; the one that is there, when this organisation began one.

    Raises CallRefused: the call takes no application at that moment.
    """
    with transaction.atomic():
        Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
        if (begun := draft_of(call, organisation)) is not None:
            return begun
        if not (decision := is_open_for(call, None, at)):
            raise CallRefused(decision.reason)
        known = known_of(organisation)
        columns = {_column(key): value for key, value in known.values.items() if not keys.is_answer(key)}
        application = Application.objects.create(
            call=call, form=call.forms.filter(fixed_at__isnull=False).latest("number"), organisation=organisation,
            reference=spoken_code(8), author=by, created_at=at, changed_at=at, is_example=is_example,
            answers={key: value for key, value in known.values.items() if keys.is_answer(key)},
            origins=known.origins, **columns,
        )  # fmt: skip
        journal(verb="begin_application", target=application, changes={"call": [None, call.pk]}, by=by, at=at)
    return application


def save_application(
    *, application: Application, values: Mapping[str, Any], version: int, by: User | None, at: datetime
) -> Application:
    """Keep these values, by key; the others stay. What is typed over a known value is no longer « repris ».

    values: a column takes its own type (commune and theme: their key or None; `cer_at`, `honour_at`: did they sign?),
    an answer a text, a bool or a list of texts, `budget` all its BudgetLine, `declared_aids` all its Aid.
    Raises ApplicationMoved when `version` is not the one that is kept; CallRefused: sent already, or not open again.
    """
    with transaction.atomic():
        row = held(application)
        if row.version != version:
            raise ApplicationMoved(row)
        changed = {key: value for key, value in values.items() if _differs(row, key, value)}
        for key in changed:
            require_open(row, key)
        if not changed:
            return row
        for key, value in changed.items():
            _write(row, key, value, at)
        row.origins = {key: words for key, words in row.origins.items() if key not in changed}
        row.version, row.changed_at = row.version + 1, at
        row.save()
        journal(
            verb="save_application", target=row, changes={"fields": [None, sorted(changed)]}, by=by, at=at
        )  # fmt: skip
    return row


def held(application: Application) -> Application:
    """The row as it is, kept from others until the end of the transaction. Raises CallRefused: gone, or sent."""
    rows = Application.objects.select_for_update(of=("self",)).select_related("call__scheme", "form", "organisation")
    row = rows.filter(pk=application.pk).first()
    if row is None:
        raise CallRefused(phrases.GONE)
    if not row.is_writable:
        raise CallRefused(phrases.NOT_WRITABLE)
    return row


def require_open(application: Application, key: str) -> None:
    """A file to complete changes where it was opened again, nowhere else. Raises CallRefused."""
    if application.state == ApplicationState.INCOMPLETE and key not in application.reopened:
        raise CallRefused(phrases.NOT_REOPENED.format(label=keys.label_of(key, application)), key)


def remind_drafts(*, at: datetime) -> int:
    """Write once to whoever left a draft alone, some days before its call ends; how many letters."""
    days = terms.value("draft_reminder_days", timezone.localdate(at))
    rows = Application.objects.filter(
        state=ApplicationState.DRAFT, reminded_at=None, call__closes_at__gt=at,
        call__closes_at__lte=at + timedelta(days=days), call__archived_at=None,
    )  # fmt: skip
    told = 0
    for row in rows.select_related("call").order_by("pk"):
        with transaction.atomic():
            if not Application.objects.filter(pk=row.pk, reminded_at=None).update(reminded_at=at):
                continue
            for user in people_of(row):
                outbox.post(kind="calls.draft", to=user, about=row, at=at, once_key=f"calls.draft:{row.pk}:{user.pk}")
                told += 1
    return told


def forget_drafts(*, at: datetime) -> int:
    """Erase the drafts that nobody changed for as long as they are kept; how many. Their files are swept after."""
    today = timezone.localdate(at)
    limit = at - (today - months_before(today, terms.draft_months(today)))
    rows = Application.objects.filter(state=ApplicationState.DRAFT, changed_at__lt=limit)
    count = rows.count()
    rows.delete()
    return count


def _column(key: str) -> str:
    return f"{key}_id" if key in ("commune", "theme") else key


def _differs(row: Application, key: str, value: Any) -> bool:
    if key == keys.BUDGET:
        return sorted(_told(value)) != sorted(row.forecast.values_list("code", "label", "amount", "funding"))
    if key == keys.AIDS:
        rows = row.declared_aids.values_list("granted_on", "funder", "amount", "regulation", "scheme", "entity")
        return sorted(tuple(asdict(one).values()) for one in value) != sorted(rows)
    if key in ("cer_at", "honour_at"):
        return bool(value) != (getattr(row, key) is not None)
    kept = keys.value_of(row, key)
    return (keys.has_value(kept) or keys.has_value(value)) and kept != value


def _told(lines: Sequence[BudgetLine]) -> list[tuple[str, str, Decimal, str]]:
    return [(one.code, one.label, one.amount, one.funding) for one in lines]


def _write(row: Application, key: str, value: Any, at: datetime) -> None:
    """Raises KeyError for what is no key: a mistake of ours."""
    keys.step_of(key)
    if key == keys.BUDGET:
        row.forecast.all().delete()
        ForecastLine.objects.bulk_create(ForecastLine(application=row, **asdict(one)) for one in value)
    elif key == keys.AIDS:
        row.declared_aids.all().delete()
        DeclaredAid.objects.bulk_create(DeclaredAid(application=row, **asdict(one)) for one in value)
    elif key in ("cer_at", "honour_at"):
        setattr(row, key, at if value else None)
        if key == "cer_at":
            row.cer_version = phrases.CER_VERSION if value else ""
    elif keys.is_answer(key):
        row.answers = {**row.answers, keys.answer_key(key): value}
    else:
        setattr(row, _column(key), value)
