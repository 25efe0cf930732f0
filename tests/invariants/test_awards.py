"""C6, C7, C8: no cent over an envelope, one award of a file, no undertaking over its ceiling, whoever awards at once.

`AWARD_ROUNDS=200` runs ten times what a CI run does.
"""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.db.models import Sum

from maillage.accounts.models import User
from maillage.calls.enums import ApplicationState
from maillage.calls.models import Application, DeclaredAid, EnvelopeLine
from maillage.directory.models import Organisation
from maillage.grants import actions
from maillage.grants.actions import cancelling, deciding, envelopes, paying, reducing, undertakings
from maillage.grants.checks import find_breaches
from maillage.grants.enums import InstalmentKind, Outcome
from maillage.grants.models import Agreement, Cancellation, Decision, DeMinimisAid, Instalment, Reduction
from maillage.kernel.models import JournalEntry
from maillage.outbox.models import Letter
from tests.calls.world import AT, a_call, a_line, a_structure, agent
from tests.grants.test_cancelling import ENDED, prepared_end
from tests.grants.test_reducing import prepared_smaller
from tests.grants.world import DELIBERATED, OPINED, awarded, judged, prepared, signed
from tests.invariants.racing import (
    Round,
    breaches,
    caught,
    race,
    slowed,
    strange,
    without_constraint,
    without_locks,
)

pytestmark = pytest.mark.django_db
CLIENTS = 16
ROUNDS = int(os.environ.get("AWARD_ROUNDS", "20"))
_numbers = itertools.count(1)


def confirmer(decision: Decision) -> Callable[[], Decision]:
    by = agent(f"confirme{next(_numbers) % CLIENTS}@exemple.test")
    return lambda: actions.confirm_decision(decision=decision, deliberation=DELIBERATED, by=by, at=AT)


def several_calls_on_one_envelope() -> list[str]:
    """Sixteen agents award 300 € each on three calls of a line of 1 000 €: three at most, and what is told is there."""
    line = a_line("1000")
    calls = [a_call(line, criteria=False) for _ in range(3)]
    made = _structure()
    waiting = [prepared(judged(calls[rank % 3], organisation=made), "300") for rank in range(CLIENTS)]
    outcomes = race(*(confirmer(one) for one in waiting))
    line.refresh_from_db()
    given = Decision.objects.awards().filter(line=line).aggregate(total=Sum("amount"))["total"] or Decimal(0)
    told = sum(outcome.error is None for outcome in outcomes)
    found = (line.awarded, given, told)
    wrong = [] if found == (Decimal(900), Decimal(900), 3) else [f"line, awards, told: {found}"]
    return [*wrong, *strange(outcomes, actions.EnvelopeExceeded)]


def _structure() -> Organisation:
    """One organisation for the many files of a round: its project is opened once."""
    return a_structure()[0]


def one_file_awarded_by_many() -> list[str]:
    """Several agents prepare, then confirm the same award: one award, one letter, one act, its money taken once."""
    application = judged(a_call(a_line("100000"), criteria=False))
    people = [agent(f"confirme{rank}@exemple.test") for rank in range(8)]
    proposed = actions.Proposed(Outcome.GRANTED, Decimal(5000))

    def decide(rank: int) -> Callable[[], Decision]:
        def both() -> Decision:
            made = actions.prepare_decision(application=application, proposed=proposed, by=people[rank], at=AT)
            return actions.confirm_decision(
                decision=made, deliberation=DELIBERATED, by=people[(rank + 1) % len(people)], at=AT
            )

        return both

    outcomes = race(*(decide(rank) for rank in range(len(people))))
    if not any(outcome.error is None for outcome in outcomes):
        # Each prepared over the other's: nobody confirmed what they had not read. One goes on.
        decide(0)()
    application.refresh_from_db()
    decision = Decision.objects.get(application=application)
    letters = Letter.objects.filter(kind="grants.decided", object_id=decision.pk).count()
    acts = JournalEntry.objects.filter(verb="confirm_decision", object_id=decision.pk).count()
    line = EnvelopeLine.objects.get(calls=application.call)
    found = (letters, acts, line.awarded, application.state)
    wanted = (1, 1, Decimal(5000), ApplicationState.GRANTED)
    wrong = [] if found == wanted else [f"letters, acts, awarded, state: {found}"]
    return [*wrong, *strange(outcomes, actions.AlreadyDecided, actions.GrantRefused)]


