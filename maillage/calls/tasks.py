"""What the worker does for applications: remind, forget, tidy."""

from __future__ import annotations

from django.utils import timezone

from maillage.calls import actions


def remind_drafts() -> int:
    return actions.remind_drafts(at=timezone.now())


def forget_drafts() -> int:
    return actions.forget_drafts(at=timezone.now())


def remove_stray_files() -> int:
    return actions.remove_stray_files(at=timezone.now())


def remind_completions() -> int:
    return actions.remind_completions(at=timezone.now())


def remind_reviewers() -> int:
    return actions.remind_reviewers(at=timezone.now())


def remind_outside() -> int:
    return actions.remind_outside(at=timezone.now())
