"""What everybody reads of grants: awards that were confirmed and still stand, never the name of a natural person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Max, QuerySet, Sum
from django.urls import reverse

from maillage.calls.models import Authority, Scheme
from maillage.directory.models import Organisation
from maillage.grants.facts import NATURAL_FORMS
from maillage.grants.models import Decision
from maillage.needs.models import Theme
from maillage.territories.models import Commune

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Asked:
    """What the list is asked for; None leaves a filter out. commune: INSEE code; organisation: never a person's."""

    year: int | None = None
    authority: int | None = None
    scheme: int | None = None
    commune: str | None = None
    theme: int | None = None
    organisation: int | None = None

    @property
    def active(self) -> int:
        said = (self.year, self.authority, self.scheme, self.commune, self.theme, self.organisation)
        return sum(one is not None for one in said)


def awards() -> QuerySet[Decision]:
    """Money that was given: confirmed, with its deliberation, not cancelled since."""
    return Decision.objects.awards()


def found(asked: Asked) -> QuerySet[Decision]:
    """Awards of these filters, the latest first, each with what its line says. One query."""
    rows = awards()
    if asked.year is not None:
        rows = rows.filter(deliberated_on__year=asked.year)
    if asked.authority is not None:
        rows = rows.filter(line__scheme__authority=asked.authority)
    if asked.scheme is not None:
        rows = rows.filter(line__scheme=asked.scheme)
    if asked.commune is not None:
        rows = rows.filter(application__commune=asked.commune)
    if asked.theme is not None:
        rows = rows.filter(application__theme=asked.theme)
    if asked.organisation is not None:
        rows = _of_organisation(rows, asked.organisation)
    return rows.select_related(
        "application__organisation", "application__commune", "application__theme", "application__call",
        "line__scheme__authority",
    ).order_by("-deliberated_on", "-pk")  # fmt: skip


def _of_organisation(rows: QuerySet[Decision], pk: int) -> QuerySet[Decision]:
    """Nothing for a natural person: a list of one would say their name."""
    return rows.filter(application__organisation=pk).exclude(
        application__organisation__legal_form__startswith=NATURAL_FORMS
    )


def helped_organisation(key: str) -> Organisation | None:
    """The organisation of this number when it was given something and is not a natural person. One query."""
    if not key.isdecimal() or len(key) > 18:
        return None
    rows = Organisation.objects.filter(pk=int(key)).exclude(legal_form__startswith=NATURAL_FORMS)
    return rows.filter(pk__in=awards().values("application__organisation")).first()


@dataclass(frozen=True)
class OfOrganisation:
    """What the public sheet of an organisation says."""

    number: int
    euros: Decimal
    latest: date
    address: str


def of_organisation(organisation: Organisation) -> OfOrganisation | None:
    """Its published grants; None without any, and for a natural person. One query."""
    rows = _of_organisation(awards(), organisation.pk).order_by()
    told = rows.aggregate(number=Count("pk"), euros=Sum("amount"), latest=Max("deliberated_on"))
    if not told["number"]:
        return None
    return OfOrganisation(**told, address=f"{reverse('grants:grants')}?structure={organisation.pk}")


def total(rows: QuerySet[Decision]) -> Decimal:
    """Euros of these awards."""
    return rows.order_by().aggregate(euros=Sum("amount"))["euros"] or NOTHING


@dataclass(frozen=True)
class InCommune:
    """Awards of one commune. code: INSEE."""

    code: str
    name: str
    number: int
    euros: Decimal


def by_commune(rows: QuerySet[Decision]) -> list[InCommune]:
    """Where the money goes, the most helped commune first; projects without a commune are left out. One query."""
    grouped = (
        rows.select_related(None)
        .filter(application__commune__isnull=False)
        .order_by()
        .values_list("application__commune", "application__commune__name")
        .annotate(number=Count("pk"), euros=Sum("amount"))
        .order_by("-euros", "application__commune__name")
    )
    return [InCommune(*row) for row in grouped]


@dataclass(frozen=True)
class Choices:
    """What the filters offer: only what some award has. Pairs (key, French)."""

    years: list[tuple[str, str]]
    authorities: list[tuple[str, str]]
    schemes: list[tuple[str, str]]
    communes: list[tuple[str, str]]
    themes: list[tuple[str, str]]


def choices() -> Choices:
    """Five queries."""
    rows = awards()
    years = sorted({day.year for day in rows.dates("deliberated_on", "year")}, reverse=True)
    schemes = Scheme.objects.filter(pk__in=rows.values("line__scheme")).order_by("title")
    authorities = Authority.objects.filter(pk__in=rows.values("line__scheme__authority")).order_by("name")
    communes = Commune.objects.filter(pk__in=rows.values("application__commune")).order_by("name")
    themes = Theme.objects.filter(pk__in=rows.values("application__theme")).order_by("title")
    return Choices(
        [(str(one), str(one)) for one in years], _pairs(authorities), _pairs(schemes), _pairs(communes), _pairs(themes)
    )


def _pairs(rows: Iterable[Authority | Scheme | Commune | Theme]) -> list[tuple[str, str]]:
    return [(str(one.pk), str(one)) for one in rows]


def latest() -> date | None:
    """The day of the last award."""
    return awards().order_by("-deliberated_on").values_list("deliberated_on", flat=True).first()
