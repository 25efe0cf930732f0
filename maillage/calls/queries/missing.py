"""What an application still lacks, and what does not fit the call: said while one writes, and before sending."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from django.urls import reverse

from maillage.calls import budget, keys
from maillage.calls.enums import Funding, StateAid, Step
from maillage.calls.models import Application, Call
from maillage.calls.phrases import applying as phrases
from maillage.directory.enums import Family
from maillage.directory.models import Organisation
from maillage.territories.models import Commune
from ui import french

REQUIRED = (
    "legal_name", "siret", "representative", "representative_role", "title", "summary", "commune", "starts_on",
    "ends_on", "requested", "is_economic", "recovers_vat",
)  # fmt: skip
_CER_FORMS = ("92", "93")
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Lack:
    """Something to write or to mend. words: French; anchor: where on the page of its step."""

    step: Step
    key: str
    words: str
    anchor: str


def missing(application: Application) -> list[Lack]:
    """All that keeps it from being sent, in the order of the pages; none: it may go. Some six queries."""
    found = [*_plain(application), *_budget(application), *_answers(application), *_pieces(application)]
    return sorted([*found, *_pledges(application)], key=lambda one: list(Step).index(one.step))


def lacks_by_step(application: Application) -> list[tuple[Step, str, list[Lack]]]:
    """(step, its address, what is missing there), every step in its order."""
    found = missing(application)
    return [
        (step, reverse("calls:step", args=[application.reference, step.value]), [x for x in found if x.step == step])
        for step in Step
    ]


def asks_cer(organisation: Organisation) -> bool:
    """Associations and foundations subscribe to the commitments of the Republic before any public aid.

    Source: law 2000-321, art. 10-1; décret 2021-1947. Its family says it, or its legal category (92, 93).
    """
    families = (Family.ASSOCIATION, Family.FOUNDATION)
    return organisation.family in families or organisation.legal_form.startswith(_CER_FORMS)


def asks_aids(application: Application) -> bool:
    """Are the aids that were received before asked? When the scheme is a State aid and the activity an economic one."""
    return bool(application.is_economic) and application.call.scheme.state_aid != StateAid.NONE


def misfits(call: Call, organisation: Organisation, commune: Commune | None) -> list[str]:
    """What the call says and this applicant does not fit, in French. It may still be sent: an agent looks at it."""
    return [*_family(call, organisation), *_place(call, commune)]


def _family(call: Call, organisation: Organisation) -> Iterator[str]:
    if not call.families or organisation.family in call.families:
        return
    told = ", ".join(str(Family(one).label).lower() for one in call.families if one in Family.values)
    words = phrases.FAMILY if organisation.family else phrases.FAMILY_UNKNOWN
    yield words.format(families=told)


def _place(call: Call, commune: Commune | None) -> Iterator[str]:
    epcis, communes = list(call.epcis.order_by("position", "pk")), list(call.communes.by_name())
    if commune is None or not (epcis or communes):
        return
    if commune.epci_id in {one.pk for one in epcis} or commune in communes:
        return
    yield phrases.PLACE.format(places=", ".join([*(one.short_name for one in epcis), *(one.name for one in communes)]))


def _plain(application: Application) -> Iterator[Lack]:
    for key in REQUIRED:
        if not keys.has_value(keys.value_of(application, key)):
            yield _lack(application, key)
    if application.call.themes.exists() and application.theme_id is None and not application.call.theme_reason:
        yield _lack(application, "theme")
    call = application.call
    begins, ends = application.starts_on, application.ends_on
    too_early = begins is not None and call.project_from is not None and begins < call.project_from
    too_late = ends is not None and call.project_to is not None and ends > call.project_to
    if too_early or too_late:
        yield Lack(Step.PROJECT, "starts_on", phrases.DATES.format(period=period_of(call)), "id_starts_on")
    asked = application.requested
    if asked is not None and call.least is not None and asked < call.least:
        words = phrases.TOO_LITTLE.format(least=french.euros(call.least))
        yield Lack(Step.PROJECT, "requested", words, "id_requested")
    if asked is not None and call.most is not None and asked > call.most:
        words = phrases.TOO_MUCH.format(most=french.euros(call.most))
        yield Lack(Step.PROJECT, "requested", words, "id_requested")


def period_of(call: Call) -> str:
    """« du 1er janvier 2027 au 31 décembre 2027 », one of the two bounds when there is one only."""
    if call.project_from and call.project_to:
        return f"du {french.day(call.project_from)} au {french.day(call.project_to)}"
    if call.project_from:
        return f"à partir du {french.day(call.project_from)}"
    return f"jusqu’au {french.day(call.project_to)}" if call.project_to else ""


def _lack(application: Application, key: str) -> Lack:
    return Lack(keys.step_of(key), key, keys.label_of(key, application), keys.anchor_of(key))


def _budget(application: Application) -> Iterator[Lack]:
    lines = list(application.forecast.order_by("code", "pk"))
    sums, asked, call = budget.totals(lines), application.requested, application.call
    words = list(sums.gaps)
    if sums.charges and asked:
        told = [one.amount for one in lines if budget.is_grant(one.code) and one.funding == Funding.ASKED]
        if sum(told) < asked:
            words.append(phrases.NO_BUDGET_REQUEST)
        most = (sums.charges * call.max_rate / 100).quantize(CENT, rounding=ROUND_FLOOR)
        if asked > most:
            words.append(phrases.RATE.format(rate=french.number(call.max_rate), most=french.euros(most)))
    own = sums.products - sum(
        one.amount for one in lines if budget.is_grant(one.code) and one.funding != Funding.REFUSED
    )
    least = (sums.charges * call.own_share / 100).quantize(CENT)
    if sums.charges and own < least:
        share = french.number(call.own_share)
        words.append(phrases.OWN_SHARE.format(share=share, least=french.euros(least), found=french.euros(own)))
    for one in words:
        yield Lack(Step.BUDGET, keys.BUDGET, one, "totaux")


def _answers(application: Application) -> Iterator[Lack]:
    for block in keys.asked_blocks(application):
        if block.get("required") and not keys.has_value(application.answers.get(block["key"])):
            key = f"{keys.BLOCK}{block['key']}"
            yield Lack(Step.QUESTIONS, key, block["label"], keys.anchor_of(key))


def _pieces(application: Application) -> Iterator[Lack]:
    joined = set(application.files.values_list("piece", flat=True))
    for piece in application.call.pieces.filter(is_required=True).order_by("position", "pk"):
        if piece.pk not in joined:
            yield Lack(Step.PIECES, f"{keys.PIECE}{piece.pk}", piece.label, f"piece-{piece.pk}")


def _pledges(application: Application) -> Iterator[Lack]:
    if asks_cer(application.organisation) and application.cer_at is None:
        yield Lack(Step.PLEDGES, "cer_at", "Le contrat d’engagement républicain", "id_cer_at")
    if application.honour_at is None:
        yield Lack(Step.PLEDGES, "honour_at", "L’attestation sur l’honneur", "id_honour_at")
    if not application.honour_by:
        yield Lack(Step.PLEDGES, "honour_by", "Le nom de qui atteste", "id_honour_by")
