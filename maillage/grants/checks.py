"""What must always hold of grants: money that the database holds, counted anew from what it is made of."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import F, Q, Sum

from maillage.calls.enums import AWARDED, ApplicationState
from maillage.calls.models import Application, EnvelopeLine
from maillage.grants.enums import SUMMED, InstalmentKind
from maillage.grants.models import Agreement, Decision, DeMinimisAid, GrantFile, Instalment, Reduction, Report
from maillage.kernel.kept_files import trouble_of
from maillage.kernel.registry import Breach

NOTHING = Decimal(0)
SHOWN = 100


def find_breaches() -> Iterator[Breach]:
    """Envelope lines, awards, agreements and reports that do not hold."""
    yield from _lines()
    yield from _awards()
    yield from _agreements()
    yield from _reports()
    yield from _cancelled()
    yield from _reduced()
    yield from _files()


def _lines() -> Iterator[Breach]:
    awards = Decision.objects.awards()
    sums = dict(awards.order_by().values_list("line").annotate(euros=Sum("amount")))
    for pk, awarded in EnvelopeLine.objects.order_by("pk").values_list("pk", "awarded"):
        if awarded != (sums.get(pk) or NOTHING):
            yield Breach("grants.line_is_its_awards", f"enveloppe {pk}", f"{awarded}, accordé {sums.get(pk) or 0}")


def _awards() -> Iterator[Breach]:
    awards = Decision.objects.awards()
    for one in awards.filter(deliberation="").order_by("pk")[:SHOWN]:
        yield Breach("grants.award_has_deliberation", f"décision {one.pk}", "accordée sans délibération")
    for application in (
        Application.objects.filter(state__in=AWARDED).exclude(decision__in=awards).order_by("pk")[:SHOWN]
    ):
        yield Breach("grants.granted_has_award", str(application), "accordé, sans décision confirmée")
    economic = awards.filter(application__call__scheme__state_aid__in=[one.value for one in SUMMED])
    missing = economic.exclude(application__is_economic=False).filter(de_minimis=None)
    for one in missing.order_by("pk")[:SHOWN]:
        yield Breach("grants.minimis_is_registered", f"décision {one.pk}", "aide de minimis absente du registre")


def _cancelled() -> Iterator[Breach]:
    """A cancelled award is nowhere any more: neither in the register nor with money still to be given."""
    ended = Decision.objects.filter(cancelled_at__isnull=False)
    for one in ended.filter(Q(cancellation=None) | Q(cancellation__confirmed_at=None)).order_by("pk")[:SHOWN]:
        yield Breach("grants.cancelled_has_deliberation", f"décision {one.pk}", "annulée sans délibération")
    for one in ended.exclude(application__state=ApplicationState.CANCELLED).order_by("pk")[:SHOWN]:
        yield Breach("grants.cancelled_is_said", f"décision {one.pk}", one.application.get_state_display())
    for aid in DeMinimisAid.objects.filter(decision__in=ended).order_by("pk")[:SHOWN]:
        yield Breach("grants.cancelled_counts_no_more", f"aide {aid.pk}", "annulée, toujours au registre")
    rows = Instalment.objects.filter(agreement__decision__in=ended, confirmed_at=None)
    due: dict[int, Decimal] = {}
    for pk, kind, amount in rows.values_list("agreement", "kind", "amount").order_by("pk"):
        due[pk] = due.get(pk, NOTHING) + (amount if kind == InstalmentKind.CLAWBACK else -amount)
    for agreement in Agreement.objects.filter(decision__in=ended).order_by("pk"):
        if agreement.paid != due.get(agreement.pk, NOTHING):
            yield Breach("grants.cancelled_comes_back", f"convention {agreement.pk}", f"versé {agreement.paid}")


def _reduced() -> Iterator[Breach]:
    """A smaller award says so everywhere, and what was paid above it is waited for."""
    rows = Reduction.objects.filter(confirmed_at__isnull=False)
    last = dict(rows.values_list("decision", "amount").order_by("confirmed_at", "pk"))
    for one in Decision.objects.filter(Q(pk__in=last) | Q(first_amount__isnull=False)).order_by("pk"):
        if one.amount != last.get(one.pk) or one.first_amount is None:
            yield Breach("grants.reduced_is_said", f"décision {one.pk}", f"{one.amount}, réduite à {last.get(one.pk)}")
    wrong = DeMinimisAid.objects.filter(decision__isnull=False).exclude(amount=F("decision__amount"))
    for aid in wrong.order_by("pk")[:SHOWN]:
        yield Breach("grants.register_has_its_amount", f"aide {aid.pk}", f"{aid.amount}, pas celui de la décision")
    awards = Agreement.objects.filter(decision__cancelled_at=None)
    for agreement in awards.filter(Q(paid__gt=F("granted")) | Q(over__gt=0)).order_by("pk"):
        due = agreement.instalments.filter(kind=InstalmentKind.CLAWBACK, confirmed_at=None)
        back = sum((one.amount for one in due), NOTHING)
        if agreement.over != agreement.paid - agreement.granted or back < agreement.over:
            yield Breach("grants.over_comes_back", f"convention {agreement.pk}", f"{agreement.over} en trop")


def _files() -> Iterator[Breach]:
    for one in GrantFile.objects.order_by("pk").iterator(chunk_size=500):
        if trouble := trouble_of(one.file, one.sha256):
            yield Breach("grants.files_are_there", f"document {one.pk}", trouble)


def _agreements() -> Iterator[Breach]:
    paid: dict[int, Decimal] = {}
    rows = Instalment.objects.filter(confirmed_at__isnull=False)
    for pk, kind, amount in rows.values_list("agreement", "kind", "amount").order_by("pk"):
        sign = -1 if kind == InstalmentKind.CLAWBACK else 1
        paid[pk] = paid.get(pk, NOTHING) + sign * amount
    for one in Agreement.objects.select_related("decision").order_by("pk"):
        if one.paid != paid.get(one.pk, NOTHING):
            yield Breach(
                "grants.paid_is_its_payments", f"convention {one.pk}", f"{one.paid}, versements {paid.get(one.pk)}"
            )
        if one.granted != one.decision.amount:
            yield Breach("grants.agreement_is_its_award", f"convention {one.pk}", "le montant n’est pas celui accordé")


def _reports() -> Iterator[Breach]:
    for one in Report.objects.filter(submitted_at__isnull=False, agreement__signed_on=None).order_by("pk")[:SHOWN]:
        yield Breach("grants.report_of_signed", f"bilan {one.pk}", "remis avant la signature")
