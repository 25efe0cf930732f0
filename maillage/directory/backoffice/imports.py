"""Imports."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from maillage.accounts.backoffice.screens import behind, show
from maillage.directory import rules


@behind(rules.may_import)
def imports(request: HttpRequest) -> HttpResponse:
    return show(request, "accounts/backoffice/frame.html", title="Imports")
