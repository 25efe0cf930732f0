"""The page of a grant for its people: what was decided, what is paid, what to send; and the report that they write."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from maillage.accounts.models import User
from maillage.grants import actions, paper
from maillage.grants.facts import sentences_of
from maillage.grants.forms.own import ReportForm
from maillage.grants.models import Agreement, Decision
from maillage.grants.queries import grants as queries
from maillage.grants.queries.agreements import instalments_of


def _own(request: HttpRequest, reference: str) -> Decision:
    found = queries.own_grant(cast("User", request.user), reference)
    if found is None:
        raise Http404
    return found


@never_cache
@require_GET
def grant(request: HttpRequest, reference: str) -> HttpResponse:
    """`/moi/aides/<reference>/`"""
    found = _own(request, reference)
    context = {
        "decision": found, "one": found.application, "sentences": sentences_of(found), "today": timezone.localdate(),
        **queries.grant_file(found, timezone.localdate()),
    }  # fmt: skip
    return render(request, "grants/grant.html", context)


@never_cache
@require_GET
def document(request: HttpRequest, reference: str, what: str) -> HttpResponse:
    """The letter of the decision, or the agreement once it is signed, in PDF."""
    found, on = _own(request, reference), timezone.localdate()
    agreement = found.drawn
    if what == "lettre":
        letter = paper.letter_of(found, timezone.localdate(found.confirmed_at))
    elif what == "convention" and agreement is not None and agreement.signed_on is not None:
        agreement.decision = found
        letter = paper.agreement_letter(agreement, instalments_of(agreement), on)
    else:
        raise Http404
    content = paper.letters_pdf([letter], letter.subject, on)
    name = f'attachment; filename="{what}-{found.application.number}.pdf"'
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": name})


@never_cache
def report(request: HttpRequest, reference: str) -> HttpResponse:
    """`/moi/aides/<reference>/bilan/`: kept as often as one wants, then handed in."""
    found = _own(request, reference)
    agreement = found.drawn
    if agreement is None or agreement.signed_on is None:
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
