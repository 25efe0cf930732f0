"""Settings of the server under faults: those of a site, without its collected styles, which nobody looks at here.

With KEEPS_HALVES, the control of the proof: sending and awarding without a transaction, a little slowly. A number is
counted before its application has it, money leaves its envelope before its decision is told; a kill, or a disk that
is full, leaves what nobody takes back.
"""

from __future__ import annotations

import os
import time
from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any

from django.apps import AppConfig

from config import settings as usual
from config.settings import *  # noqa: F403 — a settings module that adds to another

PAUSE_SECONDS = 0.3
STORAGES = {
    **usual.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}  # fmt: skip


class Careless(AppConfig):
    name = "tests.faults.money_settings"
    label = "careless"

    def ready(self) -> None:
        keep_halves()


def keep_halves() -> None:
    """From now on in this process, what was written so far stays whatever becomes of the rest."""
    from django.db.models import QuerySet

    from maillage.calls.actions import submitting
    from maillage.grants.actions import deciding, envelopes
    from maillage.kernel.actions import sent_forms

    modules: tuple[Any, ...] = (submitting, deciding, sent_forms)
    for module in modules:
        module.transaction = SimpleNamespace(atomic=nullcontext)
    QuerySet.select_for_update = lambda rows, *_, **__: rows.all()  # type: ignore[method-assign]
    _slow(submitting, "next_number")
    _slow(envelopes, "take")


def _slow(module: Any, name: str) -> None:
    before = getattr(module, name)

    def after(*args: Any, **kwargs: Any) -> Any:
        done = before(*args, **kwargs)
        time.sleep(PAUSE_SECONDS)
        return done

    setattr(module, name, after)


if os.environ.get("KEEPS_HALVES"):
    INSTALLED_APPS = [*usual.INSTALLED_APPS, "tests.faults.money_settings.Careless"]
