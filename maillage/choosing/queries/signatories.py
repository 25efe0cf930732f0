"""The organisations that signed a position: consent, not secret, once closed. Organisations only, never people."""

from __future__ import annotations

from dataclasses import dataclass

from maillage.choosing.enums import Answer, Method, VoiceKind
from maillage.choosing.models import Ballot, Consultation
from maillage.directory.models import Organisation


@dataclass(frozen=True)
class Signatory:
    """An organisation and its answer; organisation: None when its sheet is gone; reason: "" when it gave none."""

    name: str
    organisation: Organisation | None
    reason: str


def signatories(consultation: Consultation) -> list[tuple[str, list[Signatory]]]:
    """By answer, in French, each by name; [] for what has none. One query."""
    if consultation.method != Method.CONSENT or consultation.is_secret or not consultation.has_result:
        return []
    rows = Ballot.objects.filter(consultation=consultation, elector__kind=VoiceKind.ORGANISATION)
    found: dict[str, list[Signatory]] = {answer.value: [] for answer in Answer}
    for ballot in rows.select_related("elector__organisation").order_by("elector__label", "pk"):
        assert ballot.elector is not None
        of = ballot.elector.organisation
        is_public = of is not None and of.is_public
        found[ballot.content["answer"]].append(
            Signatory(ballot.elector.label, of if is_public else None, ballot.content.get("reason", ""))
        )
    return [(str(Answer(key).label), given) for key, given in found.items() if given]
