"""The national selection: from the two Sirene stock files to the units of the ESS and their places.

Words: a layer count is the number of rows after a step; a loss is a fall of more than a tenth since last time.
Neighbours: `sources.sirene` opens the files, `sirene_territory` cuts territories out of the result.
"""

# ruff: noqa: S608 — every piece of this SQL is written in this project; values travel as parameters.

import hashlib
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from string import Template
from typing import Literal

import duckdb

from pipelines.contracts.ess import VerdictSql, verdict_sql
from pipelines.contracts.tables import check_contract
from pipelines.errors import PipelineError, RowsLost
from pipelines.french_numbers import percent, whole
from pipelines.marts.duck_errors import in_french
from pipelines.progress import Progress, Step, quiet
from pipelines.sources.nomenclatures import FOLDER as NOMENCLATURES
from pipelines.sources.sirene.download import RemoteFile, download, is_url, remote_edition
from pipelines.sources.sirene.editions import EditionStore, edition_of, fingerprint
from pipelines.sources.sirene.feed import CsvFeed
from pipelines.sources.sirene.schema import ESTABLISHMENTS, UNITS, StockSchema
from pipelines.sources.sirene.stock import Stock, open_stock, parquet_relation, text_relation
from pipelines.staging.sirene import staging_select

FOLDER = Path(__file__).parent
MAX_LOSS = 0.10
# With the pipe, the inflating thread and Python itself the whole stays under one GB.
MEMORY_LIMIT = "640MB"
THREADS = 2
_TICK = 0.5

ListKind = Literal["ess_france", "esus", "siae"]


@dataclass(frozen=True, slots=True)
class SelectionReport:
    """What a run found. counts: rows by layer, see docs/reference/pipelines.md; is_new: False when nothing was done."""

    edition: str
    counts: dict[str, int] = field(hash=False)
    is_new: bool


def selection_store(cache_dir: Path) -> EditionStore:
    """Where the national selection lives inside a cache folder."""
    return EditionStore(cache_dir / "sirene")


def prepare_selection(
    *,
    units: str | Path,
    establishments: str | Path,
    cache_dir: Path,
    lists: Mapping[ListKind, Path] | None = None,
    force: bool = False,
    progress: Progress = quiet,
) -> SelectionReport:
    """Read the two stock files once and keep the units of the ESS with their places, for all of France.

    units, establishments: path or web address of StockUniteLegale and StockEtablissement, each as Parquet,
    CSV, or the published zip of a CSV.
    lists: CSV files with a `siren` (or `siret`) column: ESS France's list, ESUS approvals, inclusion organisations.
    force: publish even when the selection lost more than a tenth of its rows since last time.
    The same edition with the same lists and the same rule does nothing. On any PipelineError (French) the former
    selection stays as it was. Memory stays under one GB; disk needs about 300 MB, plus the files when downloaded.
    """
    store = selection_store(cache_dir)
    lists = lists or {}
    with store.exclusive():
        sources = [
            _locate(place, schema, store, progress)
            for place, schema in ((units, UNITS), (establishments, ESTABLISHMENTS))
        ]
        progress(Step.CHECK, None)
        edition = edition_of([_rule_fingerprint(), *(source.edition() for source in sources), *_list_editions(lists)])
        current = store.current()
        if current and current.edition == edition:
            return SelectionReport(edition, current.counts, is_new=False)
        unit_stock, place_stock = (open_stock(source.fetch(), source.schema) for source in sources)
        with store.draft() as draft:
            counts = _build(draft, unit_stock, place_stock, lists, progress)
            if not force:
                refuse_loss(current.counts if current else {}, counts)
            progress(Step.PUBLISH, None)
            store.publish(draft, edition=edition, counts=counts)
        for source in sources:
            source.forget()
    return SelectionReport(edition, counts, is_new=True)


@dataclass(slots=True)
class _Source:
    """One stock file, here or on the web; `edition` avoids the download whenever the server names editions."""

    schema: StockSchema
    path: Path | None
    remote: RemoteFile | None
    folder: Path
    tell: Callable[[float | None], None]

    def fetch(self) -> Path:
        if self.path is None:
            assert self.remote is not None
            self.path = download(self.remote, self.folder, progress=self.tell)
        return self.path

    def edition(self) -> str:
        if self.remote and self.remote.edition:
            return f"{self.remote.url} {self.remote.edition}"
        path = self.fetch()
        if not path.is_file():
            open_stock(path, self.schema)
        return fingerprint(path)

    def forget(self) -> None:
        if self.remote and self.path:
            self.path.unlink(missing_ok=True)


