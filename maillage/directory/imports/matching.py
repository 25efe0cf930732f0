"""Which sheet does a row speak of? SIRET, then SIREN, then RNA, then the key that the same source gave before.

Likeness of names never decides here: it makes a pair for a person to look at (`actions.duplicates`).
Words: a *sheet* is an organisation in memory with its facts as they stand, changes of this chunk included.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from maillage.directory.actions.importing import SourceBook
from maillage.directory.bulk import facts_by_pk
from maillage.directory.facts import OTHER_PLACES, Changes, Facts
from maillage.directory.imports.records import Record
from maillage.directory.models import Establishment, ImportedKey, Organisation


@dataclass(slots=True)
class Sheet:
    """pk: None while it is new; human: fields a person filled; changes: what this chunk adds."""

    pk: int | None
    facts: Facts
    human: frozenset[str] = frozenset()
    named_by: str = ""
    changes: Changes = field(default_factory=dict)
    line: int = 0
    key: str = ""


class Quarrel(Exception):
    """The numbers of one row belong to two sheets; `phrase` names both."""

    def __init__(self, first: Sheet, second: Sheet) -> None:
        self.phrase = (
            f"Le SIRET est celui de « {first.facts['name']} », le SIREN celui de « {second.facts['name']} » : "
            "la ligne est laissée de côté."
        )
        super().__init__(self.phrase)


class Matcher:
    """The sheets that a chunk of rows may speak of, by number and by key; eight queries a chunk."""

    def __init__(self, series: str) -> None:
        self._series = series
        self._sources = SourceBook()
        self.known_numbers: set[str] = set()  # of sheets that earlier chunks would make, in a preview
        self._clear()

    def _clear(self) -> None:
        self._sheets: dict[int, Sheet] = {}
        self._index: dict[tuple[str, str], Sheet] = {}

    def load(self, records: Sequence[Record], *, lock: bool) -> None:
        """Read what this chunk needs; `lock` holds the sheets until the end of the transaction."""
        self._clear()
        wanted: dict[tuple[str, str], int] = {}
        for field_name, rows in self._numbers(records):
            for number, pk in rows:
                wanted.setdefault((field_name, number), pk)
        keys = [record.key for record in records if record.key]
        for key, pk, merged in ImportedKey.objects.filter(series=self._series, key__in=keys).values_list(
            "key", "organisation_id", "organisation__merged_into"
        ):
            wanted["key", key] = _root(merged) if merged else pk
        for sheet in self._read(set(wanted.values()), lock=lock):
            self.index(sheet)
        for name, pk in wanted.items():
            if pk in self._sheets:
                self._index.setdefault(name, self._sheets[pk])

    def _numbers(self, records: Sequence[Record]) -> Iterable[tuple[str, Iterable[tuple[str, int]]]]:
        def said(name: str) -> set[str]:
            return {record.facts[name] for record in records if record.facts.get(name)}

        places = {place["siret"] for record in records for place in record.facts.get(OTHER_PLACES, ())}
        living = Organisation.objects.not_merged()
        yield (
            "siret",
            Establishment.objects.filter(
                siret__in=said("place.siret") | places, organisation__merged_into__isnull=True
            ).values_list("siret", "organisation_id"),
        )  # type: ignore[misc]
        yield "siren", living.filter(siren__in=said("siren")).values_list("siren", "pk")  # type: ignore[misc]
        if rnas := said("rna"):
            yield "rna", living.filter(rna__in=rnas).order_by("pk").values_list("rna", "pk")

    def _read(self, pks: set[int], *, lock: bool) -> Iterable[Sheet]:
        known = facts_by_pk(pks, lock=lock)
        self._sources.learn({source for one in known.values() for source in one.sources.values()})
        for pk, (facts, sources) in known.items():
            sheet = Sheet(pk, facts, self._sources.human_fields(sources), self._sources.title(sources.get("name")))
            self._sheets[pk] = sheet
            yield sheet

    def index(self, sheet: Sheet) -> None:
        """Let later rows of the chunk find this sheet."""
        facts = sheet.facts
        for name, number in (
            ("siret", facts.get("place.siret")),
            ("siren", facts.get("siren")),
            ("rna", facts.get("rna")),
        ):
            if number:
                self._index.setdefault((name, number), sheet)
        for place in facts.get(OTHER_PLACES) or ():
            if place.get("siret"):
                self._index.setdefault(("siret", place["siret"]), sheet)
        if sheet.key:
            self._index.setdefault(("key", sheet.key), sheet)

    def find(self, record: Record) -> Sheet | None:
        """The sheet this row speaks of, or None for a new one. Raises Quarrel."""
        facts = record.facts
        by_siret = self._index.get(("siret", facts.get("place.siret") or ""))
        by_siren = self._index.get(("siren", facts.get("siren") or ""))
        if by_siret and by_siren and by_siret is not by_siren:
            raise Quarrel(by_siret, by_siren)
        if by_siret or by_siren:
            return by_siret or by_siren
        for name, number in (("rna", facts.get("rna") or ""), ("key", record.key)):
            sheet = self._index.get((name, number)) if number else None
            if sheet is not None and not _is_another(sheet.facts, facts):
                return sheet
        return None


def _is_another(known: Facts, said: Facts) -> bool:
    """Two different SIREN: two legal persons, whatever else they share."""
    return bool(known.get("siren") and said.get("siren") and known["siren"] != said["siren"])


def _root(pk: int) -> int:
    """The sheet at the end of a chain of merges."""
    following = Organisation.objects.filter(pk=pk).values_list("merged_into", flat=True).first()
    return pk if following is None else _root(following)
