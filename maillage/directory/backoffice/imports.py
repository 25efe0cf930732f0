"""Imports: send a file, say what its columns are, look before, run, follow, undo."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from maillage.accounts.backoffice.screens import OfficeRequest, behind, find, show
from maillage.directory import rules, tasks, wording
from maillage.directory.actions import (
    RunTaken,
    UndoRefused,
    begin_undo,
    may_undo,
    queue_run,
    reopen_run,
    sheets_in,
    undo_import,
)
from maillage.directory.backoffice.following import follow, is_waiting, written_so_far
from maillage.directory.backoffice.import_forms import ColumnsForm, FileForm
from maillage.directory.imports import LEVELS, MappingRefused, correct_columns, receive_file
from maillage.directory.models import ImportRun
from maillage.directory.queries.imports import counts_by_commune
from maillage.kernel.spreadsheets import csv_lines
from ui import french

PAGE_SIZE = 30
# Lines to write that deserve a word before; about two thousand a second on an idle machine, half when it is busy.
LONG_IMPORT = 20_000
LINES_PER_MINUTE = 60_000
# Sheets that a request has no time to turn back.
LONG_UNDO = 500
RUN = "directory_office:import"
COUNTS = {
    "rows": ("ligne lue", "lignes lues"),
    "created": ("fiche nouvelle", "fiches nouvelles"),
    "updated": ("fiche complétée", "fiches complétées"),
    "unchanged": ("fiche sans changement", "fiches sans changement"),
    "flagged": ("ligne à vérifier", "lignes à vérifier"),
    "refused": ("ligne refusée", "lignes refusées"),
    "duplicates": ("doublon possible", "doublons possibles"),
}


def imports_crumb() -> tuple[str, str]:
    return "Imports", reverse("directory_office:imports")


@require_GET
@behind(rules.may_import)
def imports(request: HttpRequest) -> HttpResponse:
    runs = ImportRun.objects.select_related("started_by").defer("report", "differences", "cursor")
    page = Paginator(runs.order_by("-pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    return show(
        request,
        "directory/backoffice/imports.html",
        title="Imports",
        icon="upload",
        page=page,
        rows=[(run, in_short(run)) for run in page],
    )


@behind(rules.may_import)
def new_import(request: OfficeRequest) -> HttpResponse:
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        run = receive_file(
            file=file,
            name=file.name,
            label=form.cleaned_data["label"],
            encoding=form.cleaned_data["encoding"],
            separator=form.cleaned_data["separator"],
            by=request.user,
            at=timezone.now(),
        )
        is_readable = run.state == ImportRun.State.DRAFT
        return redirect("directory_office:import_columns" if is_readable else RUN, run.pk)
    return show(
        request,
        "directory/backoffice/import_new.html",
        title="Nouvel import",
        icon="upload",
        crumbs=[imports_crumb()],
        form=form,
    )


@behind(rules.may_import)
def import_columns(request: OfficeRequest, pk: int) -> HttpResponse:
    """GET shows how the columns would be read, POST corrects it and prepares the preview."""
    run = find(ImportRun.objects.filter(kind=ImportRun.Kind.FILE), pk)
    if run.state not in STARTABLE:
        return redirect(RUN, pk)
    form = ColumnsForm(request.POST or None, run=run)
    if request.method == "POST" and form.is_valid():
        try:
            correct_columns(run=run, columns=form.columns())
        except MappingRefused as refusal:
            form.add_error(None, refusal.phrase)
        else:
            tasks.preview_import.enqueue(run_id=run.pk)
            return redirect(RUN, pk)
    return show(
        request,
        "directory/backoffice/import_columns.html",
        title="Que contient chaque colonne ?",
        icon="upload",
        crumbs=[imports_crumb(), (run.label, reverse(RUN, args=[pk]))],
        run=run,
        form=form,
        read_as=run.cursor.get("read_as", ""),
    )


STARTABLE = (ImportRun.State.DRAFT, ImportRun.State.FAILED)


@require_GET
@behind(rules.may_import)
def import_run(request: HttpRequest, pk: int) -> HttpResponse:
    """Where an import stands: preview, progress, result."""
    run = find(ImportRun.objects.select_related("started_by"), pk)
    shown = run.differences if run.state in STARTABLE else []
    names = wording.names_for(one["changes"] for one in shown)
    following = follow(run, now=timezone.now())
    lines = run.counts.get("created", 0) + run.counts.get("updated", 0)
    return show(
        request,
        "directory/backoffice/import_run.html",
        title=run.label,
        icon="upload",
        crumbs=[imports_crumb()],
        run=run,
        counts=counted(run),
        written=written_so_far(run),
        progress=following,
        is_moving=following is not None,
        is_waiting=is_waiting(run),
        is_startable=run.state in STARTABLE and following is None,
        is_long=lines > LONG_IMPORT,
        minutes=max(1, round(lines / LINES_PER_MINUTE)),
        may_undo=may_undo(run),
        communes=counts_by_commune(run) if run.state == ImportRun.State.DONE and run.kind != run.Kind.FILE else [],
        differences=[(one, wording.lines(one["changes"], names)) for one in shown],
        notes=[(note, level_of(note)) for note in run.report[:200]],
        hidden_notes=max(len(run.report) - 200, 0),
    )


@require_POST
@behind(rules.may_import)
def start_import(request: OfficeRequest, pk: int) -> HttpResponse:
    run = find(ImportRun.objects.all(), pk)
    try:
        queue_run(run=run, at=timezone.now())
    except RunTaken as refusal:
        messages.warning(request, refusal.phrase)
        return redirect(RUN, pk)
    tasks.carry_out_import.enqueue(run_id=run.pk, user_id=request.user.pk)
    messages.success(request, "L’import est lancé. Vous pouvez quitter cette page : il continue.")
    return redirect(RUN, pk)


@require_POST
@behind(rules.may_import)
def preview_import(request: OfficeRequest, pk: int) -> HttpResponse:
    run = find(ImportRun.objects.filter(state__in=STARTABLE), pk)
    reopen_run(run=run, at=timezone.now())
    tasks.preview_import.enqueue(run_id=run.pk)
    messages.success(request, "L’aperçu se prépare.")
    return redirect(RUN, pk)


@behind(rules.may_import)
def undo(request: OfficeRequest, pk: int) -> HttpResponse:
    """GET says what would be undone, POST does it; in the background when it is long."""
    run = find(ImportRun.objects.all(), pk)
    sheets = sheets_in(run.batch)
    if request.method == "POST":
        _undo(request, run, is_long=sheets > LONG_UNDO)
        return redirect(RUN, pk)
    return show(
        request,
        "directory/backoffice/import_undo.html",
        title="Annuler cet import",
        icon="upload",
        crumbs=[imports_crumb(), (run.label, reverse(RUN, args=[pk]))],
        run=run,
        counts=counted(run) or [written_so_far(run)],
        sheets=sheets,
        is_long=sheets > LONG_UNDO,
        may_undo=may_undo(run),
    )


def _undo(request: OfficeRequest, run: ImportRun, *, is_long: bool) -> None:
    try:
        if is_long:
            begin_undo(run=run, at=timezone.now())
            tasks.undo_import.enqueue(run_id=run.pk, user_id=request.user.pk)
            messages.success(request, "L’annulation est lancée. Vous pouvez quitter cette page : elle continue.")
            return
        undone = undo_import(run=run, by=request.user, at=timezone.now())
    except UndoRefused as refusal:
        messages.error(request, refusal.phrase)
        return
    said = [french.plural(undone.deleted, "fiche retirée", "fiches retirées")]
    said += [french.plural(undone.turned_back, "fiche remise", "fiches remises") + " comme avant"]
    said += [french.plural(len(undone.kept), "valeur gardée", "valeurs gardées")] if undone.kept else []
    messages.success(request, f"L’import est annulé : {', '.join(said)}.")


@require_GET
@behind(rules.may_import)
def import_report(request: HttpRequest, pk: int) -> HttpResponse:
    """The report by line and column, as a CSV that no spreadsheet runs."""
    run = find(ImportRun.objects.all(), pk)
    records = (
        {
            "ligne": note["line"] or "",
            "colonne": note["column"],
            "niveau": level_of(note),
            "remarque": note["message"],
        }
        for note in run.report
    )
    lines = csv_lines(["ligne", "colonne", "niveau", "remarque"], records)
    response = HttpResponse(b"".join(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="rapport-import-{run.pk}.csv"'
    return response


def level_of(note: dict[str, Any]) -> str:
    """How serious a note is, in French; what concerns no line concerns the import."""
    if note["level"] == "error" and not note["line"]:
        return "Import arrêté"
    return LEVELS.get(note["level"], str(note["level"]))


def counted(run: ImportRun) -> list[str]:
    """The counts of a run in words, those that are not zero."""
    return [french.plural(run.counts[name], *words) for name, words in COUNTS.items() if run.counts.get(name)]


def in_short(run: ImportRun) -> str:
    """What a run did, for the list."""
    names = ("created", "updated", "refused")
    return ", ".join(french.plural(run.counts[name], *COUNTS[name]) for name in names if run.counts.get(name))
