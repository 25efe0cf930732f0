"""Read a whole source and compare it with the directory, holding no lock: what would change, and how much.

Words: the *spool* is a file where the records that change something wait to be written. Neighbours: `running`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import IO, Any

from maillage.directory.imports.beat import Hear
from maillage.directory.imports.places import Places
from maillage.directory.imports.planning import Planner
from maillage.directory.imports.reading import FileRefused
from maillage.directory.imports.records import ERROR, Record, RecordSource, Report
from maillage.directory.likeness import Candidate, core_of
from maillage.directory.models import ImportRun
from maillage.kernel.text import fold

CHUNK = 2_000
# Under nine tenths of the last run, a source is more likely cut than shrunk.
LEAST_SHARE = 0.9


class SourceShrank(FileRefused):
    """The source lost more than a tenth of its rows since its last run."""


@dataclass
class Survey:
    """What a source would change. counts, differences: as ImportRun's; newcomers: sheets it would make."""

    counts: dict[str, int]
    report: Report
    differences: list[dict[str, Any]]
    spool: IO[str]
    places: Places
    newcomers: list[Candidate] = field(default_factory=list)

    @property
    def changing(self) -> int:
        """Lines that would be written."""
        return self.counts["created"] + self.counts["updated"]

    def changing_records(self) -> Iterator[Record]:
        """The records that change something, in the order of the source."""
        self.spool.seek(0)
        for line in self.spool:
            yield Record(**json.loads(line))


def survey(source: RecordSource, spool: IO[str], hear: Hear, *, with_newcomers: bool = False) -> Survey:
    """Read everything and compare; keep in the spool the records that change something."""
    report, places = Report(), Places()
    planner = Planner(series=source.series, title=source.title, places=places, report=report)
    found = Survey({}, report, planner.differences, spool, places)
    rows = 0
    for records in chunks(source.records(places, report)):
        chunk = planner.plan(records, remember=True)
        for record in chunk.changing:
            spool.write(json.dumps(record.dump(), ensure_ascii=False) + "\n")
        if with_newcomers:
            found.newcomers += [
                _newcomer(rank, one.facts) for rank, one in enumerate(chunk.created, len(found.newcomers))
            ]
        rows += len(records)
        hear("compare", rows, max(source.estimate, rows))
    refused = report.counts[ERROR]
    found.counts = {
        **planner.counts, "rows": rows + refused - planner.counts["refused"], "refused": refused,
        "flagged": len(report.flagged_lines),
    }  # fmt: skip
    return found


def check_size(run: ImportRun, found: Survey, *, force: bool) -> None:
    """Refuse a source that gives nothing, or that lost more than a tenth of its rows. Raises FileRefused."""
    if not found.counts["rows"]:
        raise FileRefused("La source ne donne aucune structure.", advice="Vérifiez que c’est la bonne.")
    if found.counts["rows"] == found.counts["refused"]:
        notes = found.report.as_json()
        first = notes[0]["message"] if notes else ""
        raise FileRefused(f"Aucune ligne n’est utilisable. {first}", advice="Vérifiez la correspondance des colonnes.")
    before = rows_last_time(run)
    if not force and found.counts["rows"] < before * LEAST_SHARE:
        raise SourceShrank(
            f"La source a {found.counts['rows']} lignes ; elle en avait {before} la dernière fois.",
            advice="Vérifiez qu’elle est entière. Si la perte est réelle, dites pourquoi et continuez (--force).",
        )


def rows_last_time(run: ImportRun) -> int:
    """Lines of the last import done of the same source; 0 when it is the first."""
    last = (
        ImportRun.objects.filter(kind=run.kind, label=run.label, state=ImportRun.State.DONE)
        .exclude(pk=run.pk)
        .order_by("-finished_at")
        .values_list("counts", flat=True)
        .first()
    )
    return int((last or {}).get("rows", 0))


def chunks(records: Iterable[Record]) -> Iterator[list[Record]]:
    """Lists of at most CHUNK records."""
    iterator = iter(records)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk


def _newcomer(rank: int, facts: dict[str, Any]) -> Candidate:
    return Candidate(
        -1 - rank, core_of(fold(facts["name"])), facts.get("place.commune_id") or "", facts.get("place.latitude"),
        facts.get("place.longitude"), facts.get("siren") or "", facts.get("rna") or "",
    )  # fmt: skip