def _locate(place: str | Path, schema: StockSchema, store: EditionStore, progress: Progress) -> _Source:
    folder = store.root / "downloads"
    remote = remote_edition(str(place)) if is_url(place) else None
    return _Source(
        schema, None if remote else Path(place), remote, folder, lambda share: progress(Step.DOWNLOAD, share)
    )


def _rule_fingerprint() -> str:
    """Name our side of the result: the SQL, the code lists, the columns."""
    files = sorted([*FOLDER.glob("sirene_*.sql"), *NOMENCLATURES.glob("*.csv")])
    digest = hashlib.sha256(repr((UNITS.columns, ESTABLISHMENTS.columns)).encode())
    for file in files:
        digest.update(file.read_bytes())
    digest.update(repr(_verdict({})).encode())
    return digest.hexdigest()


def _list_editions(lists: Mapping[ListKind, Path]) -> list[str]:
    for path in lists.values():
        if not path.is_file():
            raise PipelineError(f"La liste {path.name} est introuvable.", advice="Vérifiez son chemin.")
    return [f"{kind} {fingerprint(path)}" for kind, path in sorted(lists.items())]


def _verdict(lists: Mapping[ListKind, Path]) -> VerdictSql:
    return verdict_sql(
        legal_category="legal_category",
        naf_code="naf",
        sirene_flag="ess_flag = 'O'",
        in_ess_list=_membership("ess_france", lists),
        is_esus=_membership("esus", lists),
    )


def _membership(kind: ListKind, lists: Mapping[ListKind, Path]) -> str:
    return f"siren IN (SELECT siren FROM list_{kind})" if kind in lists else "false"


def _build(
    draft: Path, units: Stock, places: Stock, lists: Mapping[ListKind, Path], progress: Progress
) -> dict[str, int]:
    unit_file, place_file = draft / "units.parquet", draft / "establishments.parquet"
    spill = draft / "spill"
    spill.mkdir()
    with connected(spill) as connection:
        for kind, path in lists.items():
            _load_list(connection, kind, path)
        verdict = _verdict(lists)
        values = asdict(verdict) | {"in_siae_list": _membership("siae", lists)}
        units_read = _write(connection, units, mart="sirene_units", values=values, target=unit_file, progress=progress)
        connection.execute(
            "CREATE TEMP TABLE selected_units AS SELECT siren, withheld IS NOT NULL AS is_withheld "
            f"FROM {parquet_relation(unit_file)}"
        )
        places_read = _write(
            connection, places, mart="sirene_establishments", values={}, target=place_file, progress=progress
        )
        check_contract(connection, "sirene_units", unit_file)
        check_contract(connection, "sirene_establishments", place_file)
        counts = {"units_read": units_read, "establishments_read": places_read}
        counts |= _counts(connection, unit_file, place_file)
    spill.rmdir()
    _refuse_emptiness(counts)
    return counts


