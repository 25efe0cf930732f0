"""What the worker does for the desk: ask, resume, forget."""

from __future__ import annotations

from django.utils import timezone

from maillage.desk import actions


def remind() -> int:
    return actions.remind(at=timezone.now())


def ask_checks() -> int:
    return actions.ask_checks(at=timezone.now())


def resume_due() -> int:
    return actions.resume_due(at=timezone.now())


def forget_drafts() -> int:
    return actions.forget_drafts(at=timezone.now())
