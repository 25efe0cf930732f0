"""The page of a grant for its people: what was decided, what is paid, what to send; and the report that they write."""

from __future__ import annotations

from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from maillage.accounts.models import User
from maillage.grants import actions, paper
from maillage.grants.enums import FileKind
from maillage.grants.facts import cancelled_sentences, reduced_sentences, sentences_of
from maillage.grants.forms.documents import OwnFileForm
from maillage.grants.forms.own import ReportForm
from maillage.grants.models import Agreement, Decision, Instalment
from maillage.grants.queries import grants as queries
from maillage.grants.queries.agreements import instalments_of
from maillage.kernel.handing import hand_over


def _own(request: HttpRequest, reference: str) -> Decision:
    found = queries.own_grant(cast("User", request.user), reference)
    if found is None:
        raise Http404
    return found


@never_cache
@require_GET
def grant(request: HttpRequest, reference: str) -> HttpResponse:
    """`/moi/aides/<reference>/`"""
    return _shown(request, _own(request, reference))


def _shown(request: HttpRequest, found: Decision, wrong: OwnFileForm | None = None) -> HttpResponse:
    """The page; a document that was refused says why in its form."""
    whole = queries.grant_file(found, timezone.localdate())
    reductions = [one for one in whole.pop("reductions") if one.confirmed_at is not None]
    context = {
        "reduced": [(reduced_sentences(one), one.document) for one in reversed(reductions)],
        "decision": found, "one": found.application, "sentences": sentences_of(found), "today": timezone.localdate(),
        **whole, **_ended(found),
    }  # fmt: skip
    return render(request, "grants/grant.html", context | _file_forms(context, wrong), status=422 if wrong else 200)


def _ended(found: Decision) -> dict[str, Any]:
    """What is said of a grant that was cancelled."""
    if found.cancelled_at is None:
        return {}
    return {"cancelled": cancelled_sentences(found.cancellation)}


def _file_forms(context: dict[str, Any], wrong: OwnFileForm | None) -> dict[str, Any]:
    """A form for each document that may be sent now: the signed copy, then proofs of payments and of the report."""
    agreement, report, found = context["agreement"], context["report"], context["decision"]
    if agreement is None or found.cancelled_at is not None:
        return {"asked_payments": []}
    if agreement.signed_on is None:
        return {"copy_form": wrong or OwnFileForm(kind=FileKind.HOLDER_COPY), "asked_payments": []}
    waiting = [one for one in context["instalments"] if one.prepared_at is None and one.asks]
    asked = [
        (one, wrong if _is_of(wrong, one) else OwnFileForm(kind=FileKind.PAYMENT, instalment=one)) for one in waiting
    ]
    forms: dict[str, Any] = {"asked_payments": asked}
    if report is None or report.submitted_at is None:
        is_wrong = wrong is not None and wrong.kind == FileKind.REPORT
        forms["proof_form"] = wrong if is_wrong else OwnFileForm(kind=FileKind.REPORT)
    return forms


def _is_of(form: OwnFileForm | None, one: Instalment) -> bool:
    return form is not None and form.instalment is not None and form.instalment.pk == one.pk


@require_POST
def add_file(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """A signed copy (`exemplaire`), a proof of a payment (its number) or of the report (`bilan`)."""
    found = _own(request, reference)
    agreement = found.drawn
    if agreement is None:
        raise Http404
    agreement.decision = found
    form = OwnFileForm(request.POST, request.FILES, **_sent_for(agreement, kind))
    if form.is_valid():
        try:
            verb = partial(actions.add_grant_file, agreement=agreement, sent=form.sent)
            verb(by=cast("User", request.user), at=timezone.now())
        except actions.GrantRefused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.phrase)
        else:
            messages.success(request, "Document reçu.")
            return redirect("grants:grant", reference)
    return _shown(request, found, form)


