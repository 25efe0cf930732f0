"""Grants as open data: the 16 fields of SCDL *subventions* 2.1.1, in their order; and the register of de minimis aids.

A file of fifty thousand grants is read in slices, so that it never stands whole in memory.
Source: schema.data.gouv.fr/scdl/subventions 2.1.1; arrêté of 17 November 2017.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from maillage.accounts.models import User
from maillage.grants.enums import InstalmentKind
from maillage.grants.facts import beneficiary, is_natural
from maillage.grants.models import Decision, DeMinimisAid, Instalment
from maillage.grants.queries.published import Asked, found
from maillage.kernel.spreadsheets import defuse

FIELDS = (
    "nomAttribuant", "idAttribuant", "dateConvention", "referenceDecision", "nomBeneficiaire", "idBeneficiaire",
    "rnaBeneficiaire", "objet", "montant", "nature", "conditionsVersement", "datesPeriodeVersement", "idRAE",
    "notificationUE", "pourcentageSubvention", "dispositifAide",
)  # fmt: skip
SLICE = 1_000
EXAMPLE = " (donnée d’exemple)"
Days = tuple[date, ...]


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def scdl_lines(asked: Asked) -> Iterator[bytes]:
    """The file, line by line: UTF-8, commas, no byte-order mark."""
    writer = csv.writer(_Echo(), lineterminator="\r\n")
    yield _encoded(writer.writerow(FIELDS))
    # The whole file goes from the oldest to the latest: a new grant never moves the lines before it.
    rows = found(asked).select_related(None).order_by("deliberated_on", "pk").values(*_READ)
    stream = rows.iterator(chunk_size=SLICE)
    while taken := list(islice(stream, SLICE)):
        days = _payment_days([one["agreement"] for one in taken if one["agreement"]])
        yield b"".join(_encoded(writer.writerow(_line(one, days.get(one["agreement"], ())))) for one in taken)


_READ = (
    "pk", "amount", "deliberation", "deliberated_on", "is_example", "agreement", "agreement__signed_on",
    "de_minimis", "line__scheme__title", "line__scheme__authority__name", "line__scheme__authority__siret",
    "application__title", "application__legal_name", "application__siret", "application__rna",
    "application__organisation__name", "application__organisation__legal_form", "application__organisation__rna",
)  # fmt: skip


def _payment_days(agreements: list[int]) -> dict[int, Days]:
    """{agreement: days of its payments, real ones where there are}; one query."""
    days: dict[int, list[date]] = defaultdict(list)
    rows = Instalment.objects.filter(agreement__in=agreements).exclude(kind=InstalmentKind.CLAWBACK)
    for agreement, planned, paid in rows.values_list("agreement", "planned_on", "paid_on").order_by("pk"):
        days[agreement].append(paid or planned)
    return {key: tuple(sorted(found)) for key, found in days.items()}


def _purpose(one: dict[str, Any]) -> str:
    """The title of the project; that of an example says it once."""
    title = defuse(" ".join(one["application__title"].split()))
    return f"{title}{EXAMPLE}" if one["is_example"] and not title.endswith(EXAMPLE) else title


def _line(one: dict[str, Any], days: Days) -> list[str]:
    legal_form = one["application__organisation__legal_form"]
    name = beneficiary(one["application__legal_name"] or one["application__organisation__name"], legal_form)
    is_person = is_natural(legal_form)
    signed_on: date = one["agreement__signed_on"] or one["deliberated_on"]
    return [
        defuse(one["line__scheme__authority__name"]), one["line__scheme__authority__siret"], signed_on.isoformat(),
        defuse(one["deliberation"]), defuse(name), "" if is_person else one["application__siret"],
        "" if is_person else one["application__rna"] or one["application__organisation__rna"],
        _purpose(one),
        f"{one['amount']:.2f}", "aide en numéraire", _condition(days), _period(days, signed_on), "",
        "oui" if one["de_minimis"] else "non", "1", defuse(one["line__scheme__title"]),
    ]  # fmt: skip


def _condition(days: Days) -> str:
    if not days:
        return "autre"
    return "unique" if len(days) == 1 else "échelonné"


def _period(days: Days, signed_on: date) -> str:
    """One day, or the first and the last of the payments; that of the signature while none is planned."""
    if not days or days[0] == days[-1]:
        return (days[0] if days else signed_on).isoformat()
    return f"{days[0].isoformat()}/{days[-1].isoformat()}"


def _encoded(line: Any) -> bytes:
    return str(line).encode("utf-8", "replace")


REGISTER = (
    "siren", "nom", "secteur_naf", "date_octroi", "montant_esb", "reglement", "autorite", "dispositif", "declare_le",
    "origine",
)  # fmt: skip


def register_rows(by: User, on: date) -> Iterator[dict[str, Any]]:
    """The register of aids de minimis, for the agents: ours, then those that applicants declared, by day.

    What the person stays away from is left out. montant_esb: gross grant equivalent, in euros.
    """
    readable = Decision.objects.visible_to(by, on=on)
    rows = DeMinimisAid.objects.filter(decision__in=readable) | DeMinimisAid.objects.filter(decision=None)
    rows = rows.select_related("decision__application__organisation").prefetch_related(
        "undertaking__members__organisation"
    )
    for one in rows.order_by("granted_on", "pk").iterator(chunk_size=SLICE):
        held = one.decision.application.organisation if one.decision else None
        members = [member.organisation for member in one.undertaking.members.all()]
        owner = held or (members[0] if members else None)
        yield {
            "siren": owner.siren if owner else "", "nom": owner.name if owner else one.undertaking.name,
            "secteur_naf": owner.naf_code if owner else "", "date_octroi": one.granted_on.isoformat(),
            "montant_esb": one.amount, "reglement": one.get_regulation_display(), "autorite": one.funder,
            "dispositif": one.scheme, "declare_le": f"{one.declared_at:%Y-%m-%d}" if one.declared_at else "",
            "origine": "accordée ici" if one.decision_id else "déclarée par la structure",
        }  # fmt: skip


def to_register(by: User, on: date) -> Any:
    """Aids of ours that nobody declared to the national register, the oldest first. One query."""
    rows = DeMinimisAid.objects.filter(decision__in=Decision.objects.visible_to(by, on=on), declared_at=None)
    return rows.select_related("decision__application__organisation").order_by("granted_on", "pk")
