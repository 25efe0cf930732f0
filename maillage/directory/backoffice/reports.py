"""Wagtail's generic reports (pages, workflows, its own log): for administrators only.

They speak of pages, which the site has none of yet, and of Wagtail's log; agents have the history of each sheet.
"""

from __future__ import annotations

from wagtail.admin.urls import reports

from maillage.accounts.backoffice.screens import behind
from maillage.directory import rules


def close_reports() -> None:
    """Put a rule before each report; called once, when the addresses of the admin are read."""
    for pattern in reports.urlpatterns:
        if not hasattr(pattern.callback, "rule"):
            pattern.callback = behind(rules.may_read_reports)(pattern.callback)
