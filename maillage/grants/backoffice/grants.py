"""One grant and each act on it: its agreement, its payments, its report. An act is one small form."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from maillage.accounts.backoffice.acting import pressed, tried
from maillage.accounts.backoffice.screens import OfficeRequest, behind, find, show, today
from maillage.grants import actions, paper
from maillage.grants.backoffice.sheets import ICON, attached, crumbs
from maillage.grants.facts import sentences_of
from maillage.grants.forms import office as forms
from maillage.grants.models import Agreement, Cancellation, Decision, GrantFile, Instalment, Reduction
from maillage.grants.queries import grants as queries
from maillage.grants.queries.agreements import instalments_of
from maillage.grants.rules import may_decide
from maillage.kernel.handing import hand_over
from ui.print import odt

PER_PAGE = 30


@require_GET
@behind(may_decide)
def grants(request: OfficeRequest) -> HttpResponse:
    """One of eight lists; ?liste= chooses, ?q= narrows."""
    which, words = request.GET.get("liste", ""), request.GET.get("q", "").strip()[:100]
    asked = queries.Asked(which if which in queries.LISTS else "toutes", words)
    rows = queries.listed(asked, by=request.user, on=today())
    waiting = queries.counts(by=request.user, on=today())
    return show(
        request, "grants/backoffice/grants.html", title="Aides accordées", icon=ICON, crumbs=crumbs(), asked=asked,
        lists=[(key, label, waiting.get(key)) for key, label in queries.LISTS.items()],
        page=Paginator(rows, PER_PAGE).get_page(request.GET.get("page")), today=today(),
        sums=queries.office_sums(by=request.user, on=today()),
    )  # fmt: skip


def found_grant(request: OfficeRequest, pk: int) -> Decision:
    """What this person stays away from is not there."""
    return find(queries.one_grant(pk, by=request.user, on=today()), pk)


@require_GET
@behind(may_decide)
def grant(request: OfficeRequest, pk: int) -> HttpResponse:
    return _grant(request, found_grant(request, pk))


def _grant(
    request: OfficeRequest, found: Decision, *, status: int = 200, wrong: Any = None, item: int = 0
) -> HttpResponse:
    """The page of a grant; a form that was refused takes the place of the fresh one. item: the payment it is about."""
    named: dict[str, Any] = {
        "sign": forms.SignForm(), "payment": forms.PaymentForm(), "accept": forms.AcceptForm(),
        "again": forms.AskAgainForm(), "withdraw": forms.WithdrawForm(), "cancel": forms.CancelForm(),
        "file": forms.FileForm(agreement=found.drawn), "remove": forms.RemoveFileForm(),
    }  # fmt: skip
    named["reduce"] = forms.ReduceForm()
    ending, whole = found.ending, queries.grant_file(found, today())
    smaller = next((one for one in whole["reductions"] if one.confirmed_at is None), None)
    body = found.application.call.scheme.deciding_body
    if smaller is not None:
        named["reduce"] = forms.ReduceForm(
            initial={"amount": smaller.amount, "ground": smaller.ground, "reason": smaller.reason}
        )
        named["confirm-reduce"] = forms.ConfirmReduceForm(
            initial={"seen": smaller.prepared_at.isoformat(), "body": body}
        )
    if ending is not None:
        seen = {"seen": ending.prepared_at.isoformat(), "body": body}
        named["confirm-cancel"] = forms.ConfirmCancelForm(initial=seen)
    if found.is_award:
        named["agreement"] = forms.AgreementForm(decision=found)
    if wrong is not None:
        named[wrong.word] = wrong
    return show(
        request, "grants/backoffice/grant.html", title=found.application.title, icon=ICON, status=status,
        crumbs=[*crumbs(), ("Aides accordées", reverse("grants_office:grants"))], decision=found,
        one=found.application, forms=named, wrong=wrong.word if wrong else "", wrong_item=item, today=today(),
        sentences=sentences_of(found), ending=ending, confirming=named.get("confirm-cancel"),
        smaller=smaller, confirming_smaller=named.get("confirm-reduce"), **whole,
    )  # fmt: skip


def act(
    request: OfficeRequest, found: Decision, form: Any, verb: Callable[..., Any], done: str, *, item: int = 0
) -> HttpResponse:
    """Read the form, call the verb, say that it is done; refused, the page shows the form with its faults."""

    def done_so() -> bool:
        verb(by=request.user, at=timezone.now(), **form.facts)
        return True

    if tried(form, done_so, actions.GrantRefused):
        messages.success(request, done)
        return redirect("grants_office:grant", found.pk)
    return _grant(request, found, status=422, wrong=form, item=item)


def plain(request: OfficeRequest, back: str, done: str, verb: Callable[..., Any], **facts: Any) -> HttpResponse:
    """Call a verb that needs no form of its own, and go back."""
    pressed(request, done, partial(verb, by=request.user, at=timezone.now(), **facts), actions.GrantRefused)
    return redirect(back)


def _agreement(found: Decision) -> Agreement:
    agreement = found.drawn
    if agreement is None:
        raise Http404
    agreement.decision = found
    return agreement


def _report(found: Decision) -> Any:
    agreement = _agreement(found)
    report = agreement.written
    if report is None:
        raise Http404
    report.agreement = agreement
    return report


@require_POST
@behind(may_decide)
def draw(request: OfficeRequest, pk: int) -> HttpResponse:
    """Lay down the agreement."""
    found = found_grant(request, pk)
    if not found.is_award:
        raise Http404
    form = forms.AgreementForm(request.POST, decision=found)
    return act(request, found, form, with_known(actions.draw_agreement, decision=found), "Convention établie.")


@require_POST
@behind(may_decide)
def sign(request: OfficeRequest, pk: int) -> HttpResponse:
    found = found_grant(request, pk)
    verb = with_known(actions.sign_agreement, agreement=_agreement(found))
    return act(request, found, forms.SignForm(request.POST), verb, "C’est conclu. La structure reçoit une lettre.")


@require_POST
@behind(may_decide)
def pay(request: OfficeRequest, pk: int, item: int) -> HttpResponse:
    """Write down what the accountant paid."""
    found = found_grant(request, pk)
    verb = with_known(actions.prepare_payment, instalment=_instalment(found, item))
    form = forms.PaymentForm(request.POST)
    return act(request, found, form, verb, "Versement saisi. Une autre personne le confirme.", item=item)


@require_POST
@behind(may_decide)
def confirm(request: OfficeRequest, pk: int, item: int) -> HttpResponse:
    """The second person confirms the payment that they read."""
    found = found_grant(request, pk)
    row = _instalment(found, item)
    if request.POST.get("seen") != f"{row.paid_on} {row.order_number}":
        messages.error(request, "Ce versement a changé entre-temps : relisez-le.")
        return redirect("grants_office:grant", pk)
    back = reverse("grants_office:grant", args=[pk])
    return plain(request, back, "Versement confirmé.", actions.confirm_payment, instalment=row)


def _instalment(found: Decision, item: int) -> Instalment:
    agreement = _agreement(found)
    row = find(agreement.instalments.all(), item)
    row.agreement = agreement
    return row


@require_POST
@behind(may_decide)
def accept(request: OfficeRequest, pk: int) -> HttpResponse:
    """The report is accepted, with the costs that count."""
    found = found_grant(request, pk)
    verb = with_known(actions.accept_report, report=_report(found))
    return act(request, found, forms.AcceptForm(request.POST), verb, "Bilan accepté. Le solde est calculé.")


@require_POST
@behind(may_decide)
def ask_again(request: OfficeRequest, pk: int) -> HttpResponse:
    found = found_grant(request, pk)
    verb = with_known(actions.ask_report_again, report=_report(found))
    return act(request, found, forms.AskAgainForm(request.POST), verb, "Le bilan est rendu à la structure.")


@require_POST
@behind(may_decide)
def withdraw(request: OfficeRequest, pk: int) -> HttpResponse:
    """Take a decision back: its page is then gone."""
    found = found_grant(request, pk)
    call, form = found.application.call_id, forms.WithdrawForm(request.POST)
    verb = with_known(actions.withdraw_decision, decision=found)
    answer = act(request, found, form, verb, "Décision retirée. L’argent revient à l’enveloppe.")
    return redirect("grants_office:sheet", call) if answer.status_code == 302 else answer


@require_POST
@behind(may_decide)
def cancel(request: OfficeRequest, pk: int) -> HttpResponse:
    """Write why a signed award would end; another person confirms it."""
    found = found_grant(request, pk)
    verb = with_known(actions.prepare_cancellation, decision=found)
    done = "Annulation préparée. Une autre personne la confirme."
    return act(request, found, forms.CancelForm(request.POST), verb, done)


@require_POST
@behind(may_decide)
def confirm_cancel(request: OfficeRequest, pk: int) -> HttpResponse:
    """The second person writes the deliberation, and the award ends."""
    found = found_grant(request, pk)
    verb = with_known(actions.cancel_grant, cancellation=_ending(found))
    done = "Aide annulée. L’argent revient à l’enveloppe, et la structure reçoit une lettre."
    return act(request, found, forms.ConfirmCancelForm(request.POST), verb, done)


@require_POST
@behind(may_decide)
def drop_cancel(request: OfficeRequest, pk: int) -> HttpResponse:
    found = found_grant(request, pk)
    back = reverse("grants_office:grant", args=[pk])
    return plain(request, back, "Annulation abandonnée.", actions.drop_cancellation, cancellation=_ending(found))


def _ending(found: Decision) -> Cancellation:
    if found.ending is None:
        raise Http404
    found.ending.decision = found
    return found.ending


@require_POST
@behind(may_decide)
def add_file(request: OfficeRequest, pk: int) -> HttpResponse:
    """A signed copy, or a proof that came by another way."""
    found = found_grant(request, pk)
    agreement = _agreement(found)
    form = forms.FileForm(request.POST, request.FILES, agreement=agreement)
    return act(request, found, form, with_known(actions.add_grant_file, agreement=agreement), "Document gardé.")


@require_GET
@behind(may_decide)
def file(request: OfficeRequest, pk: int, item: int) -> HttpResponse:
    """A document of the grant; the journal says who took it."""
    kept = _file(found_grant(request, pk), item)
    note = partial(actions.note_grant_file_read, file=kept, by=request.user, at=timezone.now())
    return hand_over(request, kept.file, name=kept.name, scanned_at=kept.scanned_at, note=note)


@require_POST
@behind(may_decide)
def remove_file(request: OfficeRequest, pk: int, item: int) -> HttpResponse:
    found = found_grant(request, pk)
    verb = with_known(actions.remove_grant_file, file=_file(found, item))
    return act(request, found, forms.RemoveFileForm(request.POST), verb, "Document retiré.", item=item)


def _file(found: Decision, item: int) -> GrantFile:
    file = queries.office_file(found, item)
    if file is None:
        raise Http404
    return file


@require_POST
@behind(may_decide)
def publish(request: OfficeRequest, pk: int) -> HttpResponse:
    """The grant is on line where the law wants it."""
    found, back = found_grant(request, pk), f"{reverse('grants_office:grants')}?liste=a-publier"
    return plain(request, back, "C’est noté.", actions.note_published, agreement=_agreement(found))


@require_GET
@behind(may_decide)
def document(request: OfficeRequest, pk: int, what: str, form: str) -> HttpResponse:
    """The letter or the agreement, in PDF or ODT."""
    found = found_grant(request, pk)
    if what == "lettre":
        letter = paper.letter_of(found, today())
    elif what == "annulation" and found.cancelled_at is not None:
        letter = paper.cancellation_letter(_ending(found), today())
    elif what.startswith("reduction-"):
        letter = paper.reduction_letter(_reduction(found, what), today())
    elif what == "convention":
        agreement = _agreement(found)
        letter = paper.agreement_letter(agreement, instalments_of(agreement), today())
    else:
        raise Http404
    name = f"{what}-{found.application.number}.{form}"
    if form == "pdf":
        return attached(paper.letters_pdf([letter], letter.subject, today()), name, "application/pdf")
    if form == "odt":
        return attached(paper.letter_odt(letter, today()), name, odt.MEDIA_TYPE)
    raise Http404


def _reduction(found: Decision, what: str) -> Reduction:
    """« reduction-12 »: the confirmed one of that number."""
    for one in queries.reductions_of(found):
        if one.confirmed_at is not None and what == f"reduction-{one.pk}":
            return one
    raise Http404


def with_known(verb: Callable[..., Any], **known: Any) -> Callable[..., Any]:
    """The verb, with what the address says."""

    def called(**typed: Any) -> Any:
        return verb(**known, **typed)

    return called