def one_award_confirmed_by_many() -> list[str]:
    """Sixteen agents confirm one prepared award: one of them does."""
    application = judged(a_call(a_line("100000"), criteria=False))
    decision = prepared(application)
    outcomes = race(*(confirmer(decision) for _ in range(CLIENTS)))
    letters = Letter.objects.filter(kind="grants.decided", object_id=decision.pk).count()
    acts = JournalEntry.objects.filter(verb="confirm_decision", object_id=decision.pk).count()
    line = EnvelopeLine.objects.get(calls=application.call)
    found = (sum(outcome.error is None for outcome in outcomes), letters, acts, line.awarded)
    wrong = [] if found == (1, 1, 1, Decimal(5000)) else [f"told, letters, acts, awarded: {found}"]
    return [*wrong, *strange(outcomes, actions.AlreadyDecided)]


def aids_of_several_authorities() -> list[str]:
    """Sixteen awards of 60 000 € of as many schemes for one undertaking, which declared 100 000 €: three at most."""
    made = _structure()
    waiting = []
    for _ in range(CLIENTS):
        call = a_call(a_line("100000", state_aid="de_minimis"), criteria=False)
        application = judged(call, organisation=made, requested=Decimal(60000), is_economic=True)
        _declares(application)
        waiting.append(prepared(application, "60000"))
    outcomes = race(*(confirmer(one) for one in waiting))
    aids = DeMinimisAid.objects.filter(undertaking__members__organisation=made)
    total = aids.aggregate(total=Sum("amount"))["total"]
    found = (total, aids.filter(decision=None).count(), sum(outcome.error is None for outcome in outcomes))
    wrong = [] if found == (Decimal(280000), 1, 3) else [f"total, declared, told: {found}"]
    return [*wrong, *strange(outcomes, actions.CeilingExceeded)]


def _declares(application: Application) -> None:
    DeclaredAid.objects.create(
        application=application, granted_on=OPINED, funder="La Région", amount=Decimal(100000), regulation="de_minimis"
    )


def taken_back_while_taken_back() -> list[str]:
    """Two agents take the same award back while others award on its line: its money comes back once."""
    line = a_line("1000")
    call, made = a_call(line, criteria=False), _structure()
    first = confirmer(prepared(judged(call, organisation=made), "600"))()
    waiting = [prepared(judged(call, organisation=made), "400") for _ in range(4)]
    people = [agent(f"retire{rank}@exemple.test") for rank in range(3)]
    back = [
        lambda by=by: actions.withdraw_decision(decision=first, why="Erreur", by=by, at=AT) for by in people
    ]  # fmt: skip
    outcomes = race(*back, *(confirmer(one) for one in waiting))
    line.refresh_from_db()
    given = Decision.objects.awards().filter(line=line).aggregate(total=Sum("amount"))["total"] or Decimal(0)
    told = sum(outcome.error is None for outcome in outcomes[:3])
    wrong = [] if (line.awarded, told) == (given, 1) else [f"line {line.awarded}, awards {given}, taken back {told}"]
    return [*wrong, *strange(outcomes, actions.GrantRefused, actions.EnvelopeExceeded)]