@contextmanager
def connected(spill: Path | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open DuckDB in memory, bounded, two threads, never fetching an extension."""
    with duckdb.connect(
        config={
            "threads": THREADS,
            "memory_limit": MEMORY_LIMIT,
            "temp_directory": str(spill) if spill else "",
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
    ) as connection:
        # Counted for `progress`, never drawn by DuckDB itself.
        connection.execute("SET enable_progress_bar = true; SET enable_progress_bar_print = false")
        yield connection


def _load_list(connection: duckdb.DuckDBPyConnection, kind: ListKind, path: Path) -> None:
    source = "read_csv($path, all_varchar = true, header = true, max_line_size = 100000)"
    try:
        columns = [row[0] for row in connection.execute(f"DESCRIBE FROM {source}", {"path": str(path)}).fetchall()]
        named = next((name for name in columns if name.strip().lower() in {"siren", "siret"}), None)
        if named is None:
            raise PipelineError(
                f"La liste {path.name} n’a pas de colonne « siren » ou « siret ».",
                where="ligne d’en-tête",
                advice="Ajoutez l’une de ces colonnes.",
            )
        width = 9 if named.strip().lower() == "siren" else 14
        digits = f"""lpad(regexp_replace("{named.replace('"', '""')}", '[^0-9]', '', 'g'), {width}, '0')[:9]"""
        connection.execute(
            f"CREATE TEMP TABLE list_{kind} AS SELECT DISTINCT {digits} AS siren FROM {source} "
            f"""WHERE "{named.replace('"', '""')}" IS NOT NULL""",
            {"path": str(path)},
        )
    except duckdb.Error as error:
        raise in_french(error, path) from error


def _write(
    connection: duckdb.DuckDBPyConnection,
    stock: Stock,
    *,
    mart: str,
    values: Mapping[str, str],
    target: Path,
    progress: Progress,
) -> int:
    """Run the SQL of a mart over a stock file into a Parquet file; returns the rows read."""
    step = Step.UNITS if stock.schema is UNITS else Step.ESTABLISHMENTS
    progress(step, 0.0)

    def copy(relation: str) -> str:
        staged = f"({staging_select(stock.schema, stock.stored_types, relation)})"
        template = Template((FOLDER / f"{mart}.sql").read_text(encoding="utf-8"))
        sql = template.substitute(values, stg_units=staged, stg_establishments=staged)
        return f"COPY ({sql}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)"

    try:
        if stock.form == "parquet":
            relation = parquet_relation(stock.path)
            _run(connection, copy(relation), lambda: connection.query_progress() / 100, step, progress)
            rows = connection.execute(f"SELECT count(*) FROM {relation}").fetchone()
            return int(rows[0]) if rows else 0
        with CsvFeed(stock, target.parent) as feed:
            try:
                _run(connection, copy(text_relation(stock, feed.pipe)), lambda: feed.share, step, progress)
            finally:
                # A row cut by a damaged archive is the archive's fault: say that first.
                feed.raise_if_broken()
            return feed.rows
    except duckdb.Error as error:
        raise in_french(error, stock.path) from error


def _run(
    connection: duckdb.DuckDBPyConnection, sql: str, share: Callable[[], float], step: Step, progress: Progress
) -> None:
    """Run a statement in a thread, so that progress is told from the caller's own."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        future = pool.submit(connection.execute, sql)
        while True:
            try:
                future.result(timeout=_TICK)
                break
            except TimeoutError:
                done = share()
                progress(step, min(done, 1.0) if done >= 0 else None)
            except BaseException:
                connection.interrupt()
                raise
    progress(step, 1.0)


def _counts(connection: duckdb.DuckDBPyConnection, units: Path, places: Path) -> dict[str, int]:
    queries = {
        f"""SELECT count(*) AS units_selected,
            count(*) FILTER (withheld IS NULL AND ess_verdict = 'yes') AS units_yes,
            count(*) FILTER (withheld IS NULL AND ess_verdict = 'to_confirm') AS units_to_confirm,
            count(*) FILTER (withheld IS NULL AND is_in_siae_list) AS units_in_siae_list,
            count(*) FILTER (withheld IS NULL AND closed_date IS NOT NULL) AS units_closed,
            count(*) FILTER (withheld = 'personal') AS units_withheld_personal,
            count(*) FILTER (withheld = 'masked') AS units_withheld_masked
            FROM {parquet_relation(units)}""",
        f"""SELECT count(*) AS establishments_selected,
            count(*) FILTER (is_masked) AS establishments_masked,
            count(*) FILTER (closed_date IS NOT NULL) AS establishments_closed
            FROM {parquet_relation(places)}""",
    }
    counts: dict[str, int] = {}
    for query in sorted(queries, reverse=True):
        result = connection.execute(query)
        row = result.fetchone() or ()
        counts |= {column[0]: int(value) for column, value in zip(result.description or [], row, strict=True)}
    return counts


def _refuse_emptiness(counts: Mapping[str, int]) -> None:
    if not counts["units_yes"] or not counts["establishments_selected"]:
        raise PipelineError(
            "Aucune organisation de l’ESS n’a été trouvée dans ces fichiers.",
            advice="Vérifiez que ce sont les fichiers stock complets de l’INSEE, et de la même édition.",
        )


def refuse_loss(before: Mapping[str, int], after: Mapping[str, int]) -> None:
    """Stop when a layer lost more than a tenth of its rows since the last run. Raises RowsLost."""
    watched = {
        "units_read": "unités légales lues",
        "establishments_read": "établissements lus",
        "units_yes": "organisations de l’ESS retenues",
        "establishments_selected": "établissements retenus",
    }
    for name, words in watched.items():
        former, now = before.get(name, 0), after[name]
        if now < former * (1 - MAX_LOSS):
            raise RowsLost(
                f"Cette édition contient {whole(now)} {words}, contre {whole(former)} la fois d’avant : "
                f"une perte de {percent(1 - now / former)}. Rien n’a été remplacé.",
                advice="Vérifiez les fichiers ; si la perte est réelle, relancez en la forçant.",
            )