def _sent_for(agreement: Agreement, kind: str) -> dict[str, Any]:
    if kind == "exemplaire":
        return {"kind": FileKind.HOLDER_COPY}
    if kind == "bilan":
        return {"kind": FileKind.REPORT}
    if not kind.isdecimal() or len(kind) > 18:
        raise Http404
    return {"kind": FileKind.PAYMENT, "instalment": get_object_or_404(agreement.instalments.all(), pk=int(kind))}


@never_cache
@require_GET
def file(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """A document of the grant, handed over; the journal says who took it."""
    found = queries.own_file(cast("User", request.user), reference, pk)
    if found is None:
        raise Http404
    note = partial(actions.note_grant_file_read, file=found, by=cast("User", request.user), at=timezone.now())
    return hand_over(request, found.file, name=found.name, scanned_at=found.scanned_at, note=note)


@require_POST
def remove_file(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Take back a document that nobody leaned on yet."""
    found = queries.own_file(cast("User", request.user), reference, pk)
    if found is None:
        raise Http404
    try:
        actions.remove_grant_file(file=found, by=cast("User", request.user), at=timezone.now())
    except actions.GrantRefused as refusal:
        messages.error(request, refusal.phrase)
    else:
        messages.success(request, "Le document est retiré.")
    return redirect("grants:grant", reference)


@never_cache
@require_GET
def document(request: HttpRequest, reference: str, what: str) -> HttpResponse:
    """The letter of the decision or of its end; the agreement, to sign, then signed. In PDF."""
    found, on = _own(request, reference), timezone.localdate()
    agreement = found.drawn
    if what == "lettre":
        letter = paper.letter_of(found, timezone.localdate(found.confirmed_at))
    elif what == "annulation" and found.cancelled_at is not None:
        letter = paper.cancellation_letter(found.cancellation, timezone.localdate(found.cancelled_at))
    elif what.startswith("reduction-"):
        letter = _reduction_letter(found, what)
    elif what == "convention" and agreement is not None:
        agreement.decision = found
        letter = paper.agreement_letter(agreement, instalments_of(agreement), on)
    else:
        raise Http404
    content = paper.letters_pdf([letter], letter.subject, on)
    name = f'attachment; filename="{what}-{found.application.number}.pdf"'
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": name})


def _reduction_letter(found: Decision, what: str) -> paper.Letter:
    """« reduction-12 »: the letter of the confirmed one of that number, as it left."""
    for one in queries.reductions_of(found):
        if one.confirmed_at is not None and one.document == what:
            return paper.reduction_letter(one, timezone.localdate(one.confirmed_at))
    raise Http404


@never_cache
def report(request: HttpRequest, reference: str) -> HttpResponse:
    """`/moi/aides/<reference>/bilan/`: kept as often as one wants, then handed in."""
    found = _own(request, reference)
    agreement = found.drawn
    if agreement is None or agreement.signed_on is None or found.cancelled_at is not None:
        raise Http404
    agreement.decision = found
    kept = agreement.written
    if kept is not None and kept.submitted_at is not None:
        return redirect("grants:grant", reference)
    form = ReportForm(request.POST or None, agreement=agreement)
    if request.method == "POST" and form.is_valid() and _kept(request, agreement, form):
        is_in = "send" in request.POST
        messages.success(request, "Bilan remis. Nous le lisons." if is_in else "C’est gardé. Vous pourrez continuer.")
        return redirect("grants:grant" if is_in else "grants:report", reference)
    context = {"form": form, "one": found.application, "agreement": agreement, "report": kept}
    return render(request, "grants/report.html", context, status=422 if request.method == "POST" else 200)


def _kept(request: HttpRequest, agreement: Agreement, form: ReportForm) -> bool:
    """Keep what was typed, and hand it in when asked; False when something is refused, which the form then says."""
    user, at = cast("User", request.user), timezone.now()
    try:
        made = actions.save_report(agreement=agreement, by=user, at=at, **form.facts)
        if "send" in request.POST:
            actions.submit_report(report=made, honour_by=form.cleaned_data["honour_by"], by=user, at=at)
    except actions.GrantRefused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.phrase)
        return False
    return True
