"""Run inside a platform: an open call with drafts that lack nothing, files to decide on; then what became of them.

Words: a *look* tells what each application and each decision is, and what of it does not hold (`wrong`).
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from unittest.mock import patch

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import Sum
from django.test import Client
from django.utils import timezone

from maillage.accounts.models import User
from maillage.calls import checks as calls_checks
from maillage.calls.actions import remove_stray_files, save_application, submit_application
from maillage.calls.enums import ApplicationState
from maillage.calls.models import Application, AppliedFile, Call, EnvelopeLine, Numbering, Piece
from maillage.calls.models.application import FOLDER
from maillage.grants import checks as grants_checks
from maillage.grants.enums import Outcome
from maillage.grants.models import Decision, DeMinimisAid
from maillage.kernel.actions import guard_journal, load_values
from maillage.kernel.models import JournalEntry
from maillage.kernel.registry import Breach
from maillage.outbox.models import Letter
from maillage.outbox.writing import message_id
from tests.calls import drafts, world
from tests.factories import small_territory
from tests.grants import world as grants_world

# Twelve awards of 5 000 € at most; more are tried, so that the envelope is asked for more than it holds.
ENVELOPE = "60000"
PEOPLE = ("prepare@exemple.test", "confirme1@exemple.test", "confirme2@exemple.test")


def plant(*, applications: int, documents: int, awards: int) -> str:
    """Rows as of today, and a session for whoever acts; what a client needs to know, in JSON."""
    at = timezone.now()
    modules: tuple[Any, ...] = (world, grants_world)
    for module in modules:
        module.AT = at
    guard_journal()
    load_values()
    small_territory()
    for email in PEOPLE:
        world.agent(email)
    call = world.a_call()
    piece = Piece.objects.create(call=call, position=1, label="Statuts", is_required=False)
    ready = [_draft(call, at) for _ in range(applications)]
    joined = [_draft(call, at) for _ in range(documents)]
    decided = world.a_call(world.a_line(ENVELOPE, state_aid="de_minimis"))
    for _ in range(awards):
        grants_world.judged(decided, given_on=(at - timedelta(days=1)).date(), is_economic=True)
    return json.dumps({
        "cookie": settings.SESSION_COOKIE_NAME,
        "ready": [[one.reference, _session(one.author)] for one in ready],
        "joined": [[one.reference, _session(one.author)] for one in joined],
        "piece": piece.pk, "call": decided.pk,
        "people": [_session(User.objects.get(email=email)) for email in PEOPLE],
    })  # fmt: skip


def _draft(call: Call, at: datetime) -> Application:
    """One that lacks nothing, of an organisation of its own."""
    made = drafts.a_draft(call, at=at)
    dates = {"starts_on": (at + timedelta(days=60)).date(), "ends_on": (at + timedelta(days=300)).date()}
    return save_application(application=made, values=drafts.SAID | dates, version=0, by=made.author, at=at)


def _session(user: User | None) -> str:
    assert user is not None
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def look() -> str:
    """What is there, and what does not hold, in JSON."""
    sent = dict(Application.objects.exclude(number=None).exclude(digest="0" * 64).values_list("reference", "number"))
    told = {
        "numbers": sent,
        "awards": list(Decision.objects.awards().values_list("pk", flat=True)),
        "documents": list(AppliedFile.objects.values_list("application__reference", flat=True)),
        "wrong": [*_applications(), *_awards(), *_breaches()],
    }
    return json.dumps(told)


def letters() -> str:
    """[Message-ID, state] of the receipts and of the decisions that were told, in JSON."""
    rows = Letter.objects.filter(kind__in=["calls.receipt", "grants.decided"]).order_by("pk")
    return json.dumps([[message_id(one), one.state] for one in rows])


def sent_in_passing(reference: str) -> str:
    """The control of letters: whoever sends them by the way, and forgets those that no server took."""
    made = Application.objects.get(reference=reference)
    with patch("maillage.calls.actions.submitting.outbox.post"):
        submit_application(application=made, version=made.version, by=made.author, at=timezone.now())
    return look()


def strays() -> int:
    """How many files no row names, once the sweeper went by; those of today are given a day."""
    remove_stray_files(at=timezone.now() + timedelta(days=2))
    try:
        there = set(default_storage.listdir(FOLDER)[1])
    except FileNotFoundError:
        return 0
    named = {str(name).removeprefix(FOLDER) for name in AppliedFile.objects.values_list("file", flat=True)}
    assert named <= there
    return len(there - named)


def _count(verb: str, rows: Any) -> Counter[int]:
    acts = JournalEntry.objects.filter(verb=verb, object_type=rows.model._meta.label_lower)
    return Counter(pk for pk in acts.values_list("object_id", flat=True) if pk is not None)


def _letters(kind: str) -> Counter[int]:
    found = Letter.objects.filter(kind=kind).values_list("object_id", flat=True)
    return Counter(pk for pk in found if pk is not None)


def _applications() -> list[str]:
    """Each is a draft of which nothing was told, or was sent: number, digest, one act, one receipt."""
    rows = Application.objects.exclude(digest="0" * 64).order_by("pk")
    acts, letters = _count("submit_application", rows), _letters("calls.receipt")
    whole = {
        (ApplicationState.DRAFT.value, False, False, 0, 0),
        (ApplicationState.SUBMITTED.value, True, True, 1, 1),
    }
    wrong = []
    for one in rows:
        found = (one.state, bool(one.number), bool(one.digest), acts[one.pk], letters[one.pk])
        if found not in whole:
            wrong.append(f"{one.reference}: {found}")
    numbered = rows.exclude(number=None).count()
    counted = Numbering.objects.aggregate(total=Sum("last"))["total"] or 0
    return wrong if numbered == counted else [*wrong, f"{numbered} numbers were given, {counted} were counted"]


def _awards() -> list[str]:
    """Each decision is whole (state, project, register, act, letter), or nothing of it is there; envelopes hold."""
    rows = Decision.objects.select_related("application").order_by("pk")
    acts, letters = _count("confirm_decision", rows), _letters("grants.decided")
    register = Counter(DeMinimisAid.objects.values_list("decision", flat=True))
    wrong = []
    for one in rows:
        state = one.application.state == ApplicationState.GRANTED.value
        found = (bool(one.confirmed_at), state, bool(one.project_id), register[one.pk], acts[one.pk], letters[one.pk])
        if found not in {(True, True, True, 1, 1, 1), (False, False, False, 0, 0, 0)}:
            wrong.append(f"decision {one.pk}: {found}")
    for line in EnvelopeLine.objects.order_by("pk"):
        given = rows.filter(line=line, outcome=Outcome.GRANTED, confirmed_at__isnull=False)
        total = given.aggregate(total=Sum("amount"))["total"] or Decimal(0)
        if line.awarded != total or total > line.amount:
            wrong.append(f"line {line.pk} of {line.amount}: {line.awarded} taken, {total} awarded")
    return wrong


def _breaches() -> list[str]:
    found: list[Breach] = [*calls_checks.find_breaches(), *grants_checks.find_breaches()]
    return [f"{one.check} {one.subject}: {one.message}" for one in found]
