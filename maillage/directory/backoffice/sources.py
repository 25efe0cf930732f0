"""Imports from services and stock files, with the same verbs as the commands; stop, give up, go on anyway."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from maillage.accounts.backoffice.screens import OfficeRequest, behind, find, show
from maillage.directory import actions, rules, tasks
from maillage.directory.backoffice.imports import RUN, imports_crumb
from maillage.directory.imports import FileRefused, open_api_run, open_sirene_run
from maillage.directory.imports.survey import rows_last_time
from maillage.directory.models import ImportRun
from maillage.territories.queries import home_territory

STOCK = "https://object.files.data.gouv.fr/data-pipeline-open/siren/stock"
EXTENSIONS = (".parquet", ".csv", ".zip")


def stock_place(text: str) -> str:
    """The address or the path of a stock file, as the pipeline takes it. Raises ValidationError, in French."""
    text = text.strip()
    if "://" in text:
        address = urlsplit(text)
        if address.scheme != "https" or address.hostname not in settings.SIRENE_HOSTS:
            hosts = ", ".join(settings.SIRENE_HOSTS)
            raise forms.ValidationError(f"Cette adresse n’est pas admise. Les sites admis en https : {hosts}.")
        return text
    folder: Path = settings.SIRENE_DIR.resolve()
    path = (folder / text).resolve()
    if not path.is_relative_to(folder) or path.suffix.lower() not in EXTENSIONS or not path.is_file():
        raise forms.ValidationError(
            "Ce fichier n’est pas dans le dossier « sirene » des données du site. "
            "Demandez à la personne qui tient le serveur de l’y déposer, ou donnez une adresse https."
        )
    return str(path)


def stock_files() -> list[str]:
    """Names of the stock files laid in the folder, in order."""
    folder: Path = settings.SIRENE_DIR
    if not folder.is_dir():
        return []
    return sorted(path.name for path in folder.iterdir() if path.suffix.lower() in EXTENSIONS)


class StockField(forms.CharField):
    """An https address on an admitted host, or the name of a file in the folder « sirene »."""

    def clean(self, value: Any) -> str:
        return stock_place(super().clean(value))


class SireneForm(forms.Form):
    """The two stock files of one edition."""

    units = StockField(
        label="Fichier des unités légales (StockUniteLegale)",
        max_length=500,
        initial=f"{STOCK}/StockUniteLegale_utf8.parquet",
        help_text="Une adresse https, ou le nom d’un fichier du dossier « sirene » (Parquet, CSV ou ZIP).",
    )
    establishments = StockField(
        label="Fichier des établissements (StockEtablissement)",
        max_length=500,
        initial=f"{STOCK}/StockEtablissement_utf8.parquet",
        help_text="De la même édition que l’autre.",
    )


class ReasonForm(forms.Form):
    """Why one goes on."""

    reason = forms.CharField(
        label="Pourquoi continuer ?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Par exemple : deux communes ont quitté le territoire. Ce sera gardé dans le journal.",
    )


@behind(rules.may_import)
def from_api(request: OfficeRequest) -> HttpResponse:
    """GET says what will happen, POST opens the import and prepares its preview."""
    if request.method == "POST":
        try:
            run = open_api_run(by=request.user, at=timezone.now())
        except FileRefused as refusal:
            messages.error(request, refusal.phrase)
            return redirect("directory_office:new_api_import")
        return _prepare(run)
    return show(
        request,
        "directory/backoffice/import_new_api.html",
        title="Importer depuis l’API Recherche d’entreprises",
        icon="upload",
        crumbs=[imports_crumb()],
        home=home_territory(),
    )


@behind(rules.may_import)
def from_sirene(request: OfficeRequest) -> HttpResponse:
    """GET says what will happen and asks where the files are, POST opens the import and prepares its preview."""
    form = SireneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _prepare(open_sirene_run(**form.cleaned_data, force=False, by=request.user, at=timezone.now()))
    return show(
        request,
        "directory/backoffice/import_new_sirene.html",
        title="Importer depuis le stock Sirene",
        icon="upload",
        crumbs=[imports_crumb()],
        form=form,
        files=stock_files(),
        home=home_territory(),
    )


def _prepare(run: ImportRun) -> HttpResponse:
    tasks.preview_import.enqueue(run_id=run.pk)
    return redirect(RUN, run.pk)


@require_POST
@behind(rules.may_import)
def stop(request: OfficeRequest, pk: int) -> HttpResponse:
    try:
        actions.stop_run(run=find(ImportRun.objects.all(), pk), by=request.user, at=timezone.now())
    except actions.RunTaken:
        messages.warning(request, "Cet import n’était plus en cours : il n’y a rien à arrêter.")
    else:
        messages.success(request, "C’est demandé : l’import s’arrête à la fin de l’étape en cours.")
    return redirect(RUN, pk)


@require_POST
@behind(rules.may_import)
def abandon(request: OfficeRequest, pk: int) -> HttpResponse:
    try:
        actions.abandon_run(run=find(ImportRun.objects.all(), pk), by=request.user, at=timezone.now())
    except actions.RunTaken as refusal:
        messages.warning(request, refusal.phrase)
    else:
        messages.success(request, "L’import est abandonné. Rien n’a été écrit dans l’annuaire.")
    return redirect("directory_office:imports")


@behind(rules.may_force_import)
def force(request: OfficeRequest, pk: int) -> HttpResponse:
    """GET says what going on means and asks why, POST writes the reason down and prepares the preview again."""
    run = find(ImportRun.objects.all(), pk)
    if not run.has_shrunk:
        messages.warning(request, "Cet import n’est pas arrêté par une source qui a rétréci.")
        return redirect(RUN, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            run = actions.force_run(run=run, by=request.user, at=timezone.now(), **form.cleaned_data)
        except actions.RunTaken as refusal:
            messages.warning(request, refusal.phrase)
            return redirect(RUN, pk)
        messages.success(request, "C’est noté. Regardez ce qui changerait, puis lancez l’import.")
        return _prepare(run)
    return show(
        request,
        "directory/backoffice/import_force.html",
        title="Continuer quand même",
        icon="warning",
        crumbs=[imports_crumb(), (run.label, reverse(RUN, args=[pk]))],
        form=form,
        run=run,
        refusal=run.report[0]["message"] if run.report else "",
        before=rows_last_time(run),
    )
