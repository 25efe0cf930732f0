"""Sirene: the extract of one territory beside DuckDB's bare decoding of the same columns, in one run.

`python -m benchmarks.sirene [--rows 4000000] [--form parquet|csv|zip] [--folder DIR]` prints the figures as JSON.
Made-up stock files of `rows` establishments (and three quarters as many units) are written first, and deleted
after. Each measure is taken in a fresh process, so that its memory is its own.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import duckdb

from pipelines.marts.sirene_selection import MEMORY_LIMIT, THREADS, prepare_selection
from pipelines.marts.sirene_territory import select_territory
from pipelines.sources.sirene.feed import CsvFeed
from pipelines.sources.sirene.schema import ESTABLISHMENTS, UNITS, StockSchema
from pipelines.sources.sirene.stock import open_stock, parquet_relation, text_relation
from pipelines.sources.sirene.synthetic import Format, StockFiles, write_stock

COMMUNES = tuple(f"80{number:03d}" for number in range(1, 145))
MAX_RATIO = 3.5
MAX_MEMORY_MB = 1000
MAX_CUT_S = 1.0


def run(*, rows: int = 4_000_000, form: Format = "parquet", folder: Path | None = None) -> dict[str, Any]:
    """Measure on made-up files of `rows` establishments. Times in seconds, memory in MB (1 MB = 10^6 bytes).

    ratio: selection for France plus the cut of one territory, over the bare decoding (medians of three, one
    above ten million rows); the processor times of the whole processes stand beside, for a machine that others
    use too; targets: ratio ≤ 3.5, memory < 1 000 MB, cut < 1 s, second run writes nothing.
    """
    with tempfile.TemporaryDirectory(dir=folder) as place:
        root = Path(place)
        started = time.perf_counter()
        files = write_stock(
            root, units=rows * 3 // 4, establishments=rows, form=form, commune_codes=COMMUNES, share=0.00095
        )
        made_s = time.perf_counter() - started
        rounds = 3 if rows <= 10_000_000 else 1
        floors, extracts = [], []
        for number in range(rounds):
            floors.append(_in_fresh_process("floor", files, root / f"cache{number}"))
            extracts.append(_in_fresh_process("extract", files, root / f"cache{number}"))
        again = _in_fresh_process("extract", files, root / f"cache{rounds - 1}")
        floor_s = statistics.median(floor["seconds"] for floor in floors)
        extract_s = statistics.median(extract["seconds"] for extract in extracts)
        figures = {
            "rows": rows,
            "form": form,
            "files_mb": round(sum(path.stat().st_size for path in (files.units, files.establishments)) / 1e6),
            "generated_s": round(made_s, 1),
            "floor_s": round(floor_s, 2),
            "extract_s": round(extract_s, 2),
            "ratio": round(extract_s / floor_s, 2),
            "floor_cpu_s": round(statistics.median(floor["cpu_s"] for floor in floors), 2),
            "extract_cpu_s": round(statistics.median(extract["cpu_s"] for extract in extracts), 2),
            "cut_s": round(max(extract["cut_s"] for extract in [*extracts, again]), 3),
            "peak_memory_mb": round(max(extract["memory_mb"] for extract in extracts)),
            "selected_units": extracts[0]["selected_units"],
            "territory_organisations": extracts[0]["organisations"],
            "second_run_s": round(again["seconds"], 3),
            "second_run_wrote": again["is_new"] or again["written"] != extracts[-1]["written"],
        }
    figures["is_within_targets"] = (
        figures["ratio"] <= MAX_RATIO
        and figures["peak_memory_mb"] < MAX_MEMORY_MB
        and figures["cut_s"] < MAX_CUT_S
        and not figures["second_run_wrote"]
    )
    return figures


def _in_fresh_process(measure: str, files: StockFiles, cache: Path) -> dict[str, Any]:
    words = [sys.executable, "-m", "benchmarks.sirene", "--measure", measure]
    words += ["--files", str(files.units), str(files.establishments), "--cache", str(cache)]
    done = subprocess.run(words, check=True, capture_output=True, text=True, cwd=Path(__file__).parents[1])
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _floor(files: StockFiles) -> dict[str, Any]:
    """Decode the columns that we read and do nothing with them, under the same limits."""
    started = time.perf_counter()
    with duckdb.connect(config={"threads": THREADS, "memory_limit": MEMORY_LIMIT}) as connection:
        for path, schema in ((files.units, UNITS), (files.establishments, ESTABLISHMENTS)):
            _decode(connection, path, schema)
    return {"seconds": time.perf_counter() - started, "cpu_s": time.process_time()}


def _decode(connection: duckdb.DuckDBPyConnection, path: Path, schema: StockSchema) -> None:
    stock = open_stock(path, schema)
    sums = ", ".join(
        f"sum(strlen({column.source}))" if stock.stored_types[column.source] == "VARCHAR" else f"max({column.source})"
        for column in schema.columns
    )
    if stock.form == "parquet":
        connection.execute(f"SELECT {sums} FROM {parquet_relation(path)}").fetchall()
        return
    with CsvFeed(stock, Path(tempfile.mkdtemp(dir=path.parent))) as feed:
        connection.execute(f"SELECT {sums} FROM {text_relation(stock, feed.pipe)}").fetchall()


def _extract(files: StockFiles, cache: Path) -> dict[str, Any]:
    started = time.perf_counter()
    report = prepare_selection(units=files.units, establishments=files.establishments, cache_dir=cache)
    cut_started = time.perf_counter()
    territory = select_territory(cache_dir=cache, commune_codes=COMMUNES)
    organisations = sum(1 for _organisation in territory)
    ended = time.perf_counter()
    written = sorted((str(path), path.stat().st_mtime_ns) for path in cache.rglob("*") if path.name != ".lock")
    return {
        "seconds": ended - started,
        "cpu_s": time.process_time(),
        "cut_s": ended - cut_started,
        "is_new": report.is_new,
        "written": written,
        "selected_units": report.counts["units_selected"],
        "organisations": organisations,
        "memory_mb": _peak_memory_mb(),
    }


def _peak_memory_mb() -> float:
    """Peak of this process alone; the kernel's resource usage would count the process that started it."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    peak = next(line for line in lines if line.startswith("VmHWM:"))
    return int(peak.split()[1]) * 1024 / 1e6


def main() -> None:
    """Print the figures of one run, or one measure of it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=4_000_000)
    parser.add_argument("--form", choices=["parquet", "csv", "zip"], default="parquet")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--measure", choices=["floor", "extract"], help=argparse.SUPPRESS)
    parser.add_argument("--files", type=Path, nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--cache", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.measure:
        files = StockFiles(*asked.files)
        print(json.dumps(_floor(files) if asked.measure == "floor" else _extract(files, asked.cache)))
    else:
        print(json.dumps(run(rows=asked.rows, form=asked.form, folder=asked.folder), indent=1))


if __name__ == "__main__":
    main()
