"""Imports: send a file, say what its columns are, look before, run, follow, undo."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from maillage.accounts.backoffice.screens import OfficeRequest, behind, find, show
from maillage.directory import rules, tasks
from maillage.directory.actions.undoing import UndoRefused, undo_import
from maillage.directory.backoffice import wording
from maillage.directory.exports.tables import csv_lines
from maillage.directory.imports import LEVELS, TARGETS, MappingRefused, correct_columns, receive_file
from maillage.directory.models import ImportRun
from ui import french

PAGE_SIZE = 30
LARGEST_FILE = 100 * 1024 * 1024
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
ENCODINGS = [
    ("", "À deviner"),
    ("utf-8", "UTF-8"),
    ("cp1252", "Windows (cp1252)"),
    ("utf-16", "UTF-16"),
    ("mac_roman", "Ancien Mac"),
]
SEPARATORS = [
    ("", "À deviner"),
    (";", "Point-virgule"),
    (",", "Virgule"),
    ("\t", "Tabulation"),
    ("|", "Barre verticale"),
]


class FileForm(forms.Form):
    """A file and the name of its source."""

    label = forms.CharField(
        label="D’où vient ce fichier ?",
        max_length=200,
        help_text="Par exemple : Associations de Péronne. Gardez le même nom pour la prochaine livraison.",
    )
    file = forms.FileField(label="Fichier CSV ou XLSX", help_text="Tel que vous l’avez, jusqu’à 100 Mo.")
    encoding = forms.ChoiceField(label="Encodage", choices=ENCODINGS, required=False)
    separator = forms.ChoiceField(label="Séparateur", choices=SEPARATORS, required=False)

    def clean_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_FILE:
            raise forms.ValidationError("Ce fichier dépasse 100 Mo : coupez-le en plusieurs.")
        return file


class ColumnsForm(forms.Form):
    """One choice for each column of the file: what it holds, or nothing."""

    def __init__(self, data: Any, *, run: ImportRun) -> None:
        super().__init__(data)
        self.titles: list[str] = run.cursor.get("titles", [])
        self.samples: dict[str, list[str]] = run.cursor.get("samples", {})
        choices = [("", "Ne pas lire"), *((target.code, target.label) for target in TARGETS)]
        for rank, title in enumerate(self.titles):
            self.fields[f"column_{rank}"] = forms.ChoiceField(
                label=title, choices=choices, required=False, initial=run.columns.get(title, "")
            )

    def rows(self) -> list[tuple[forms.BoundField, list[str]]]:
        return [(self[f"column_{rank}"], self.samples.get(title, [])) for rank, title in enumerate(self.titles)]

    def columns(self) -> dict[str, str]:
        """{title: what it holds}, unread columns absent."""
        read = ((title, self.cleaned_data[f"column_{rank}"]) for rank, title in enumerate(self.titles))
        return {title: code for title, code in read if code}


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
    is_waiting = run.state == ImportRun.State.DRAFT and not run.counts
    return show(
        request,
        "directory/backoffice/import_run.html",
        title=run.label,
        icon="upload",
        crumbs=[imports_crumb()],
        run=run,
        counts=counted(run),
        is_waiting=is_waiting,
        is_moving=is_waiting or run.state == ImportRun.State.RUNNING,
        is_startable=run.state in STARTABLE and not is_waiting,
        is_done=run.state == ImportRun.State.DONE,
        differences=[(one, wording.lines(one["changes"], names)) for one in shown],
        notes=[(note, LEVELS.get(note["level"], "")) for note in run.report[:200]],
        hidden_notes=max(len(run.report) - 200, 0),
    )


@require_POST
@behind(rules.may_import)
def start_import(request: OfficeRequest, pk: int) -> HttpResponse:
    run = find(ImportRun.objects.all(), pk)
    if run.state not in STARTABLE:
        messages.warning(request, f"Cet import est « {run.get_state_display().lower()} » : il ne peut pas être lancé.")
        return redirect(RUN, pk)
    tasks.carry_out_import.enqueue(run_id=run.pk, user_id=request.user.pk)
    messages.success(request, "L’import est lancé. Vous pouvez quitter cette page : il continue.")
    return redirect(RUN, pk)


@require_POST
@behind(rules.may_import)
def preview_import(request: OfficeRequest, pk: int) -> HttpResponse:
    run = find(ImportRun.objects.filter(state__in=STARTABLE), pk)
    tasks.preview_import.enqueue(run_id=run.pk)
    messages.success(request, "L’aperçu se prépare.")
    return redirect(RUN, pk)


@behind(rules.may_import)
def undo(request: OfficeRequest, pk: int) -> HttpResponse:
    """GET says what would be undone, POST does it."""
    run = find(ImportRun.objects.all(), pk)
    if request.method == "POST":
        try:
            undone = undo_import(run=run, by=request.user, at=timezone.now())
        except UndoRefused as refusal:
            messages.error(request, refusal.phrase)
        else:
            said = [french.plural(undone.deleted, "fiche retirée", "fiches retirées")]
            said += [french.plural(undone.turned_back, "fiche remise", "fiches remises") + " comme avant"]
            said += [french.plural(len(undone.kept), "valeur gardée", "valeurs gardées")] if undone.kept else []
            messages.success(request, f"L’import est annulé : {', '.join(said)}.")
        return redirect(RUN, pk)
    return show(
        request,
        "directory/backoffice/import_undo.html",
        title="Annuler cet import",
        icon="upload",
        crumbs=[imports_crumb(), (run.label, reverse(RUN, args=[pk]))],
        run=run,
        counts=counted(run),
        is_done=run.state == ImportRun.State.DONE,
    )


@require_GET
@behind(rules.may_import)
def import_report(request: HttpRequest, pk: int) -> HttpResponse:
    """The report by line and column, as a CSV that no spreadsheet runs."""
    run = find(ImportRun.objects.all(), pk)
    records = (
        {
            "ligne": note["line"] or "",
            "colonne": note["column"],
            "niveau": LEVELS.get(note["level"], note["level"]),
            "remarque": note["message"],
        }
        for note in run.report
    )
    lines = csv_lines(["ligne", "colonne", "niveau", "remarque"], records)
    response = HttpResponse(b"".join(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="rapport-import-{run.pk}.csv"'
    return response


def counted(run: ImportRun) -> list[str]:
    """The counts of a run in words, those that are not zero."""
    return [french.plural(run.counts[name], *words) for name, words in COUNTS.items() if run.counts.get(name)]


def in_short(run: ImportRun) -> str:
    """What a run did, for the list."""
    names = ("created", "updated", "refused")
    return ", ".join(french.plural(run.counts[name], *COUNTS[name]) for name in names if run.counts.get(name))
