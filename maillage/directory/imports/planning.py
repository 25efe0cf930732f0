"""What each row would change: the same answer for a preview and, under lock, for the writing itself.

Rules: an empty cell erases nothing; a value from a person stays; the name changes only when the same source
gave it; terms and qualifications add up; a verdict on the ESS decided by a person stays; a row about another
establishment of a known SIREN adds a place and fills only what is empty.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from maillage.directory.enums import Status, TermKind
from maillage.directory.facts import OTHER_PLACES, PLACE_FIELDS, Facts, differences, place_key
from maillage.directory.imports.matching import Matcher, Quarrel, Sheet
from maillage.directory.imports.places import Places
from maillage.directory.imports.records import ERROR, WARNING, Record, Report
from maillage.directory.models import Term
from maillage.directory.quality import doubts
from pipelines.contracts.ess import Verdict, VerdictReason, ess_verdict
from pipelines.contracts.naf import sector_of

MOST_DIFFERENCES = 50
# Facts of the organisation itself that only its own row, never the row of another place of it, may change.
_KEPT_BY_MAIN = frozenset({"name", "legal_name", "siren", "rna"})


@dataclass
class Chunk:
    """Sheets to make and to revise (each once), and the lines that change nothing."""

    created: list[Sheet] = field(default_factory=list)
    revised: list[Sheet] = field(default_factory=list)
    changing: list[Record] = field(default_factory=list)


class Planner:
    """Plans chunk after chunk; counts and differences add up over a whole source."""

    def __init__(self, *, series: str, title: str, places: Places, report: Report, is_told: bool = True) -> None:
        self.matcher = Matcher(series)
        self.counts = dict.fromkeys(("created", "updated", "unchanged", "refused"), 0)
        self.differences: list[dict[str, object]] = []
        self._title, self._places, self._report = title, places, report
        self._is_told = is_told  # the second time, under lock, everything has been said
        self._sectors = frozenset(Term.objects.filter(kind=TermKind.SECTOR).values_list("code", flat=True))

    def plan(self, records: Sequence[Record], *, lock: bool = False, remember: bool = False) -> Chunk:
        """Match and compare a few thousand records.

        lock: hold the sheets, inside the transaction that will write them. remember: keep the numbers of new
        sheets, since a preview writes none of them.
        """
        chunk = Chunk()
        self.matcher.load(records, lock=lock)
        for record in records:
            self._place(record, chunk)
        if self._is_told:
            for sheet in [*chunk.created, *chunk.revised]:
                self._tell(sheet)
        if remember:
            self.matcher.known_numbers.update(_numbers_of(sheet.facts) for sheet in chunk.created)
        return chunk

    def _place(self, record: Record, chunk: Chunk) -> None:
        try:
            sheet = self.matcher.find(record)
        except Quarrel as quarrel:
            self._report.add(record.line, "", ERROR, quarrel.phrase)
            self.counts["refused"] += 1
            return
        if sheet is None:
            if _numbers_of(record.facts) in self.matcher.known_numbers and _numbers_of(record.facts):
                self.counts["updated"] += 1
                chunk.changing.append(record)
                return
            sheet = self._new(record)
            chunk.created.append(sheet)
            chunk.changing.append(record)
            self.counts["created"] += 1
            return
        self._revise(sheet, record, chunk)

    def _new(self, record: Record) -> Sheet:
        facts: Facts = self._with_sector({"status": Status.TO_REVIEW.value, **record.facts}, {})
        facts |= judge_ess(record.facts, record.hints, {})
        sheet = Sheet(None, facts, line=record.line, key=record.key, named_by=self._title)
        self.matcher.index(sheet)
        return sheet

    def _revise(self, sheet: Sheet, record: Record, chunk: Chunk) -> None:
        said = self._said(sheet, record)
        changes = {name: pair for name, pair in differences(sheet.facts, said).items() if name not in sheet.human}
        if not changes:
            self.counts["unchanged"] += 1
            return
        self.counts["updated"] += 1
        chunk.changing.append(record)
        if not sheet.changes and sheet.pk is not None:
            sheet.line = record.line
            chunk.revised.append(sheet)
        for name, (before, after) in changes.items():
            sheet.changes[name] = [sheet.changes.get(name, [before])[0], after]
            sheet.facts[name] = after
        self.matcher.index(sheet)

    def _said(self, sheet: Sheet, record: Record) -> Facts:
        """What this row says of this sheet, once held against what is known of it."""
        said = self._with_sector(dict(record.facts), sheet.facts)
        known = sheet.facts
        if known.get("name") and "name" not in sheet.human and sheet.named_by != self._title:
            other = said.pop("name", "")
            if other and other != known["name"] and not known.get("legal_name"):
                said.setdefault("legal_name", other)
        for name in ("terms", OTHER_PLACES, "qualifications"):
            if name in said:
                said[name] = _together(name, known.get(name) or [], said[name])
        siret = said.get("place.siret")
        if siret and known.get("place.siret") and siret != known["place.siret"]:
            return _as_other_place(said, known)
        if said.get("place.commune_id") and known.get("place.place_label"):
            said["place.place_label"] = ""
        if known.get("place.commune_id"):
            said.pop("place.place_label", None)
        if record.is_second:
            return _only_new(said, known)
        if not known.get("ess_overridden"):
            heard = {name: value for name, value in said.items() if name not in sheet.human}
            said |= judge_ess(heard, record.hints, known)
        return said

    def _with_sector(self, said: Facts, known: Facts) -> Facts:
        """The NAF code tells the sector of a sheet that has none."""
        terms = [*(known.get("terms") or ()), *(said.get("terms") or ())]
        if not said.get("naf_code") or any(term.startswith("sector:") for term in terms):
            return said
        sector = sector_of(said["naf_code"])
        if sector is not None and sector.code in self._sectors:
            said["terms"] = sorted([*(said.get("terms") or ()), f"sector:{sector.code}"])
        return said

    def _tell(self, sheet: Sheet) -> None:
        for _, message in doubts(sheet.facts, self._places.judge):
            if message != "Dites si cette structure relève de l’ESS.":  # true of most lists: counted, not repeated
                self._report.add(sheet.line, "", WARNING, message)
        if len(self.differences) < MOST_DIFFERENCES:
            self.differences.append({
                "line": sheet.line,
                "organisation": sheet.pk,
                "name": sheet.facts["name"],
                "changes": sheet.changes if sheet.pk else {
                    name: [None, value] for name, value in sheet.facts.items() if value not in ("", None, [])
                },
            })  # fmt: skip


def _as_other_place(said: Facts, known: Facts) -> Facts:
    """The row speaks of another establishment: it joins the other places, and fills what is empty."""
    place = {name: said.pop(f"place.{name}") for name in PLACE_FIELDS if f"place.{name}" in said}
    place = {name: value for name, value in place.items() if value not in ("", None, False)}
    if said.get("name") and said["name"] != known.get("name"):
        place.setdefault("name", said["name"])
    places = said.pop(OTHER_PLACES, None) or known.get(OTHER_PLACES) or []
    rest = {name: value for name, value in said.items() if name not in _KEPT_BY_MAIN}
    return {**_only_new(rest, known), OTHER_PLACES: _together(OTHER_PLACES, places, [place])}


def _only_new(said: Facts, known: Facts) -> Facts:
    return {name: value for name, value in said.items() if known.get(name) in ("", None, []) or isinstance(value, list)}


def judge_ess(facts: Facts, hints: Mapping[str, bool], known: Facts) -> Facts:
    """Verdict, reason and family from the row and what was known; nothing when the row brings nothing new."""
    if known and not (hints or facts.get("legal_form") or facts.get("naf_code") or facts.get("qualifications")):
        return {}
    reason = known.get("ess_reason")
    verdict = _verdict(
        facts.get("legal_form") or known.get("legal_form") or "",
        facts.get("naf_code") or known.get("naf_code") or "",
        hints.get("sirene_flag", False) or reason == VerdictReason.SIRENE_FLAG.value,
        hints.get("in_ess_list", False) or reason == VerdictReason.ESS_LIST.value,
        hints.get("is_esus", False) or reason == VerdictReason.ESUS.value,
    )
    found: Facts = {"ess_verdict": verdict.status.value, "ess_reason": verdict.reason_code.value}
    if verdict.family and not facts.get("family") and not known.get("family"):
        found["family"] = verdict.family
    return found


@lru_cache(maxsize=4096)
def _verdict(legal_form: str, naf_code: str, sirene_flag: bool, in_ess_list: bool, is_esus: bool) -> Verdict:
    return ess_verdict(
        legal_category=legal_form, naf_code=naf_code, sirene_flag=sirene_flag, in_ess_list=in_ess_list, is_esus=is_esus
    )


def _together(name: str, known: Sequence[Any], said: Sequence[Any]) -> list[Any]:
    """Lists add up: terms by code, qualifications by kind, places by SIRET (what is said wins inside one place)."""
    if name == "terms":
        return sorted({*known, *said})
    if name == OTHER_PLACES:
        places = {place_key(place)[0] or place_key(place): dict(place) for place in known}
        for place in said:
            key = place_key(place)[0] or place_key(place)
            places[key] = {**places.get(key, {}), **place}
        return sorted(places.values(), key=place_key)
    kinds = {one["kind"] for one in known}
    added = [one for one in said if one["kind"] not in kinds]
    return sorted([*known, *added], key=lambda one: (one["kind"], one["number"]))


def _numbers_of(facts: Facts) -> str:
    return str(facts.get("siren") or facts.get("rna") or "")
