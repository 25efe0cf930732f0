"""What somebody outside the jury reads of an application: the parts and documents that the agent chose, alone."""

from __future__ import annotations

from typing import Any

from maillage.calls.enums import SharedPart
from maillage.calls.models import AppliedFile, OutsideOpinion
from maillage.calls.queries.admissibility import answers_of
from maillage.calls.queries.office import submitted_of


def shared_of(opinion: OutsideOpinion) -> dict[str, Any]:
    """What the page of whoever is asked shows, by part; what was not chosen is not read for it."""
    application, parts = opinion.application, set(opinion.parts)
    shown: dict[str, Any] = {"files": list(opinion.files.order_by("pk")), "with_project": SharedPart.PROJECT in parts}
    if SharedPart.ANSWERS in parts:
        shown["answers"] = answers_of(application)
    if SharedPart.BUDGET in parts:
        told = submitted_of(application)
        shown |= {"lines": told["lines"], "totals": told["totals"]}
    return shown


def shared_file(opinion: OutsideOpinion, pk: int) -> AppliedFile | None:
    return opinion.files.filter(pk=min(pk, 2**63 - 1)).first()
