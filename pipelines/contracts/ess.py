"""Does an organisation belong to the ESS? One rule, said twice from the same lists: in Python and in SQL.

Words: a flag is an explicit mark (Sirene "O", the list of ESS France, an ESUS approval); the core categories
are the legal forms that law 2014-856, art. 1, takes in by themselves.
Neighbours: imports and the API call `ess_verdict`, marts embed `verdict_sql`; docs/explanation/ess-rule.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pipelines.sources.nomenclatures import Standing, legal_categories, naf_exclusions


class VerdictStatus(StrEnum):
    """What the rule answers; a person may overrule it elsewhere."""

    YES = "yes"
    NO = "no"
    TO_CONFIRM = "to_confirm"


class VerdictReason(StrEnum):
    """Which line of the rule decided, in the order in which the lines are tried."""

    SIRENE_FLAG = "sirene_flag"
    ESS_LIST = "ess_list"
    ESUS = "esus"
    NAF_EXCLUDED = "naf_excluded"
    CORE_CATEGORY = "core_category"
    CATEGORY_TO_CONFIRM = "category_to_confirm"
    COMMERCIAL_WITHOUT_FLAG = "commercial_without_flag"
    CATEGORY_UNKNOWN = "category_unknown"
    CATEGORY_OUTSIDE = "category_outside"


STATUS_OF_REASON: dict[VerdictReason, VerdictStatus] = {
    VerdictReason.SIRENE_FLAG: VerdictStatus.YES,
    VerdictReason.ESS_LIST: VerdictStatus.YES,
    VerdictReason.ESUS: VerdictStatus.YES,
    VerdictReason.NAF_EXCLUDED: VerdictStatus.NO,
    VerdictReason.CORE_CATEGORY: VerdictStatus.YES,
    VerdictReason.CATEGORY_TO_CONFIRM: VerdictStatus.TO_CONFIRM,
    VerdictReason.COMMERCIAL_WITHOUT_FLAG: VerdictStatus.NO,
    VerdictReason.CATEGORY_UNKNOWN: VerdictStatus.TO_CONFIRM,
    VerdictReason.CATEGORY_OUTSIDE: VerdictStatus.NO,
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer, the line of the rule that gave it, and the family (empty when the form tells none)."""

    status: VerdictStatus
    reason_code: VerdictReason
    family: str


def ess_verdict(
    *,
    legal_category: str | None,
    naf_code: str | None,
    sirene_flag: bool = False,
    in_ess_list: bool = False,
    is_esus: bool = False,
) -> Verdict:
    """Tell whether an organisation belongs to the ESS, and why.

    legal_category: four digits, None or "" when nobody knows it yet.
    naf_code: main activity as `94.91Z`, either version, None when unknown.
    sirene_flag: True only for "O"; Sirene's "N" and its silence weigh the same, about 4 % of declared
    associations lack the flag.
    Source: law 2014-856 of 31 July 2014, art. 1; exclusions of INSEE's statistical field.
    """
    category = legal_categories().get(legal_category or "")
    reason = _reason(
        standing=category.standing if category else None,
        is_known=bool(legal_category),
        is_excluded=(naf_code or "").startswith(naf_exclusions()),
        sirene_flag=sirene_flag,
        in_ess_list=in_ess_list,
        is_esus=is_esus,
    )
    return Verdict(STATUS_OF_REASON[reason], reason, _family(legal_category))


def _reason(
    *,
    standing: Standing | None,
    is_known: bool,
    is_excluded: bool,
    sirene_flag: bool,
    in_ess_list: bool,
    is_esus: bool,
) -> VerdictReason:
    # The first line that holds decides; verdict_sql keeps the same order.
    lines: tuple[tuple[bool, VerdictReason], ...] = (
        (sirene_flag, VerdictReason.SIRENE_FLAG),
        (in_ess_list, VerdictReason.ESS_LIST),
        (is_esus, VerdictReason.ESUS),
        (is_excluded and (standing in {"core", "to_confirm"} or not is_known), VerdictReason.NAF_EXCLUDED),
        (standing == "core", VerdictReason.CORE_CATEGORY),
        (standing == "to_confirm", VerdictReason.CATEGORY_TO_CONFIRM),
        (standing == "on_flag_only", VerdictReason.COMMERCIAL_WITHOUT_FLAG),
        (not is_known, VerdictReason.CATEGORY_UNKNOWN),
    )
    return next((reason for holds, reason in lines if holds), VerdictReason.CATEGORY_OUTSIDE)


def _family(legal_category: str | None) -> str:
    category = legal_categories().get(legal_category or "")
    if category:
        return category.family
    return "commercial_ess" if (legal_category or "").startswith("5") else ""


@dataclass(frozen=True, slots=True)
class VerdictSql:
    """DuckDB expressions of the same rule, and the cheap condition that finds every row worth a verdict."""

    status: str
    reason: str
    family: str
    candidate: str


def _quoted(values: Iterable[str]) -> str:
    return ", ".join(f"'{value}'" for value in values)


def verdict_sql(*, legal_category: str, naf_code: str, sirene_flag: str, in_ess_list: str, is_esus: str) -> VerdictSql:
    """Write the rule as SQL over the given column expressions (trusted text, two strings and three booleans).

    `candidate` is true at least wherever the status is yes or to_confirm and the category is known: it
    lets a scan of thirty million rows drop the rest before computing anything.
    """
    by_standing: dict[Standing, list[str]] = {"core": [], "to_confirm": [], "on_flag_only": []}
    by_family: dict[str, list[str]] = {}
    for category in legal_categories().values():
        by_standing[category.standing].append(category.code)
        by_family.setdefault(category.family, []).append(category.code)
    flagged = [f"coalesce({flag}, false)" for flag in (sirene_flag, in_ess_list, is_esus)]
    unknown = f"coalesce({legal_category}, '') = ''"
    standing = {name: f"coalesce({legal_category} IN ({_quoted(codes)}), false)" for name, codes in by_standing.items()}
    excluded = " OR ".join(f"starts_with(coalesce({naf_code}, ''), '{prefix}')" for prefix in naf_exclusions())
    lines = [
        (flagged[0], VerdictReason.SIRENE_FLAG),
        (flagged[1], VerdictReason.ESS_LIST),
        (flagged[2], VerdictReason.ESUS),
        (
            f"({excluded}) AND ({standing['core']} OR {standing['to_confirm']} OR {unknown})",
            VerdictReason.NAF_EXCLUDED,
        ),
        (standing["core"], VerdictReason.CORE_CATEGORY),
        (standing["to_confirm"], VerdictReason.CATEGORY_TO_CONFIRM),
        (standing["on_flag_only"], VerdictReason.COMMERCIAL_WITHOUT_FLAG),
        (unknown, VerdictReason.CATEGORY_UNKNOWN),
    ]

    def case(values: dict[VerdictReason, str]) -> str:
        whens = " ".join(f"WHEN {condition} THEN '{values[reason]}'" for condition, reason in lines)
        return f"CASE {whens} ELSE '{values[VerdictReason.CATEGORY_OUTSIDE]}' END"

    families = " ".join(
        f"WHEN {legal_category} IN ({_quoted(codes)}) THEN '{family}'" for family, codes in by_family.items()
    )
    return VerdictSql(
        status=case({reason: status.value for reason, status in STATUS_OF_REASON.items()}),
        reason=case({reason: reason.value for reason in VerdictReason}),
        family=f"CASE {families} WHEN starts_with({legal_category}, '5') THEN 'commercial_ess' ELSE '' END",
        candidate=f"({' OR '.join([*flagged, standing['core'], standing['to_confirm']])})",
    )
