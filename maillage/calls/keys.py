"""The names of what an application holds, the same in forms, in requests for completion and in what is still missing.

A *key* is a field of Application ("title"), "structure:<fact>" and "block:<key>" (kept in its answers), "piece:<pk>",
"budget", "declared_aids", and "co_applicants", which have their own page and verbs.
"""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django.db import models

from maillage.calls.enums import ApplicationState, BlockKind, Step
from maillage.calls.models import Application

BUDGET, AIDS, PARTNERS = "budget", "declared_aids", "co_applicants"
BLOCK, PIECE, TOLD = "block:", "piece:", "structure:"
IDENTITY = ("legal_name", "siret", "rna", "representative", "representative_role")
FACTS = {
    f"{TOLD}address": "Adresse", f"{TOLD}email": "Adresse électronique", f"{TOLD}phone": "Téléphone",
    f"{TOLD}volunteers": "Bénévoles actifs", f"{TOLD}employees_fte": "Salariés, en équivalent temps plein",
    f"{TOLD}approvals": "Agréments et labels",
}  # fmt: skip
PROJECT = (
    "title", "summary", "commune", "theme", "starts_on", "ends_on", "requested", "is_economic", "recovers_vat",
)  # fmt: skip
PLEDGES = ("cer_at", "honour_at", "honour_by")
COLUMNS = (*IDENTITY, *PROJECT, *PLEDGES)


def step_of(key: str) -> Step:
    """The page where this is written. Raises KeyError for what is no key."""
    if key in IDENTITY or key.startswith(TOLD):
        return Step.STRUCTURE
    if key in PROJECT:
        return Step.PROJECT
    if key in PLEDGES or key == AIDS:
        return Step.PLEDGES
    if key == BUDGET:
        return Step.BUDGET
    return {BLOCK: Step.QUESTIONS, PIECE: Step.PIECES}[key[: key.find(":") + 1]]


def anchor_of(name: str) -> str:
    """The id of a field on its page."""
    return f"id_{name}".replace(":", "-")


def is_answer(key: str) -> bool:
    """Is it kept in the answers of the application?"""
    return key.startswith((BLOCK, TOLD))


def answer_key(key: str) -> str:
    """Where the answers keep it: a block under its own key, a fact of the structure under its whole name."""
    return key.removeprefix(BLOCK)


def label_of(key: str, application: Application) -> str:
    """How forms call it, in French."""
    if key == BUDGET:
        return "Le budget"
    if key == AIDS:
        return "Les aides déjà reçues"
    if key == PARTNERS:
        return "Les structures associées"
    if key in FACTS:
        return FACTS[key]
    if key.startswith(BLOCK):
        return next((one["label"] for one in blocks_of(application) if one["key"] == key.removeprefix(BLOCK)), key)
    if key.startswith(PIECE):
        found = application.call.pieces.filter(pk=int(key.removeprefix(PIECE))).first()
        return str(found or key)
    label = str(cast("models.Field[Any, Any]", Application._meta.get_field(key)).verbose_name)
    return label[:1].upper() + label[1:]


def blocks_of(application: Application) -> list[dict[str, Any]]:
    """The questions of the version of the form that this application answers, texts to read included."""
    return list(application.form.blocks)


def asked_blocks(application: Application) -> list[dict[str, Any]]:
    return [one for one in blocks_of(application) if one["kind"] != BlockKind.WORDS]


def value_of(application: Application, key: str) -> Any:
    """What a plain key holds now: a column, or an answer; None when nothing was said."""
    if is_answer(key):
        return application.answers.get(answer_key(key))
    return getattr(application, f"{key}_id" if key in ("commune", "theme") else key)


def has_open_partners(application: Application) -> bool:
    """May its people invite other organisations, or take some away?"""
    if application.state == ApplicationState.INCOMPLETE:
        return PARTNERS in application.reopened
    return application.state == ApplicationState.DRAFT


def has_value(value: Any) -> bool:
    """False is an answer; an empty text and an empty list are none."""
    return value is not None and value not in ("", [])


def as_text(value: Any) -> Any:
    """As JSON keeps it."""
    return value.isoformat() if isinstance(value, date) else value
