"""What `benchmarks.steering` does inside a platform: make a plan large, read its pages, its gauges and its file.

Everything is invented; proofs are attached by the verb, readings and decisions written in bulk.
"""

from __future__ import annotations

import itertools
import resource
import statistics
import time
import tracemalloc
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP
from django.db import connection
from django.test import Client
from django.utils import timezone

from maillage.accounts.actions import give_mandate, open_account
from maillage.accounts.enums import Role
from maillage.accounts.models import User
from maillage.directory.enums import Family
from maillage.directory.models import Organisation, Term
from maillage.governance.enums import MeetingState
from maillage.governance.models import Body, Decision, Meeting
from maillage.kernel import registry
from maillage.kernel.registry import Described, EvidenceKind, EvidenceRule, Figure, Gauge, Manifest
from maillage.steering.actions import discard_file, prepare_file
from maillage.strategy.actions import use_rule
from maillage.strategy.actions.measuring import snapshot_indicators
from maillage.strategy.checks import find_breaches
from maillage.strategy.models import Indicator, Measure, Reading, Strategy

PROOFS, INDICATORS, DECISIONS, DAYS, ROUNDS = 200_000, 60, 200, 3 * 365, 60
KIND = "banc.chose"
Figures = dict[str, Any]
_numbers = itertools.count(1)


def enlarge() -> Figures:
    """The plan with as many indicators, readings, decisions and proofs as asked; how long the proofs took."""
    strategy, at = Strategy.objects.get(), timezone.now()
    indicators = _indicators(strategy)
    Reading.objects.filter(indicator__in=indicators).delete()
    today = timezone.localdate(at)
    readings = (
        Reading(
            indicator=one, on=today - timedelta(days=days), value=rank + (DAYS - days) // 7, note="Donnée d’exemple",
            is_computed=False, made_at=at,
        )
        for rank, one in enumerate(indicators) for days in range(DAYS)
    )  # fmt: skip
    while handful := list(itertools.islice(readings, 5_000)):
        Reading.objects.bulk_create(handful)
    _decide(at)
    began = time.perf_counter()
    with_proofs()
    attached = sum(use_rule(measure=one, key=f"{KIND}:{one.pk}", by=None, at=at) for one in Measure.objects.all())
    seconds = time.perf_counter() - began
    assert list(find_breaches()) == []
    return {
        "measures": Measure.objects.count(), "indicators": len(indicators), "readings": Reading.objects.count(),
        "decisions": Decision.objects.count(), "proofs": attached, "seconds_to_attach_the_proofs": round(seconds, 1),
    }  # fmt: skip


def _indicators(strategy: Strategy) -> list[Indicator]:
    like = Indicator.objects.filter(strategy=strategy).order_by("position")[0]
    measures = list(Measure.objects.filter(strategy=strategy, axis__isnull=False).order_by("position"))
    more = INDICATORS - Indicator.objects.filter(strategy=strategy).count()
    Indicator.objects.bulk_create(
        Indicator(
            strategy=strategy, axis=measures[rank % len(measures)].axis, measure=measures[rank % len(measures)],
            code=f"9.{rank}", position=1_000 + rank, title=f"Indicateur inventé {rank}", definition=like.definition,
            formula=like.formula, unit="chose,choses", kind=like.kind, source="Inventé", frequency=like.frequency,
        )
        for rank in range(1, more + 1)
    )  # fmt: skip
    return list(Indicator.objects.filter(strategy=strategy).order_by("position"))


def _decide(at: datetime) -> None:
    body = Body.objects.order_by("pk")[0]
    first, held = Decision.objects.filter(body=body).count(), at - timedelta(days=20)
    for rank in range(DECISIONS):
        if rank % 10 == 0:
            meeting = Meeting.objects.create(
                body=body, title=f"Rencontre {rank}", starts_at=held, ends_at=held + timedelta(hours=2),
                state=MeetingState.VALIDATED, check_in_code="ABCDEF", validated_at=held, changed_at=held,
            )  # fmt: skip
        Decision.objects.create(
            body=body, meeting=meeting, number=first + 1_000 + rank, text=f"Décision inventée numéro {rank}. " * 3,
            changed_at=held,
        )  # fmt: skip


