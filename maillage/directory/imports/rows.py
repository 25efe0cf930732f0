"""From the cells of one line to the facts of one record: checked one by one, every doubt reported.

Words: see `records`. A line is refused only when nothing can be made of it (no name); any other fault leaves
the value aside, and says so by line and column.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

from maillage.directory.enums import TermKind
from maillage.directory.facts import Facts
from maillage.directory.imports import values
from maillage.directory.imports.columns import MANY
from maillage.directory.imports.mapping import Columns
from maillage.directory.imports.places import Places
from maillage.directory.imports.reading import Row, Table
from maillage.directory.imports.records import ERROR, INFO, WARNING, Record, Report
from maillage.directory.imports.values import BadValue
from maillage.directory.models import Establishment, Organisation, Term
from maillage.directory.quality import UNKNOWN_DATE
from maillage.kernel.text import fold
from pipelines.contracts.address import soften_capitals
from pipelines.contracts.identifiers import check_siret

READERS: dict[str, Callable[[str], Any]] = {
    "siren": values.siren, "place.siret": values.siret, "rna": values.rna, "family": values.family,
    "legal_form": values.legal_form, "naf_code": values.naf, "website": values.website, "email": values.email,
    "phone": values.phone, "headcount_band": values.headcount_band, "creation_date": values.day,
    "closed_date": values.day, "place.opening_hours": values.hours,
    "place.latitude": values.latitude, "place.longitude": values.longitude,
    "point": values.point, "is_esus": values.yes, "ess_flag": values.yes, "state": values.is_closed,
}  # fmt: skip
_TERM_KINDS = {"sector": TermKind.SECTOR, "theme": TermKind.THEME, "target_group": TermKind.TARGET_GROUP}
_STREET = ("street_number", "street_suffix", "street_type", "street_name")
_FACTS = frozenset({
    "name", "legal_name", "acronym", "siren", "rna", "family", "legal_form", "naf_code", "description", "activities",
    "services", "website", "email", "phone", "headcount_band", "headcount_note", "creation_date", "closed_date",
    "place.siret", "place.name", "place.address", "place.postal_code", "place.latitude", "place.longitude",
    "place.opening_hours",
})  # fmt: skip


def _longest(field: str) -> int:
    model, name = (Establishment, field[6:]) if field.startswith("place.") else (Organisation, field)
    return getattr(model._meta.get_field(name), "max_length", None) or 20_000


_LONGEST = {field: _longest(field) for field in _FACTS}


class RowReader:
    """Reads the lines of one table under one correspondence."""

    def __init__(self, table: Table, columns: Columns, places: Places, report: Report) -> None:
        self._places, self._report = places, report
        order = [(index, title, columns[title]) for index, title in enumerate(table.titles) if title in columns]
        self._columns = order
        self._title = {target: title for _, title, target in order}
        self._terms = {(term.kind, fold(term.label)): f"{term.kind}:{term.code}" for term in Term.objects.all()}
        self._terms |= {(term.kind, fold(term.code)): f"{term.kind}:{term.code}" for term in Term.objects.all()}
        self._lines_of: dict[str, int] = {}
        self._fingerprint_of: dict[str, str] = {}

    def records(self, rows: Iterator[Row]) -> Iterator[Record]:
        """One record per line that can be kept."""
        for row in rows:
            record = self.record(row)
            if record is not None:
                yield record

    def record(self, row: Row) -> Record | None:
        said = self._cells(row)
        if not said.get("name"):
            self._note(row.line, "name", ERROR, "La ligne n’a pas de nom : elle est laissée de côté.")
            return None
        facts = {field: value for field, value in said.items() if field in _FACTS}
        facts |= self._place(row.line, said)
        facts |= self._words(said)
        self._mend_numbers(row.line, facts)
        if said.get("state"):
            field = "place.closed_date" if facts.get("place.siret") else "closed_date"
            facts.setdefault(field, UNKNOWN_DATE)
        record = Record(row.line, facts, self._key(said, facts), _hints(said))
        return None if self._is_repeated(record) else record

    def _key(self, said: dict[str, Any], facts: Facts) -> str:
        """How this source names the record again: its own identifier when it is one, else its fingerprint.

        A SIRET needs no other name.
        """
        if facts.get("place.siret"):
            return ""
        fingerprint = _fingerprint(facts)
        if not said.get("external_id"):
            return fingerprint
        named = f"id:{said['external_id'][:60]}"
        return named if self._fingerprint_of.setdefault(named, fingerprint) == fingerprint else fingerprint

    def _cells(self, row: Row) -> dict[str, Any]:
        """{target: value} of the cells that say something readable."""
        said: dict[str, Any] = {}
        for index, title, target in self._columns:
            cell = row.cells[index]
            if not cell or not (text := values.clean(cell)):
                continue
            try:
                values.refuse_broken(text)
                if target in MANY:
                    said.setdefault(target, []).extend(self._many(row.line, title, target, text))
                else:
                    reader = READERS.get(target)
                    said[target] = reader(text) if reader else self._short(row.line, title, target, text)
            except BadValue as fault:
                self._report.add(row.line, title, WARNING, fault.phrase)
        return said

    def _short(self, line: int, title: str, target: str, text: str) -> str:
        longest = _LONGEST.get(target, 255)
        if len(text) <= longest:
            return text
        self._report.add(line, title, WARNING, f"Texte coupé à {longest} caractères ({len(text)} reçus).")
        return text[: longest - 1].rstrip() + "…"

    def _many(self, line: int, title: str, target: str, text: str) -> Iterator[str]:
        for part in values.several(text):
            try:
                yield values.qualification(part) if target == "qualification" else self._term(target, part)
            except BadValue as fault:
                self._report.add(line, title, INFO, fault.phrase)

    def _term(self, target: str, part: str) -> str:
        kind = _TERM_KINDS[target]
        found = self._terms.get((kind, fold(part)))
        if found is None:
            raise BadValue(f"« {part[:60]} » n’est pas un terme du vocabulaire « {kind.label} ».")
        return found

    def _place(self, line: int, said: dict[str, Any]) -> Facts:
        facts: Facts = {}
        address = said.get("place.address") or " ".join(said[part] for part in _STREET if said.get(part))
        address = ", ".join(part for part in (said.get("address_more"), address) if part)
        if address:
            facts["place.address"] = soften_capitals(address)[:255]
        postal = self._postal_code(line, said)
        if postal is not None:
            facts["place.postal_code"] = postal
        if "point" in said and "place.latitude" not in said:
            facts["place.latitude"], facts["place.longitude"] = said["point"]
        code, name = said.get("commune_code", ""), said.get("commune_name", "")
        if code or name or postal:
            facts |= self._commune(line, code, name, postal or "")
        self._check_point(line, facts, said)
        return facts

    def _postal_code(self, line: int, said: dict[str, Any]) -> str | None:
        text = said.get("place.postal_code")
        if text is None:
            return None
        digits = text.replace(" ", "").removesuffix(".0").zfill(5)
        if len(digits) == 5 and digits.isdigit():
            return str(digits)
        self._note(line, "place.postal_code", WARNING, f"« {text[:40]} » n’est pas un code postal à cinq chiffres.")
        return ""

    def _commune(self, line: int, code: str, name: str, postal: str) -> Facts:
        found = self._places.commune(code=code, name=name, postal_code=postal)
        if found is not None:
            return {"place.commune_id": found}
        label = (name or code or postal)[:100]
        target = "commune_name" if name else "commune_code" if code else "place.postal_code"
        if name or code:
            message = f"La commune « {label} » n’est pas reconnue, ou elle est hors du territoire."
        else:
            message = f"Le code postal {postal} ne suffit pas : indiquez le nom de la commune."
        self._note(line, target, WARNING, message)
        return {"place.place_label": label}

    def _check_point(self, line: int, facts: Facts, said: dict[str, Any]) -> None:
        latitude = facts.get("place.latitude", said.get("place.latitude"))
        longitude = facts.get("place.longitude", said.get("place.longitude"))
        if latitude is None and longitude is None:
            return
        if latitude is None or longitude is None:
            missing = "place.latitude" if latitude is None else "place.longitude"
            self._note(line, missing, WARNING, "Il manque une des deux coordonnées : le point est laissé de côté.")
            _drop_point(facts)
            return
        if (latitude, longitude) == (0.0, 0.0):
            self._note(line, "place.latitude", WARNING, "Le point 0, 0 est dans l’océan : il est laissé de côté.")
            _drop_point(facts)
            return
        facts |= {"place.latitude": latitude, "place.longitude": longitude, "place.is_point_exact": True}
        if not facts.get("place.commune_id") and self._places.seems_swapped(latitude, longitude):
            self._note(line, "place.latitude", WARNING, "La latitude et la longitude semblent interverties.")

    def _words(self, said: dict[str, Any]) -> Facts:
        facts: Facts = {}
        terms = sorted({term for target in _TERM_KINDS for term in said.get(target, [])})
        if terms:
            facts["terms"] = terms
        kinds = set(said.get("qualification", [])) | ({"esus"} if said.get("is_esus") else set())
        if kinds:
            facts["qualifications"] = [
                {"kind": kind, "number": "", "start_date": None, "end_date": None, "evidence": ""}
                for kind in sorted(kinds)
            ]
        if "naf_code" in said:
            facts["naf_version"] = values.naf_version(said["naf_code"])
        return facts

    def _mend_numbers(self, line: int, facts: Facts) -> None:
        """The SIREN begins the SIRET; when they quarrel, a SIRET with a right key wins."""
        siret, siren = facts.get("place.siret"), facts.get("siren")
        if not siret or not check_siret(siret).is_valid:
            return
        if siren and siren != siret[:9]:
            self._note(
                line, "siren", WARNING, f"Le SIREN {siren} n’est pas celui du SIRET {siret} : le SIRET l’emporte."
            )
        facts["siren"] = siret[:9]

    def _is_repeated(self, record: Record) -> bool:
        """The same establishment twice in one file: the first line wins, so that a second run changes nothing."""
        name = record.facts.get("place.siret") or record.key
        first = self._lines_of.setdefault(name, record.line)
        for number in (record.facts.get("siren"), record.facts.get("rna")):
            if number and self._lines_of.setdefault(number, record.line) != record.line:
                record.is_second = True
        if first != record.line:
            what = "Ce SIRET est" if record.facts.get("place.siret") else "Cette structure est"
            self._note(
                record.line, "place.siret" if record.facts.get("place.siret") else "name", ERROR,
                f"{what} déjà à la ligne {first} : cette ligne est laissée de côté.",
            )  # fmt: skip
        return first != record.line

    def _note(self, line: int, target: str, level: str, message: str) -> None:
        self._report.add(line, self._title.get(target, ""), level, message)


def _drop_point(facts: Facts) -> None:
    facts.pop("place.latitude", None)
    facts.pop("place.longitude", None)


def _hints(said: dict[str, Any]) -> dict[str, bool]:
    hints: dict[str, bool] = {}
    if said.get("ess_flag"):
        hints["sirene_flag"] = True
    if said.get("is_esus") or "esus" in said.get("qualification", []):
        hints["is_esus"] = True
    return hints


def _fingerprint(facts: Facts) -> str:
    """The numbers, else the name and the place."""
    numbers = [facts.get(field) or "" for field in ("place.siret", "siren", "rna")]
    words = [facts["name"], facts.get("place.commune_id") or facts.get("place.place_label", "")]
    if not any(numbers):
        words.append(facts.get("place.address", ""))
    text = "\n".join([*numbers, *map(fold, words)])
    return "row:" + hashlib.sha256(text.encode()).hexdigest()[:40]
