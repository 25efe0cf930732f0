"""One sheet: make it, revise it, change its state, say that it is right, settle its doubts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from maillage.accounts.backoffice.screens import OfficeRequest, behind, find, show
from maillage.directory import actions, phrases, rules, wording
from maillage.directory.backoffice import reads
from maillage.directory.backoffice.acts import signature
from maillage.directory.backoffice.sheet_form import SheetForm, qualification_forms, qualifications_of
from maillage.directory.backoffice.sheets import sheets_crumb
from maillage.directory.enums import FlagCode, Status
from maillage.directory.facts import differences, facts_of, main_place
from maillage.directory.models import Flag, Organisation
from maillage.directory.quality import completeness
from maillage.directory.queries.origins import origins
from maillage.kernel import registry
from maillage.kernel.once import SentBefore, once

EDIT = "directory_office:sheet"
STALE = (
    "Quelqu’un a modifié cette fiche pendant que vous l’aviez ouverte. Ce que vous avez écrit est gardé ici : "
    "comparez, puis enregistrez de nouveau pour que vos valeurs l’emportent."
)
# What is settled by saying something in the form has no « C’est réglé » button.
SETTLED_IN_FORM = {FlagCode.ESS_TO_CONFIRM: "section-5", FlagCode.UNKNOWN_COMMUNE: "section-3"}


@behind(rules.may_edit_sheets)
def add_sheet(request: OfficeRequest) -> HttpResponse:
    form, rows = SheetForm(request.POST or None), qualification_forms(request.POST or None, None)
    status = 200
    if request.method == "POST" and _valid(form, rows):
        try:
            facts = form.facts(held=qualifications_of(rows))
            made = once(request, actions.create_organisation, facts=facts, **signature(request))
        except actions.SheetRefused as refusal:
            _refuse(form, refusal)
        except SentBefore as refusal:
            status = 409
            form.add_error(None, refusal.phrase)
        else:
            messages.success(request, "La fiche est créée. Elle attend d’être publiée.")
            return redirect(EDIT, made.pk)
    return show(
        request,
        "directory/backoffice/sheet.html",
        status=status,
        title="Nouvelle structure",
        icon="plus",
        crumbs=[sheets_crumb()],
        form=form,
        rows=rows,
        media=form.media,
    )


@behind(rules.may_edit_sheets)
def sheet(request: OfficeRequest, pk: int) -> HttpResponse:
    organisation = find(reads.sheet(pk), pk)
    form = SheetForm(request.POST or None, organisation=organisation, origins=origins(organisation))
    rows = qualification_forms(request.POST or None, organisation)
    conflict: list[wording.Line] = []
    if request.method == "POST" and _valid(form, rows):
        try:
            if _revised(request, form, rows, organisation):
                return redirect(EDIT, pk)
        except actions.SheetMoved:
            organisation = find(reads.sheet(pk), pk)
            conflict = _conflict(form, rows, organisation)
    return show(
        request,
        "directory/backoffice/sheet.html",
        status=409 if conflict else 200,
        title=organisation.name,
        icon="list-ul",
        crumbs=[sheets_crumb()],
        form=form,
        rows=rows,
        media=form.media,
        conflict=conflict,
        **_aside(organisation),
    )


def _valid(form: SheetForm, rows: Any) -> bool:
    # Both are checked, so that every mistake is shown at once.
    return all([form.is_valid(), rows.is_valid()])


def _conflict(form: SheetForm, rows: Any, organisation: Organisation) -> list[wording.Line]:
    """What the sheet says today beside what was typed; the form is shown again as opened now."""
    form.add_error(None, STALE)
    form.see_again(organisation)
    changes = differences(facts_of(organisation), form.facts(held=qualifications_of(rows)))
    return wording.lines(changes, wording.names_for([changes]))


def _revised(request: OfficeRequest, form: SheetForm, rows: Any, organisation: Organisation) -> bool:
    """Write it; False when the form says why not. Raises SheetMoved: somebody wrote it since the page was opened."""
    if form.is_stale():
        raise actions.SheetMoved({})
    try:
        changes = actions.revise_organisation(
            organisation=organisation, facts=form.facts(held=qualifications_of(rows)), seen=form.before,
            **signature(request),
        )  # fmt: skip
    except actions.SheetMoved:
        raise
    except actions.SheetRefused as refusal:
        _refuse(form, refusal)
        return False
    said = ", ".join(phrases.FIELD_LABELS.get(field, field) for field in changes)
    messages.success(request, f"C’est enregistré : {said}." if changes else "Rien n’a changé.")
    return True


def _refuse(form: SheetForm, refusal: actions.SheetRefused) -> None:
    field = refusal.field.replace("place.", "place__")
    form.add_error(field if field in form.fields else None, refusal.phrase)


def _aside(organisation: Organisation) -> dict[str, Any]:
    doubts = [(flag, SETTLED_IN_FORM.get(FlagCode(flag.code))) for flag in organisation.open_flags]  # type: ignore[attr-defined]
    return {
        "organisation": organisation,
        "place": main_place(organisation.establishments.all()),
        "other_places": [place for place in organisation.establishments.all() if not place.is_main],
        "completeness": completeness(facts_of(organisation)),
        "doubts": doubts,
        "reason": phrases.ESS_REASONS.get(organisation.ess_reason, ""),
        "moves": MOVES[Status(organisation.status)],
        "public_address": _public_address(organisation),
        "asides": registry.asides(organisation),
    }


MOVES: dict[Status, list[tuple[str, str, bool]]] = {
    Status.TO_REVIEW: [("published", "Publier la fiche", True), ("archived", "Archiver", False)],
    Status.PUBLISHED: [("to_review", "Remettre à qualifier", False), ("archived", "Archiver", False)],
    Status.ARCHIVED: [("to_review", "Remettre à qualifier", False), ("published", "Publier la fiche", False)],
}


def _public_address(organisation: Organisation) -> str:
    if not organisation.is_public:
        return ""
    try:
        return organisation.get_absolute_url()
    except NoReverseMatch:  # a site may run its back office alone, without the public pages
        return ""


@require_POST
@behind(rules.may_edit_sheets)
def set_status(request: OfficeRequest, pk: int) -> HttpResponse:
    organisation, wanted = find(reads.sheet(pk), pk), request.POST.get("status", "")
    if wanted not in Status.values or organisation.merged_into_id:
        messages.error(request, "Cet état n’est pas possible pour cette fiche.")
        return redirect(EDIT, pk)
    if actions.set_status(organisation=organisation, status=Status(wanted), **signature(request)):
        messages.success(request, f"La fiche est maintenant : {Status(wanted).label.lower()}.")
    return redirect(EDIT, pk)


@require_POST
@behind(rules.may_edit_sheets)
def verify(request: OfficeRequest, pk: int) -> HttpResponse:
    actions.verify(organisation=find(reads.sheet(pk), pk), **signature(request))
    messages.success(request, "C’est noté : la fiche est vérifiée aujourd’hui.")
    return redirect(EDIT, pk)


@require_POST
@behind(rules.may_edit_sheets)
def settle_doubt(request: OfficeRequest, pk: int) -> HttpResponse:
    flag = find(Flag.objects.select_related("organisation"), pk)
    signed = signature(request)
    actions.settle_doubt(flag=flag, by=signed["by"], at=signed["at"])
    messages.success(request, "Ce doute est réglé.")
    return redirect(EDIT, flag.organisation_id)


def find_sheet(request: HttpRequest, pk: int) -> Organisation:
    """One sheet with what its screens need, or a 404."""
    return find(reads.sheet(pk), pk)