def cancelled_while_paid() -> list[str]:
    """Agents cancel a signed grant while others pay its advance: what is due back is what was paid, to the cent."""
    line = a_line("1000")
    agreement = signed(awarded(judged(a_call(line, criteria=False)), "600"))
    row = agreement.instalments.get(kind=InstalmentKind.ADVANCE)
    told = prepared_end(agreement.decision)
    people = [agent(f"paie{rank}@exemple.test") for rank in range(8)]
    actions.prepare_payment(instalment=row, paid_on=AT.date(), order_number="12", by=people[0], at=AT)
    row.refresh_from_db()

    def pay(by: User) -> Callable[[], Any]:
        return lambda: actions.confirm_payment(instalment=Instalment.objects.get(pk=row.pk), by=by, at=AT)

    work = [pay(by) for by in people[1:4]] + [_canceller(told, by) for by in people[4:]]
    outcomes = race(*work)
    return [*_grant_holds(agreement, line), *strange(outcomes, actions.GrantRefused, actions.AlreadyDecided)]


def _canceller(told: Cancellation, by: User) -> Callable[[], Any]:
    return lambda: actions.cancel_grant(cancellation=told, deliberation=ENDED, by=by, at=AT)


def _grant_holds(agreement: Agreement, line: EnvelopeLine) -> list[str]:
    """Paid and due back agree, the line has its award or nothing, and an act is written once."""
    paid = Agreement.objects.get(pk=agreement.pk).paid
    moved = _sum(agreement, confirmed_at__isnull=False, kind=InstalmentKind.ADVANCE)
    due = _sum(agreement, confirmed_at=None, kind=InstalmentKind.CLAWBACK)
    is_ended = Decision.objects.get(pk=agreement.decision_id).cancelled_at is not None
    line.refresh_from_db()
    acts = JournalEntry.objects.filter(verb="cancel_grant", object_id=agreement.decision.cancellation.pk).count()
    letters = Letter.objects.filter(kind="grants.cancelled", object_id=agreement.decision.cancellation.pk).count()
    found = (line.awarded, paid, due, acts, letters)
    wanted = (Decimal(0), moved, moved, 1, 1) if is_ended else (Decimal(600), moved, Decimal(0), 0, 0)
    return [] if found == wanted else [f"awarded, paid, due, acts, letters: {found}, not {wanted}"]


def _sum(agreement: Agreement, **which: Any) -> Decimal:
    rows = Instalment.objects.filter(agreement=agreement, **which)
    return rows.aggregate(total=Sum("amount"))["total"] or Decimal(0)


def cancelled_by_many() -> list[str]:
    """Sixteen agents confirm one cancellation: its money comes back once, and nobody else's."""
    line = a_line("1000")
    call, made = a_call(line, criteria=False), _structure()
    agreement = signed(awarded(judged(call, organisation=made), "600"))
    awarded(judged(call, organisation=made), "300")
    told = prepared_end(agreement.decision)
    people = [agent(f"annule{rank}@exemple.test") for rank in range(CLIENTS)]
    outcomes = race(*(_canceller(told, by) for by in people))
    line.refresh_from_db()
    found = (line.awarded, sum(outcome.error is None for outcome in outcomes))
    wrong = [] if found == (Decimal(300), 1) else [f"awarded, told: {found}"]
    return [*wrong, *strange(outcomes, actions.AlreadyDecided)]


def _reducer(told: Reduction, by: User) -> Callable[[], Any]:
    return lambda: actions.reduce_grant(reduction=told, deliberation=ENDED, by=by, at=AT)


def reduced_by_many() -> list[str]:
    """Sixteen agents confirm one reduction: what it takes off comes back once, and nobody else's money."""
    line = a_line("1000")
    call, made = a_call(line, criteria=False), _structure()
    agreement = signed(awarded(judged(call, organisation=made), "600"))
    awarded(judged(call, organisation=made), "300")
    told = prepared_smaller(agreement.decision, "400")
    people = [agent(f"reduit{rank}@exemple.test") for rank in range(CLIENTS)]
    outcomes = race(*(_reducer(told, by) for by in people))
    line.refresh_from_db()
    found = (line.awarded, sum(outcome.error is None for outcome in outcomes))
    wrong = [] if found == (Decimal(700), 1) else [f"awarded, told: {found}"]
    return [*wrong, *strange(outcomes, actions.AlreadyDecided, actions.GrantRefused)]