def with_proofs() -> None:
    """Let an invented room offer as many proofs as asked, a rule for each measure."""
    measures = list(Measure.objects.order_by("pk").values_list("pk", flat=True))
    share = -(-PROOFS // len(measures))

    def keys(rank: int) -> Callable[[], Iterable[int]]:
        return lambda: range(rank * share + 1, min((rank + 1) * share, PROOFS) + 1)

    rules = [EvidenceRule(f"{KIND}:{pk}", f"Choses {pk}", keys(rank)) for rank, pk in enumerate(measures)]
    kind = EvidenceKind(
        KIND, "chose,choses", lambda found: {key: Described(f"Chose {key}", f"/choses/{key}/") for key in found},
        lambda words: [], lambda: rules,
    )  # fmt: skip
    registry.introduce(Manifest(room="banc", evidence=(kind,)))


# The pages.


def pages() -> Figures:
    """{page: p95 in ms, that of a page of words in the same frame, how many times as long, queries}."""
    with_proofs()
    agent = _agent()
    office, own, stranger = _client(), _client(), _client()
    office.force_login(agent)
    own.force_login(agent)
    measure = Measure.objects.filter(axis__isnull=False).order_by("position")[0].get_absolute_url()
    return {
        name: _compared(client, path, bare)
        for name, client, path, bare in (
            ("/gestion/strategie/", office, "/gestion/strategie/", "/gestion/comite/"),
            ("/moi/strategie/", own, "/moi/strategie/", "/mentions-legales/"),
            ("a measure", stranger, measure, "/mentions-legales/"),
            ("the board", stranger, "/strategie/tableau/", "/mentions-legales/"),
            ("indicators", stranger, "/strategie/indicateurs/", "/mentions-legales/"),
        )
    }


def _agent() -> User:
    found = User.objects.filter(email="banc@exemple.test").first()
    if found is not None:
        return found
    user, today = open_account(email="banc@exemple.test", by=None, at=timezone.now()), timezone.localdate()
    give_mandate(user=user, role=Role.AGENT, start_date=today, by=None, at=timezone.now())
    TOTP.activate(user, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    return user


def _client() -> Client:
    return Client(headers={"host": "127.0.0.1"})


def _compared(client: Client, path: str, bare: str) -> Figures:
    """In turns, so that what the machine does besides falls on both; an address each time, so that none is kept."""

    def took(address: str) -> float:
        began = time.perf_counter()
        answer = client.get(f"{address}{'&' if '?' in address else '?'}mesure={next(_numbers)}")
        seconds = time.perf_counter() - began
        assert answer.status_code == 200, (address, answer.status_code)
        return seconds * 1000

    took(path), took(bare)
    pairs = [(took(path), took(bare)) for _ in range(ROUNDS)]
    page, words = (statistics.quantiles(times, n=20)[-1] for times in zip(*pairs, strict=True))
    asked: list[str] = []

    def counted(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(counted):
        took(path)
    return {
        "p95_ms": round(page, 1), "page_of_words_p95_ms": round(words, 1), "times_as_long": round(page / words, 2),
        "queries": len(asked),
    }  # fmt: skip


# The snapshot.


def snapshot() -> Figures:
    """60 indicators that follow the gauges that ship; then 60 that each count other organisations, beside bare SQL."""
    strategy, at = Strategy.objects.get(), timezone.now()
    today = timezone.localdate(at)
    shipping = sorted(registry.gauges())
    for rank, one in enumerate(_indicators(strategy)):
        Indicator.objects.filter(pk=one.pk).update(gauge=shipping[rank % len(shipping)])
    shipped, shipped_seconds = _snapshot(strategy, today, at)
    counts = _counts()
    gauges = tuple(Gauge(f"banc.{rank}", _reader(found)) for rank, found in enumerate(counts))
    registry.introduce(Manifest(room="banc", gauges=gauges))
    Reading.objects.filter(on=today).delete()
    for rank, one in enumerate(Indicator.objects.order_by("position")[: len(gauges)]):
        Indicator.objects.filter(pk=one.pk).update(gauge=gauges[rank].key)
    bare = _bare(counts)
    read, seconds = _snapshot(strategy, today, at)
    return {
        "organisations": Organisation.objects.count(), "gauges_that_ship": len(shipping),
        "indicators_that_follow_them": shipped, "their_seconds": shipped_seconds, "indicators_of_their_own": read,
        "seconds": seconds, "bare_counts_seconds": bare, "times_as_long": round(seconds / bare, 2),
    }  # fmt: skip


def _snapshot(strategy: Strategy, on: date, at: datetime) -> tuple[int, float]:
    began = time.perf_counter()
    report = snapshot_indicators(strategy=strategy, on=on, by=None, at=at)
    return len(report.written), round(time.perf_counter() - began, 2)


def _counts() -> list[Any]:
    """Sixty questions: by family, by term of the vocabulary, and all."""
    published = Organisation.objects.published()
    found = [published, *(published.filter(family=one) for one in Family)]
    terms = itertools.cycle(Term.objects.order_by("pk"))
    while len(found) < INDICATORS:
        found.append(published.filter(terms=next(terms)))
    return found[:INDICATORS]


def _reader(found: Any) -> Callable[[date], Figure]:
    return lambda on: Figure(found.count(), path="/annuaire/")


def _bare(counts: list[Any]) -> float:
    began = time.perf_counter()
    with connection.cursor() as cursor:
        for one in counts:
            sql, params = one.order_by().values("pk").query.sql_with_params()
            cursor.execute(f"SELECT COUNT(*) FROM ({sql}) AS found", params)
            cursor.fetchone()
    return round(time.perf_counter() - began, 2)


# The committee's file.


def file() -> Figures:
    """Seconds, queries and memory of one file; what is traced is made a second time, since tracing slows."""
    strategy = Strategy.objects.get()
    asked: list[str] = []

    def counted(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(sql)
        return execute(sql, params, many, context)

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    with connection.execute_wrapper(counted):
        _make(strategy)
    seconds = time.perf_counter() - began
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    tracemalloc.start()
    made = _make(strategy)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    sizes = {one.form: round(one.size / 1024) for one in made.papers.defer("content").order_by("form")}
    return {
        "seconds": round(seconds, 2), "queries": len(asked), "python_peak_mb": round(peak / 2**20),
        "more_memory_of_the_process_mb": round(more), **{f"{form}_kb": size for form, size in sizes.items()},
    }  # fmt: skip


def _make(strategy: Strategy) -> Any:
    at = timezone.now()
    made = prepare_file(strategy=strategy, as_of=timezone.localdate(at), by=None, at=at)
    discard_file(file=made, reason="Mesure de vitesse", by=None, at=at)
    return made
