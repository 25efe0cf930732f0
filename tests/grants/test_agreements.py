"""Agreements, payments, reports: who may, what is paid, what is still to pay or to give back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from maillage.calls.enums import ApplicationState
from maillage.calls.models import Application, Recusal
from maillage.grants import actions, terms
from maillage.grants.checks import find_breaches
from maillage.grants.enums import AgreementKind, InstalmentKind
from maillage.grants.models import Agreement, Instalment, Report
from maillage.grants.queries.agreements import Planned, proposal, publish_by
from maillage.outbox.models import Letter
from tests.calls.world import AT, a_call, a_line, agent
from tests.grants.world import awarded, drawn, judged, paid, prepared, reported, second, signed, with_forecast

pytestmark = pytest.mark.django_db
DAY = AT.date()


def state(agreement: Agreement) -> str:
    return Application.objects.get(decision__agreement=agreement).state


def advance(agreement: Agreement) -> Instalment:
    return agreement.instalments.get(kind=InstalmentKind.ADVANCE)


@pytest.mark.parametrize(
    ("amount", "kind"), [("23000", AgreementKind.NOTICE), ("23000.01", AgreementKind.CONVENTION)]
)  # fmt: skip
def test_over_the_threshold_of_the_law_an_award_takes_a_convention(amount: str, kind: AgreementKind) -> None:
    decision = awarded(judged(a_call(), requested=Decimal(30000)), amount)

    assert drawn(decision).kind == kind
    assert terms.agreement_kind(Decimal("23000.01"), DAY) == AgreementKind.CONVENTION


def test_the_terms_are_those_of_the_call_and_lose_no_cent_to_rounding() -> None:
    call = a_call(advance_rate=Decimal(70), max_rate=Decimal(80), report_months=6)
    decision = awarded(with_forecast(judged(call, ends_on=date(2027, 8, 31)), "12345"), "3333.33")

    told = proposal(decision, DAY)

    assert told.rate == Decimal("27.01")
    assert told.report_due_on == date(2028, 2, 29)
    assert [(one.kind, one.amount) for one in told.instalments] == [
        (InstalmentKind.ADVANCE, Decimal("2333.33")), (InstalmentKind.FINAL, Decimal("1000.00")),
    ]  # fmt: skip


def test_without_a_forecast_the_rate_is_that_of_the_call() -> None:
    assert proposal(awarded(judged(a_call(max_rate=Decimal(60)))), DAY).rate == Decimal(60)


@pytest.mark.parametrize(
    ("instalments", "words"),
    [
        ((), "au moins un versement"),
        ((Planned(InstalmentKind.FINAL, Decimal(4999), DAY),), "font 4\u202f999,00"),
        ((Planned(InstalmentKind.CLAWBACK, Decimal(5000), DAY),), "vient du bilan"),
        ((Planned(InstalmentKind.FINAL, Decimal(2500), DAY),) * 2, "au plus"),
    ],
)
def test_payments_to_come_make_the_award(instalments: tuple[Planned, ...], words: str) -> None:
    with pytest.raises(actions.GrantRefused, match=words):
        drawn(instalments=instalments)


def test_an_agreement_is_drawn_of_an_award_with_a_rate_and_until_it_is_signed() -> None:
    with pytest.raises(actions.GrantRefused, match="pas d’aide accordée"):
        drawn(prepared())
    with pytest.raises(actions.GrantRefused, match="pourcentage"):
        drawn(rate=Decimal(0))
    agreement = signed(awarded())
    with pytest.raises(actions.GrantRefused, match="ne change plus"):
        drawn(agreement.decision)


def test_an_agreement_drawn_anew_keeps_its_last_payments_only() -> None:
    decision = awarded()
    drawn(decision)
    whole = (Planned(InstalmentKind.FINAL, Decimal(5000), DAY),)

    agreement = drawn(decision, instalments=whole)

    assert agreement.instalments.count() == 1


def test_a_signature_moves_the_file_and_tells_its_people() -> None:
    agreement = signed()

    assert state(agreement) == ApplicationState.AGREED
    assert Letter.objects.filter(kind="grants.agreed").count() == 1
    assert publish_by(DAY) == date(2027, 2, 25)


@pytest.mark.parametrize(("on", "words"), [(date(2026, 11, 26), "pas encore venu"), (date(2026, 11, 23), "après")])
def test_a_signature_comes_after_the_deliberation_and_not_tomorrow(on: date, words: str) -> None:
    with pytest.raises(actions.GrantRefused, match=words):
        actions.sign_agreement(agreement=drawn(), on=on, by=agent(), at=AT)


def test_a_signed_agreement_stays_and_its_decision_too() -> None:
    agreement = signed()

    with pytest.raises(actions.GrantRefused, match="ne change plus"):
        actions.sign_agreement(agreement=agreement, on=DAY, by=agent(), at=AT)
    with pytest.raises(actions.GrantRefused, match="convention est signée"):
        actions.withdraw_decision(decision=agreement.decision, why="Erreur", by=agent(), at=AT)


def test_a_decision_taken_back_takes_its_unsigned_agreement_with_it() -> None:
    agreement = drawn()

    actions.withdraw_decision(decision=agreement.decision, why="Erreur", by=agent(), at=AT)

    assert not Agreement.objects.exists()


def test_a_payment_takes_two_people_and_moves_the_sum() -> None:
    agreement = signed()
    row = actions.prepare_payment(
        instalment=advance(agreement), paid_on=DAY, order_number=" 1204 ", by=agent(), at=AT
    )  # fmt: skip
    with pytest.raises(actions.GrantRefused, match="Une autre personne"):
        actions.confirm_payment(instalment=row, by=agent(), at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Instalment.objects.filter(pk=row.pk).update(confirmed_at=AT, confirmed_by=agent())

    actions.confirm_payment(instalment=row, by=second(), at=AT)

    agreement.refresh_from_db()
    assert (agreement.paid, state(agreement)) == (Decimal(2500), ApplicationState.PAYING)
    assert Letter.objects.filter(kind="grants.paid").count() == 1


@pytest.mark.parametrize(
    ("paid_on", "order", "words"),
    [
        (DAY, " ", "numéro du mandat"),
        (DAY + timedelta(days=1), "1", "pas encore venu"),
        (DAY - timedelta(days=1), "1", "après la signature"),
    ],
)
def test_a_payment_has_its_order_and_its_day(paid_on: date, order: str, words: str) -> None:
    with pytest.raises(actions.GrantRefused, match=words):
        actions.prepare_payment(
            instalment=advance(signed()), paid_on=paid_on, order_number=order, by=agent(), at=AT
        )  # fmt: skip


def test_nothing_is_paid_before_the_signature_nor_confirmed_before_it_is_written() -> None:
    with pytest.raises(actions.GrantRefused, match="avant la signature"):
        actions.prepare_payment(instalment=advance(drawn()), paid_on=DAY, order_number="1", by=agent(), at=AT)
    with pytest.raises(actions.GrantRefused, match="pas encore saisi"):
        actions.confirm_payment(instalment=advance(signed()), by=second(), at=AT)


def test_a_payment_is_confirmed_as_it_was_read_and_once() -> None:
    agreement = signed()
    read = actions.prepare_payment(
        instalment=advance(agreement), paid_on=DAY, order_number="1", by=agent(), at=AT
    )  # fmt: skip
    actions.prepare_payment(instalment=advance(agreement), paid_on=DAY, order_number="2", by=agent(), at=AT)

    with pytest.raises(actions.GrantRefused, match="changé entre-temps"):
        actions.confirm_payment(instalment=read, by=second(), at=AT)
    done = paid(advance(agreement), "3")
    with pytest.raises(actions.GrantRefused, match="déjà confirmé"):
        actions.confirm_payment(instalment=done, by=second(), at=AT)
    with pytest.raises(actions.GrantRefused, match="déjà confirmé"):
        actions.prepare_payment(instalment=done, paid_on=DAY, order_number="4", by=agent(), at=AT)


def test_nothing_over_the_award_is_ever_said_to_be_paid() -> None:
    agreement = signed()
    paid(advance(agreement))
    Instalment.objects.filter(agreement=agreement, kind=InstalmentKind.FINAL).update(amount=Decimal(2501))

    with pytest.raises(actions.GrantRefused, match="l’aide est de 5"):
        paid(agreement.instalments.get(kind=InstalmentKind.FINAL))
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.filter(pk=agreement.pk).update(paid=Decimal("5000.01"))


def test_whoever_stays_away_from_a_file_pays_nothing_there() -> None:
    agreement = signed()
    application = agreement.decision.application
    Recusal.objects.create(application=application, user=agent(), reason="Ma sœur y travaille", declared_at=AT)

    with pytest.raises(actions.GrantRefused, match="déporté"):
        actions.prepare_payment(instalment=advance(agreement), paid_on=DAY, order_number="1", by=agent(), at=AT)


@pytest.mark.parametrize(
    ("eligible", "balance", "kind"),
    [
        ("12500", "2500", InstalmentKind.FINAL),
        ("10000", "1500", InstalmentKind.FINAL),
        ("6250", None, None),
        ("5000", "-500", InstalmentKind.CLAWBACK),
    ],
)
def test_the_balance_is_the_share_of_the_costs_that_count_less_what_was_paid(
    eligible: str, balance: str | None, kind: InstalmentKind | None
) -> None:
    agreement = signed(awarded(with_forecast(judged())))
    paid(advance(agreement))
    report = reported(agreement)

    found = actions.accept_report(report=report, eligible=Decimal(eligible), by=agent(), at=AT)

    waiting = list(agreement.instalments.filter(confirmed_at=None).values_list("kind", "amount"))
    assert found == Decimal(balance or 0)
    assert waiting == ([(kind, abs(Decimal(balance)))] if balance and kind else [])
    assert state(agreement) == (ApplicationState.SETTLED if balance is None else ApplicationState.REPORTING)


def test_a_project_done_as_forecast_or_dearer_receives_its_whole_award() -> None:
    agreement = signed(awarded(with_forecast(judged(), "12345"), "3333.33"))
    paid(advance(agreement))

    found = actions.accept_report(report=reported(agreement, "20000"), eligible=Decimal(20000), by=agent(), at=AT)

    agreement.refresh_from_db()
    assert agreement.paid + found == Decimal("3333.33")


def test_a_grant_is_settled_by_its_last_payment_or_its_clawback() -> None:
    first, other = (signed(awarded(with_forecast(judged()))) for _ in range(2))
    for agreement, eligible in ((first, "12500"), (other, "5000")):
        paid(advance(agreement))
        actions.accept_report(report=reported(agreement), eligible=Decimal(eligible), by=agent(), at=AT)
        paid(agreement.instalments.get(confirmed_at=None), "1300")
        agreement.refresh_from_db()

    assert [(one.paid, state(one)) for one in (first, other)] == [
        (Decimal(5000), ApplicationState.SETTLED), (Decimal(2000), ApplicationState.SETTLED),
    ]  # fmt: skip
    assert list(find_breaches()) == []


def test_a_report_is_not_accepted_while_a_payment_waits_nor_over_its_costs_nor_twice() -> None:
    agreement = signed()
    report = reported(agreement, "1000")
    with pytest.raises(actions.GrantRefused, match="plus que les dépenses"):
        actions.accept_report(report=report, eligible=Decimal("1000.01"), by=agent(), at=AT)
    actions.prepare_payment(instalment=advance(agreement), paid_on=DAY, order_number="1", by=agent(), at=AT)
    with pytest.raises(actions.GrantRefused, match="attend sa confirmation"):
        actions.accept_report(report=report, eligible=Decimal(1000), by=agent(), at=AT)

    actions.confirm_payment(instalment=advance(agreement), by=second(), at=AT)
    actions.accept_report(report=report, eligible=Decimal(1000), by=agent(), at=AT)
    with pytest.raises(actions.GrantRefused, match="pas remis"):
        actions.accept_report(report=report, eligible=Decimal(1000), by=agent(), at=AT)


def test_a_report_compares_what_was_forecast_with_what_was_done() -> None:
    agreement = signed(awarded(with_forecast(judged(), "12500")))
    report = reported(agreement, "11500")

    rows = {one.code: (one.forecast, one.realised, one.gap) for one in report.lines.order_by("pk")}
    assert rows == {
        "606": (Decimal(12500), Decimal(11500), Decimal(-1000)),
        "741": (Decimal(12500), Decimal(0), Decimal(-12500)),
        "70": (Decimal(0), Decimal(11500), Decimal(11500)),
    }


@pytest.mark.parametrize(
    ("words", "costs", "products", "who", "said"),
    [
        ({"done": ""}, "100", "100", "Claire", "ce qui a été fait"),
        ({"done": "Fait."}, "100", "100", " ", "qui atteste"),
        ({"done": "Fait."}, "0", "0", "Claire", "ne peut pas être vide"),
        ({"done": "Fait."}, "100", "90", "Claire", "Il manque 10,00"),
        ({"done": "Fait."}, "100", "100", "Claire", "expliquez pourquoi"),
    ],
)
def test_a_report_is_handed_in_whole_balanced_and_attested(
    words: dict[str, str], costs: str, products: str, who: str, said: str
) -> None:
    agreement = signed(awarded(with_forecast(judged(), "12500")))
    lines = [actions.Realised("606", Decimal(costs)), actions.Realised("70", Decimal(products))]
    report = actions.save_report(agreement=agreement, words=words, people=None, lines=lines, by=agent(), at=AT)

    with pytest.raises(actions.GrantRefused, match=said):
        actions.submit_report(report=report, honour_by=who, by=agent(), at=AT)


def test_an_unknown_account_is_refused() -> None:
    with pytest.raises(actions.GrantRefused, match="pas dans la grille"):
        actions.save_report(
            agreement=signed(), words={}, people=None, lines=[actions.Realised("999", Decimal(1))], by=agent(), at=AT
        )


def test_a_report_that_is_in_stays_until_it_is_given_back() -> None:
    agreement = signed()
    report = reported(agreement)
    with pytest.raises(actions.GrantRefused, match="est remis"):
        reported(agreement)

    actions.ask_report_again(report=report, words="Joignez le nombre de personnes.", by=agent(), at=AT)

    assert Report.objects.get().asked_again == "Joignez le nombre de personnes."
    assert Letter.objects.filter(kind="grants.report_again").count() == 1
    with pytest.raises(actions.GrantRefused, match="pas remis"):
        actions.ask_report_again(report=report, words="Encore.", by=agent(), at=AT)
    with pytest.raises(actions.GrantRefused, match="ce qui manque"):
        actions.ask_report_again(report=report, words=" ", by=agent(), at=AT)
    assert reported(agreement, done="Treize ateliers.").done == "Treize ateliers."


def at_days_before(agreement: Agreement, days: int) -> datetime:
    return datetime.combine(agreement.report_due_on - timedelta(days=days), datetime.min.time(), UTC) + timedelta(
        hours=9
    )


def test_a_report_is_reminded_30_then_7_days_before_and_never_twice() -> None:
    agreement = signed()
    sent = {days: actions.remind_reports(at=at_days_before(agreement, days)) for days in (31, 30, 29, 8, 7, 7, 1, 0)}

    assert sent == {31: 0, 30: 1, 29: 0, 8: 0, 7: 0, 1: 0, 0: 0}
    assert Letter.objects.filter(kind="grants.report_due").count() == 2
    assert state(agreement) == ApplicationState.REPORTING


def test_a_report_that_is_in_is_not_reminded() -> None:
    agreement = signed()
    reported(agreement)

    assert actions.remind_reports(at=at_days_before(agreement, 7)) == 0


def test_the_command_reminds_of_a_moment_and_may_only_count(capsys: pytest.CaptureFixture[str]) -> None:
    agreement = signed()
    now = at_days_before(agreement, 30).isoformat()

    call_command("grant_reminders", now=now, dry_run=True)
    call_command("grant_reminders", now=now, json=True)
    call_command("grant_reminders", now=now, json=True)

    assert capsys.readouterr().out.splitlines() == [
        "Bilans à rappeler\u00a0: 1", '{"reminded": 1}', '{"reminded": 0}',
    ]  # fmt: skip


def test_a_publication_is_noted_once() -> None:
    agreement = signed()

    actions.note_published(agreement=agreement, by=agent(), at=AT)

    with pytest.raises(actions.GrantRefused, match="déjà notée"):
        actions.note_published(agreement=agreement, by=agent(), at=AT)


def test_what_does_not_hold_is_found() -> None:
    agreement = signed(awarded(judged(a_call(a_line("9000")))))
    line = agreement.decision.line
    assert line is not None
    type(line).objects.filter(pk=line.pk).update(awarded=Decimal(1))
    Agreement.objects.filter(pk=agreement.pk).update(paid=Decimal(10), granted=Decimal(4000))

    found = {one.check for one in find_breaches()}

    assert found == {"grants.line_is_its_awards", "grants.paid_is_its_payments", "grants.agreement_is_its_award"}