def reduced_while_paid_and_cancelled() -> list[str]:
    """Agents reduce a signed grant while others pay its advance or end it: to the cent, everything still agrees."""
    line = a_line("1000")
    call, made = a_call(line, criteria=False), _structure()
    agreement = signed(awarded(judged(call, organisation=made), "600"))
    awarded(judged(call, organisation=made), "300")
    row = agreement.instalments.get(kind=InstalmentKind.ADVANCE)
    people = [agent(f"reduit{rank}@exemple.test") for rank in range(CLIENTS)]
    smaller, ending = prepared_smaller(agreement.decision, "200"), prepared_end(agreement.decision)
    actions.prepare_payment(instalment=row, paid_on=AT.date(), order_number="12", by=people[0], at=AT)

    def pay(by: User) -> Callable[[], Any]:
        return lambda: actions.confirm_payment(instalment=Instalment.objects.get(pk=row.pk), by=by, at=AT)

    work = [pay(by) for by in people[1:4]] + [_reducer(smaller, by) for by in people[4:10]]
    outcomes = race(*work, *(_canceller(ending, by) for by in people[10:]))
    wrong = [f"{one.check} {one.subject} {one.message}" for one in find_breaches()]
    decision = Decision.objects.get(pk=agreement.decision_id)
    paid = Agreement.objects.get(pk=agreement.pk).paid
    stands = Decimal(0) if decision.cancelled_at else decision.amount or Decimal(0)
    line.refresh_from_db()
    found = (line.awarded, _sum(agreement, confirmed_at=None, kind=InstalmentKind.CLAWBACK))
    wanted = (300 + stands, max(paid - stands, Decimal(0)))
    wrong += [] if found == wanted else [f"awarded, due: {found}, not {wanted}"]
    return [*wrong, *strange(outcomes, actions.GrantRefused, actions.AlreadyDecided, Instalment.DoesNotExist,
                             Reduction.DoesNotExist)]  # fmt: skip


PROOFS = [
    several_calls_on_one_envelope, one_file_awarded_by_many, one_award_confirmed_by_many, aids_of_several_authorities,
    taken_back_while_taken_back, cancelled_while_paid, cancelled_by_many,
    reduced_by_many, reduced_while_paid_and_cancelled,
]  # fmt: skip


