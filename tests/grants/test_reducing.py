"""A signed grant becomes smaller: its euros, the register, payments, what is due back, two people, its pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from maillage.calls.enums import ApplicationState, DecidingBody
from maillage.calls.models import Application, EnvelopeLine, Recusal
from maillage.grants import actions, gauges
from maillage.grants.checks import find_breaches
from maillage.grants.enums import CancelGround, InstalmentKind, ReduceGround
from maillage.grants.facts import sentences_of
from maillage.grants.models import Agreement, Decision, DeMinimisAid, Instalment, Reduction
from maillage.grants.queries.minimis import rooms_of
from maillage.outbox.models import Letter
from tests.calls.world import AT, a_call, a_line, agent
from tests.grants.world import awarded, drawn, judged, paid, reported, second, signed, with_forecast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtail_roots")]
SMALLER = actions.Deliberation("2026-150", AT.date(), DecidingBody.COUNCIL)
WHY = "Le local coûte moins que prévu."


def prepared_smaller(decision: Decision | None = None, amount: str = "3000", **instead: Any) -> Reduction:
    facts: dict[str, Any] = {"ground": ReduceGround.COSTS, "reason": WHY, "by": agent(), "at": AT} | instead
    return actions.prepare_reduction(decision=decision or signed().decision, amount=Decimal(amount), **facts)


def reduced(decision: Decision | None = None, amount: str = "3000", **instead: Any) -> Reduction:
    facts: dict[str, Any] = {"deliberation": SMALLER, "by": second(), "at": AT} | instead
    return actions.reduce_grant(reduction=prepared_smaller(decision, amount), **facts)


def waiting(agreement: Agreement) -> list[tuple[str, Decimal]]:
    rows = Instalment.objects.filter(agreement=agreement, confirmed_at=None).order_by("planned_on", "pk")
    return list(rows.values_list("kind", "amount"))


def test_the_rest_goes_back_to_the_line_and_the_last_payment_is_cut_first() -> None:
    agreement = signed(awarded(judged(a_call(a_line("10000"), criteria=False))))
    advance = paid(agreement.instalments.get(kind=InstalmentKind.ADVANCE))

    made = reduced(agreement.decision, "4000.50")

    decision = Decision.objects.get()
    assert (EnvelopeLine.objects.get().awarded, decision.amount, decision.first_amount) == (
        Decimal("4000.50"), Decimal("4000.50"), Decimal(5000),
    )  # fmt: skip
    assert waiting(agreement) == [("final", Decimal("4000.50") - advance.amount)]
    assert (made.before, made.due_back, made.due_on) == (Decimal(5000), Decimal(0), None)
    assert gauges.awarded_euros(AT.date()).value == Decimal("4000.50")
    assert list(find_breaches()) == []


def test_what_was_paid_above_the_new_amount_is_due_back_and_comes_back_by_two_people() -> None:
    agreement = signed(awarded(judged(a_call(a_line("10000"), criteria=False))))
    advance = paid(agreement.instalments.get(kind=InstalmentKind.ADVANCE))
    over = advance.amount - 1000

    made = reduced(agreement.decision, "1000")

    assert (made.due_back, waiting(agreement)) == (over, [("clawback", over)])
    assert Agreement.objects.get().over == over
    assert list(find_breaches()) == []

    paid(Instalment.objects.get(kind=InstalmentKind.CLAWBACK), "T-12")

    row = Agreement.objects.get()
    assert (row.paid, row.over, row.granted) == (Decimal(1000), Decimal(0), Decimal(1000))
    assert Application.objects.get().state == ApplicationState.PAYING
    assert list(find_breaches()) == []


def test_a_report_after_it_counts_on_the_new_amount_and_money_may_come_back_again() -> None:
    agreement = signed(awarded(with_forecast(judged(a_call(a_line("10000"), criteria=False)))))
    paid(agreement.instalments.get(kind=InstalmentKind.ADVANCE))
    reduced(agreement.decision, "1000")
    paid(Instalment.objects.get(kind=InstalmentKind.CLAWBACK), "T-12")
    agreement = Agreement.objects.get()

    left = actions.accept_report(report=reported(agreement, "1000"), eligible=Decimal(1000), by=agent(), at=AT)

    assert left == Decimal(1000) * agreement.rate / 100 - 1000
    paid(Instalment.objects.get(kind=InstalmentKind.CLAWBACK, confirmed_at=None), "T-13")
    assert Application.objects.get().state == ApplicationState.SETTLED
    assert list(find_breaches()) == []


def test_after_an_accepted_report_what_it_says_counts_too() -> None:
    agreement = signed(awarded(with_forecast(judged(a_call(a_line("10000"), criteria=False)))))
    actions.accept_report(report=reported(agreement), eligible=Decimal(12500), by=agent(), at=AT)
    assert waiting(agreement) == [("final", Decimal(5000))]

    reduced(agreement.decision, "4000")

    assert waiting(agreement) == [("final", Decimal(4000))]
    assert list(find_breaches()) == []


def test_the_register_has_the_new_amount_at_once() -> None:
    call = a_call(a_line("400000", state_aid="de_minimis"), criteria=False)
    application = judged(call, is_economic=True, requested=Decimal(300000))
    agreement = signed(awarded(application, "300000"))

    reduced(agreement.decision, "100000")

    assert DeMinimisAid.objects.get().amount == Decimal(100000)
    assert rooms_of([application], AT.date())[application.pk].left == Decimal(200000)
    assert list(find_breaches()) == []


def test_it_may_come_down_again_then_end_and_each_euro_comes_back_once() -> None:
    agreement = signed(awarded(judged(a_call(a_line("10000"), criteria=False))))
    paid(agreement.instalments.get(kind=InstalmentKind.ADVANCE))
    reduced(agreement.decision, "4000")
    reduced(Decision.objects.get(), "2000")
    prepared_smaller(Decision.objects.get(), "1000")
    ending = actions.prepare_cancellation(
        decision=Decision.objects.get(), ground=CancelGround.NOT_DONE, reason=WHY, by=agent(), at=AT
    )

    actions.cancel_grant(cancellation=ending, deliberation=SMALLER, by=second(), at=AT)

    assert EnvelopeLine.objects.get().awarded == 0
    assert waiting(agreement) == [("clawback", Agreement.objects.get().paid)]
    assert Reduction.objects.filter(confirmed_at=None).count() == 0
    assert list(find_breaches()) == []


def test_letters_say_what_was_granted_first_then_what_became_of_it(client: Client) -> None:
    decision = signed().decision
    made = reduced(decision)

    assert "5\u202f000,00\u00a0€" in sentences_of(Decision.objects.get())[0]
    assert Letter.objects.get(kind="grants.reduced").object_id == made.pk
    client.force_login(decision.application.organisation.memberships.get().user)
    base = f"/moi/aides/{decision.application.reference}/"
    page = client.get(base).content.decode()
    for words in ("Cette aide est réduite", WHY, "2026-150", "3\u202f000,00\u00a0€"):
        assert words in page
    assert client.get(f"{base}{made.document}.pdf").content.startswith(b"%PDF")
    assert client.get(f"{base}reduction-0.pdf").status_code == 404


def test_who_may_not_and_what_may_not_say_why() -> None:
    made = prepared_smaller()
    with pytest.raises(actions.GrantRefused, match="Une autre personne"):
        actions.reduce_grant(reduction=made, deliberation=SMALLER, by=agent(), at=AT)
    for said, words in (
        (replace(SMALLER, number=" "), "numéro de la délibération"),
        (replace(SMALLER, day=AT.date() + timedelta(days=1)), "pas encore venu"),
        (replace(SMALLER, day=date(2026, 1, 1)), "vient après la signature"),
    ):
        with pytest.raises(actions.GrantRefused, match=words):
            actions.reduce_grant(reduction=made, deliberation=said, by=second(), at=AT)
    for values in ({"confirmed_at": AT}, {"confirmed_by": agent()}, {"amount": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Reduction.objects.update(**values)
    decision = Decision.objects.get()
    for amount, words in (("0", "annulez"), ("-3", "annulez"), ("5000", "plus petit"), ("6000", "plus petit")):
        with pytest.raises(actions.GrantRefused, match=words):
            prepared_smaller(decision, amount)
    with pytest.raises(actions.GrantRefused, match="Dites pourquoi"):
        prepared_smaller(decision, reason=" ")
    Recusal.objects.create(application=decision.application, user=agent(), reason="Ma sœur.", declared_at=AT)
    with pytest.raises(actions.GrantRefused, match="déporté"):
        prepared_smaller(decision)
    assert (decision.amount, EnvelopeLine.objects.get().awarded) == (Decimal(5000), Decimal(5000))


def test_neither_before_the_signature_nor_once_it_is_settled() -> None:
    with pytest.raises(actions.GrantRefused, match="Rien n’est signé"):
        prepared_smaller(drawn().decision)
    agreement = signed()
    Application.objects.filter(decision__agreement=agreement).update(state=ApplicationState.SETTLED)
    with pytest.raises(actions.GrantRefused, match="soldée"):
        prepared_smaller(agreement.decision)


def test_a_payment_that_waits_is_confirmed_first_and_nothing_is_written() -> None:
    agreement = signed()
    row = agreement.instalments.get(kind=InstalmentKind.ADVANCE)
    actions.prepare_payment(instalment=row, paid_on=AT.date(), order_number="1204", by=agent(), at=AT)

    with pytest.raises(actions.GrantRefused, match="attend sa confirmation"):
        reduced(agreement.decision)

    decision = Decision.objects.get()
    whole = (Decimal(5000), None, Decimal(5000))
    assert (decision.amount, decision.first_amount, EnvelopeLine.objects.get().awarded) == whole


def test_what_was_changed_since_it_was_read_is_read_again() -> None:
    made = prepared_smaller()
    later = AT + timedelta(minutes=5)
    prepared_smaller(Decision.objects.get(), "2000", at=later)

    with pytest.raises(actions.GrantRefused, match="relisez-la"):
        actions.reduce_grant(reduction=made, deliberation=SMALLER, by=second(), at=later, seen=AT)

    assert Decision.objects.get().amount == 5000


def test_two_agents_reduce_on_its_page(client: Client) -> None:
    decision = signed().decision
    page = f"/gestion/subventions/aides/{decision.pk}/"
    office, other = _in_office("agent@exemple.test"), _in_office("seconde@exemple.test")
    wrong = office.post(f"{page}reduire/", {"amount": "cinq", "ground": "costs", "reason": WHY})
    too_much = office.post(f"{page}reduire/", {"amount": "5 000,00 €", "ground": "costs", "reason": WHY})
    done = office.post(f"{page}reduire/", {"amount": "3 000,00 €", "ground": "costs", "reason": WHY})
    assert (wrong.status_code, too_much.status_code, done.status_code) == (422, 422, 302)
    assert "3\u202f000,00" in office.get(page).content.decode()
    said = {"number": "2026-150", "day": AT.date().isoformat(), "body": "council",
            "seen": Reduction.objects.get().prepared_at.isoformat()}  # fmt: skip

    alone = office.post(f"{page}reduire/confirmer/", said)
    confirmed = other.post(f"{page}reduire/confirmer/", said)

    assert (alone.status_code, confirmed.status_code) == (422, 302)
    shown, made = office.get(page).content.decode(), Reduction.objects.get()
    for words in ("au lieu de", "2026-150", WHY, "Lettre de réduction"):
        assert words in shown
    assert office.get(f"{page}{made.document}.pdf").content.startswith(b"%PDF")
    assert office.get(f"{page}{made.document}.odt").content.startswith(b"PK")
    assert other.post(f"{page}reduire/confirmer/", said).status_code == 404
    assert b"3000.00" in client.get("/subventions.csv").getvalue()


def test_what_comes_back_is_called_so() -> None:
    agreement = signed()
    paid(agreement.instalments.get(kind=InstalmentKind.ADVANCE))
    reduced(agreement.decision, "1000")
    page, office = f"/gestion/subventions/aides/{agreement.decision_id}/", _in_office("agent@exemple.test")
    before = office.get(page).content.decode()
    assert ("Noter que c’est rendu" in before, "Titre de recette n°" in before, "en trop" in before) == (True,) * 3

    paid(Instalment.objects.get(kind=InstalmentKind.CLAWBACK), "T-12")

    after = office.get(page).content.decode()
    assert ("Rendu le" in after, "Titre T-12" in after) == (True, True)


def test_a_reduction_is_dropped_on_its_page() -> None:
    decision = signed().decision
    page, office = f"/gestion/subventions/aides/{decision.pk}/", _in_office("agent@exemple.test")
    assert office.post(f"{page}reduire/abandonner/").status_code == 404
    made = prepared_smaller(decision)
    assert office.get(f"{page}{made.document}.pdf").status_code == 404

    assert office.post(f"{page}reduire/abandonner/").status_code == 302
    assert not Reduction.objects.exists()


def _in_office(email: str) -> Client:
    client = Client()
    client.force_login(agent(email))
    return client
