"""What the worker does for grants: remind of the reports, sweep the documents."""

from __future__ import annotations

from django.utils import timezone

from maillage.grants import actions


def remind_reports() -> int:
    return actions.remind_reports(at=timezone.now())


def remove_stray_files() -> int:
    return actions.remove_stray_files(at=timezone.now())