@pytest.mark.parametrize("one", PROOFS)
def test_money_holds_whoever_awards_at_once(one: Round) -> None:
    assert breaches(one, ROUNDS if one is several_calls_on_one_envelope else max(ROUNDS // 4, 1)) == []


def money(one: Round) -> Round:
    """The same round, deaf to what a server says of locks: a control is caught by its money alone.

    SQLite never lets two writers meet: there, what is seen is that somebody is told of a locked database.
    """
    deaf = ("OperationalError",) if connection.vendor == "postgresql" else ()
    return lambda: [word for word in one() if not word.startswith(deaf)] if deaf else one()


def _naive_take(line: EnvelopeLine, amount: Decimal) -> None:
    """What somebody would write first: look, then write."""
    row = EnvelopeLine.objects.get(pk=line.pk)
    if row.left < amount:
        raise actions.EnvelopeExceeded("", "amount")
    EnvelopeLine.objects.filter(pk=line.pk).update(awarded=row.awarded + amount)


def test_without_the_conditional_update_an_envelope_is_passed(monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch)
    monkeypatch.setattr(envelopes, "take", _naive_take)
    with without_constraint(EnvelopeLine, "envelope_never_passed"):
        assert caught(money(several_calls_on_one_envelope), 20)


def test_without_its_claim_an_award_is_confirmed_several_times(monkeypatch: pytest.MonkeyPatch) -> None:
    def careless(row: Decision, said: Any, by: Any, at: Any) -> None:
        values = {"confirmed_at": at, "confirmed_by": by, "body": said.body, "deliberation": said.number}
        Decision.objects.filter(pk=row.pk).update(**values, deliberated_on=said.day)
        for name, value in {**values, "deliberated_on": said.day}.items():
            setattr(row, name, value)

    without_locks(monkeypatch)
    monkeypatch.setattr(deciding, "_claim", careless)
    monkeypatch.setattr(deciding, "move_application", lambda **_: None)
    slowed(monkeypatch, deciding, "_check_confirmation")
    assert caught(money(one_award_confirmed_by_many), 20)


def test_without_holding_the_undertaking_its_ceiling_is_passed(monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch)
    monkeypatch.setattr(undertakings, "hold", lambda _: None)
    slowed(monkeypatch, undertakings, "import_declared")
    assert caught(money(aids_of_several_authorities), 20)


def test_without_the_look_at_what_was_read_money_comes_back_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    def careless(row: Decision) -> None:
        Decision.objects.filter(pk=row.pk).delete()
        assert row.line is not None
        assert row.amount is not None
        envelopes.give_back(row.line, row.amount)

    without_locks(monkeypatch)
    monkeypatch.setattr(deciding, "_undo", careless)
    monkeypatch.setattr(deciding, "move_application", lambda **_: None)
    slowed(monkeypatch, deciding, "_check_person")
    assert caught(money(taken_back_while_taken_back), 20)


def test_without_its_claim_a_cancellation_gives_back_several_times(monkeypatch: pytest.MonkeyPatch) -> None:
    def careless(decision: Decision, at: Any) -> None:
        Decision.objects.filter(pk=decision.pk).update(cancelled_at=at)

    without_locks(monkeypatch)
    monkeypatch.setattr(cancelling, "_claim", careless)
    monkeypatch.setattr(cancelling, "moved", lambda *_: None)
    slowed(monkeypatch, cancelling, "check_confirmation")
    with without_constraint(EnvelopeLine, "envelope_never_passed"):
        assert caught(money(cancelled_by_many), 20)


def test_without_its_claim_a_reduction_gives_back_several_times(monkeypatch: pytest.MonkeyPatch) -> None:
    def careless(decision: Decision, amount: Decimal) -> Decimal:
        """What somebody would write first: look at the amount, then write the new one."""
        before = decision.amount
        assert before is not None
        Decision.objects.filter(pk=decision.pk).update(amount=amount, first_amount=before)
        decision.amount = amount
        return before

    without_locks(monkeypatch)
    monkeypatch.setattr(reducing, "_claim", careless)
    monkeypatch.setattr(reducing, "_confirm", lambda row: row.save())
    slowed(monkeypatch, reducing, "check_confirmation")
    with without_constraint(EnvelopeLine, "envelope_never_passed"):
        assert caught(money(reduced_by_many), 20)


def test_a_cancellation_that_believes_the_amount_it_read_gives_back_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    def careless(decision: Decision, at: Any) -> None:
        Decision.objects.filter(pk=decision.pk, cancelled_at=None).update(cancelled_at=at)

    without_locks(monkeypatch)
    monkeypatch.setattr(cancelling, "_claim", careless)
    monkeypatch.setattr(cancelling, "moved", lambda *_: None)
    slowed(monkeypatch, cancelling, "check_confirmation")
    with without_constraint(EnvelopeLine, "envelope_never_passed"):
        assert caught(money(reduced_while_paid_and_cancelled), 20)


def test_without_holding_the_award_it_is_paid_and_cancelled_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def careless(decision: Decision, at: Any) -> Decimal:
        """What somebody would write first: look at what is paid, plan it back."""
        agreement = Agreement.objects.get(decision=decision)
        due = agreement.paid
        time.sleep(0.03)
        Instalment.objects.filter(agreement=agreement, confirmed_at=None, prepared_at=None).delete()
        if due:
            Instalment.objects.create(
                agreement=agreement, kind=InstalmentKind.CLAWBACK, amount=due, planned_on=AT.date()
            )
        return due

    without_locks(monkeypatch)
    monkeypatch.setattr(paying, "hold_award", lambda *_, **__: None)
    monkeypatch.setattr(cancelling, "_end_payments", careless)
    assert caught(money(cancelled_while_paid), 20)
