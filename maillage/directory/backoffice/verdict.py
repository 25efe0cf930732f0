"""Belonging to the ESS: what the rule says today, and the way back to it when a person decided otherwise."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from wagtail.admin import messages

from maillage.accounts.backoffice.screens import OfficeRequest, behind, find, show
from maillage.directory import actions, phrases, rules
from maillage.directory.backoffice import reads
from maillage.directory.backoffice.sheets import sheets_crumb
from maillage.directory.enums import EssVerdict
from maillage.directory.queries.verdicts import rule_says

EDIT = "directory_office:sheet"


@behind(rules.may_edit_sheets)
def follow_rule(request: OfficeRequest, pk: int) -> HttpResponse:
    """GET says what the rule says today, POST gives the verdict back to it."""
    organisation = find(reads.sheet(pk), pk)
    if not organisation.ess_overridden:
        messages.warning(request, "Personne n’a décidé pour cette fiche : la règle s’applique déjà.")
        return redirect(EDIT, pk)
    if request.method == "POST":
        changes = actions.follow_rule(organisation=organisation, by=request.user, at=timezone.now())
        after = EssVerdict(changes.get("ess_verdict", [None, organisation.ess_verdict])[1])
        messages.success(
            request,
            f"La règle décide de nouveau : {after.label.lower()}.",
            buttons=[messages.button(reverse("directory_office:history", args=[pk]), "Historique")],
        )
        return redirect(EDIT, pk)
    said = rule_says(organisation)
    return show(
        request,
        "directory/backoffice/verdict.html",
        title="Revenir à la règle",
        icon="history",
        crumbs=[sheets_crumb(), (organisation.name, reverse(EDIT, args=[pk]))],
        organisation=organisation,
        verdict=EssVerdict(said["ess_verdict"]).label,
        reason=phrases.ESS_REASONS.get(said["ess_reason"], ""),
        is_same=said["ess_verdict"] == organisation.ess_verdict,
    )
